package plaid

import (
	"context"
	"net/http"
	"strings"

	"github.com/plaid/plaid-go/v20/plaid"

	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// pageRows is how many rows are asked for: the most that Plaid gives. Longer
// pages make a change in the midst of them rarer (PLAID §3.5).
const pageRows = 500

// Sync implements bank.Transactions by /transactions/sync.
func (c *Client) Sync(ctx context.Context, access secret.Text, cursor string) (bank.Page, error) {
	const op = "plaid: sync"
	token, err := c.reveal(op, access)
	if err != nil {
		return bank.Page{}, err
	}
	body := plaid.NewTransactionsSyncRequest(token)
	body.SetCount(pageRows)
	if cursor != "" {
		body.SetCursor(cursor)
	}
	// Not NewTransactionsSyncRequestOptions: that asks for 90 days of history, and
	// where this is the first request for transactions Plaid would hold it to that.
	body.SetOptions(plaid.TransactionsSyncRequestOptions{
		IncludeOriginalDescription:     *plaid.NewNullableBool(plaid.PtrBool(true)),
		IncludePersonalFinanceCategory: plaid.PtrBool(true),
	})

	var kept []byte
	_, failed := callRaw(ctx, c, request{op: op}, func(ctx context.Context) (plaid.TransactionsSyncResponse, *http.Response, error) {
		return c.api.TransactionsSync(withKept(ctx, &kept)).TransactionsSyncRequest(*body).Execute()
	})
	if failed != nil {
		return bank.Page{}, staleCursor(cursor, failed)
	}
	page, id, err := decodePage(op, kept, cursor)
	bank.Answered(ctx, id)
	return page, err
}

// staleCursor recognises a cursor that does not belong to the Item, or not any
// more. Plaid has no code for it but the one for any wrong field, so this is the
// only place where a message decides.
func staleCursor(cursor string, failed *failure) *fault.Error {
	if cursor != "" && failed.Code == "INVALID_FIELD" && strings.Contains(strings.ToLower(failed.message), "cursor") {
		failed.Kind = fault.StaleCursor
	}
	return failed.Error
}

// Refresh implements bank.Transactions by /transactions/refresh.
func (c *Client) Refresh(ctx context.Context, access secret.Text) error {
	const op = "plaid: refresh"
	token, err := c.reveal(op, access)
	if err != nil {
		return err
	}
	body := plaid.NewTransactionsRefreshRequest(token)
	_, err = call(ctx, c, request{op: op, slow: true}, func(ctx context.Context) (plaid.TransactionsRefreshResponse, *http.Response, error) {
		return c.api.TransactionsRefresh(ctx).TransactionsRefreshRequest(*body).Execute()
	})
	return err
}
