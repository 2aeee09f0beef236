package plaid

import (
	"context"
	"net/http"

	"github.com/plaid/plaid-go/v20/plaid"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/money"
	"bankbook/core/secret"
)

// Accounts implements bank.Accounts by /accounts/get.
func (c *Client) Accounts(ctx context.Context, access secret.Text) ([]core.Account, error) {
	const op = "plaid: accounts"
	token, err := c.reveal(op, access)
	if err != nil {
		return nil, err
	}
	body := plaid.NewAccountsGetRequest(token)
	got, err := call(ctx, c, request{op: op}, func(ctx context.Context) (plaid.AccountsGetResponse, *http.Response, error) {
		return c.api.AccountsGet(ctx).AccountsGetRequest(*body).Execute()
	})
	if err != nil {
		return nil, err
	}
	return c.accounts(op, got)
}

// Balances implements bank.Accounts by /accounts/balance/get.
func (c *Client) Balances(ctx context.Context, access secret.Text) ([]core.Account, error) {
	const op = "plaid: balances"
	token, err := c.reveal(op, access)
	if err != nil {
		return nil, err
	}
	body := plaid.NewAccountsBalanceGetRequest(token)
	got, err := call(ctx, c, request{op: op, slow: true}, func(ctx context.Context) (plaid.AccountsGetResponse, *http.Response, error) {
		return c.api.AccountsBalanceGet(ctx).AccountsBalanceGetRequest(*body).Execute()
	})
	if err != nil {
		return nil, err
	}
	return c.accounts(op, got)
}

func (c *Client) accounts(op string, got plaid.AccountsGetResponse) ([]core.Account, error) {
	if !isIdentifier(got.Item.ItemId) || got.Accounts == nil {
		return nil, nonsense(op, got.RequestId, "no item id, or no accounts")
	}
	out := make([]core.Account, len(got.Accounts))
	for i, from := range got.Accounts {
		balance, err := c.balance(from.Balances)
		if err != nil || !isIdentifier(from.AccountId) {
			return nil, nonsense(op, got.RequestId, "an account without id, or with a balance that is no amount")
		}
		out[i] = core.Account{
			ID:           core.AccountID(from.AccountId),
			Item:         core.ItemID(got.Item.ItemId),
			Name:         clean(from.Name),
			OfficialName: clean(from.GetOfficialName()),
			Mask:         mask(from.GetMask()),
			Type:         core.AccountType(clean(string(from.Type))),
			Subtype:      clean(string(from.GetSubtype())),
			Balance:      balance,
			PersistentID: clean(from.GetPersistentAccountId()),
			ACH:          c.verification(from),
		}
	}
	return out, nil
}

// verifications are Plaid's words for how far the verification of an account's
// numbers is. A bank that tells the numbers itself has none (PLAID §3.3).
var verifications = map[string]core.Verification{
	"pending_automatic_verification":      core.VerifyPending,
	"pending_manual_verification":         core.VerifyPending,
	"unsent":                              core.VerifyPending,
	"database_insights_pending":           core.VerifyPending,
	"automatically_verified":              core.Verified,
	"manually_verified":                   core.Verified,
	"database_matched":                    core.Verified,
	"database_insights_pass":              core.Verified,
	"database_insights_pass_with_caution": core.Unverified,
	"verification_expired":                core.VerifyExpired,
	"verification_failed":                 core.VerifyFailed,
	"database_insights_fail":              core.VerifyFailed,
}

// verification returns how far the verification of an account's numbers is, without
// the numbers; it is zero if Plaid says nothing of it, or a word that is not known.
func (c *Client) verification(from plaid.AccountBase) core.ACHAccount {
	status, known := verifications[from.GetVerificationStatus()]
	if !known {
		return core.ACHAccount{}
	}
	now := c.config.Now().UTC()
	return core.ACHAccount{
		Status: status, From: core.ByPlaid, Kind: core.ACHKindOf(clean(string(from.GetSubtype()))), Added: now, Changed: now,
	}
}

// mask returns the end of an account number as it may be shown: four
// characters, even if a bank gives more.
func mask(s string) string { return lastRunes(clean(s), 4) }

// balance keeps Plaid's sign. It was read now, unless Plaid says when.
func (c *Client) balance(from plaid.AccountBalance) (core.Balance, error) {
	unit, err := currency(from.GetIsoCurrencyCode(), from.GetUnofficialCurrencyCode())
	if err != nil {
		return core.Balance{}, err
	}
	out := core.Balance{At: c.config.Now().UTC()}
	if at := from.LastUpdatedDatetime.Get(); at != nil {
		out.At = at.UTC()
	}
	for into, value := range map[*money.Optional]*float64{
		&out.Current: from.Current.Get(), &out.Available: from.Available.Get(), &out.Limit: from.Limit.Get(),
	} {
		if value == nil {
			continue
		}
		amount, err := money.FromFloat(*value, unit)
		if err != nil {
			return core.Balance{}, err
		}
		*into = money.Known(amount)
	}
	return out, nil
}

// Numbers implements bank.Accounts by /auth/get.
func (c *Client) Numbers(ctx context.Context, access secret.Text) ([]bank.Numbers, error) {
	const op = "plaid: numbers"
	token, err := c.reveal(op, access)
	if err != nil {
		return nil, err
	}
	body := plaid.NewAuthGetRequest(token)
	got, err := call(ctx, c, request{op: op}, func(ctx context.Context) (plaid.AuthGetResponse, *http.Response, error) {
		return c.api.AuthGet(ctx).AuthGetRequest(*body).Execute()
	})
	if err != nil {
		return nil, err
	}
	if got.Numbers.Ach == nil {
		return nil, nonsense(op, got.RequestId, "no numbers")
	}
	var out []bank.Numbers
	for _, from := range got.Numbers.Ach {
		if !isIdentifier(from.AccountId) || from.Account == "" || from.Routing == "" {
			return nil, nonsense(op, got.RequestId, "numbers without account or routing number")
		}
		tokenized, _ := from.AdditionalProperties["is_tokenized_account_number"].(bool)
		out = append(out, bank.Numbers{
			Account:   core.AccountID(from.AccountId),
			Routing:   secret.New(clean(from.Routing)),
			Number:    secret.New(clean(from.Account)),
			Wire:      secret.New(clean(from.GetWireRouting())),
			Tokenized: tokenized,
		})
	}
	return out, nil
}
