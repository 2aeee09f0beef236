package plaid

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/plaid/plaid-go/v20/plaid"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// Item implements bank.Items by /item/get. The institution's name is empty if
// Plaid does not give it there.
func (c *Client) Item(ctx context.Context, access secret.Text) (bank.Item, error) {
	const op = "plaid: item"
	token, err := c.reveal(op, access)
	if err != nil {
		return bank.Item{}, err
	}
	body := plaid.NewItemGetRequest(token)
	got, err := call(ctx, c, request{op: op}, func(ctx context.Context) (plaid.ItemGetResponse, *http.Response, error) {
		return c.api.ItemGet(ctx).ItemGetRequest(*body).Execute()
	})
	if err != nil {
		return bank.Item{}, err
	}
	if !isIdentifier(got.Item.ItemId) {
		return bank.Item{}, nonsense(op, got.RequestId, "no item id")
	}
	out := item(got.Item)
	if out.Trouble.Kind != fault.None && out.Trouble.RequestID == "" { // it is null in an Item
		out.Trouble.RequestID = requestID(got.RequestId)
	}
	return out, nil
}

func item(from plaid.Item) bank.Item {
	name, _ := from.AdditionalProperties["institution_name"].(string)
	out := bank.Item{
		ID:          core.ItemID(from.ItemId),
		Institution: institution(from.GetInstitutionId(), name),
		Trouble:     trouble(from.Error.Get()),
	}
	given := from.GetProducts()
	if len(given) == 0 {
		given = from.BilledProducts
	}
	for _, product := range given {
		out.Products = append(out.Products, core.Product(clean(string(product))))
	}
	if at := from.ConsentExpirationTime.Get(); at != nil {
		out.ConsentEnds = at.UTC()
	}
	return out
}

// trouble reads an Item's own error. One with a code that makes no sense is
// still a trouble.
func trouble(from *plaid.PlaidError) core.Trouble {
	if from == nil {
		return core.Trouble{}
	}
	code := errorCode(from.ErrorCode)
	return core.Trouble{
		Kind:      kindOfAnswer(0, string(from.ErrorType), code),
		Code:      code,
		RequestID: requestID(from.GetRequestId()),
	}
}

// RemoveItem implements bank.Items by /item/remove.
func (c *Client) RemoveItem(ctx context.Context, access secret.Text) error {
	const op = "plaid: remove item"
	token, err := c.reveal(op, access)
	if err != nil {
		return err
	}
	body := plaid.NewItemRemoveRequest(token)
	_, err = call(ctx, c, request{op: op}, func(ctx context.Context) (plaid.ItemRemoveResponse, *http.Response, error) {
		return c.api.ItemRemove(ctx).ItemRemoveRequest(*body).Execute()
	})
	gone := []string{"ITEM_NOT_FOUND", "INVALID_ACCESS_TOKEN", "USER_PERMISSION_REVOKED", "USER_ACCOUNT_REVOKED"}
	if slices.Contains(gone, fault.Describe(err).Code) {
		return nil
	}
	return err
}

// RotateToken implements bank.Tokens by /item/access_token/invalidate.
func (c *Client) RotateToken(ctx context.Context, access secret.Text) (secret.Text, error) {
	const op = "plaid: rotate token"
	token, err := c.reveal(op, access)
	if err != nil {
		return secret.Text{}, err
	}
	body := plaid.NewItemAccessTokenInvalidateRequest(token)
	got, err := call(ctx, c, request{op: op, once: true}, func(ctx context.Context) (plaid.ItemAccessTokenInvalidateResponse, *http.Response, error) {
		return c.api.ItemAccessTokenInvalidate(ctx).ItemAccessTokenInvalidateRequest(*body).Execute()
	})
	if err != nil {
		return secret.Text{}, err
	}
	if got.NewAccessToken == "" || got.NewAccessToken == token {
		return secret.Text{}, nonsense(op, got.RequestId, "no new access token")
	}
	return secret.New(got.NewAccessToken), nil
}

// Institution implements bank.Institutions by /institutions/get_by_id.
func (c *Client) Institution(ctx context.Context, id core.InstitutionID) (core.Institution, error) {
	const op = "plaid: institution"
	if !isIdentifier(string(id)) {
		return core.Institution{}, fault.New(op, fault.Invalid, errors.New("not an institution id"))
	}
	body := plaid.NewInstitutionsGetByIdRequest(string(id), c.countries)
	got, err := call(ctx, c, request{op: op}, func(ctx context.Context) (plaid.InstitutionsGetByIdResponse, *http.Response, error) {
		return c.api.InstitutionsGetById(ctx).InstitutionsGetByIdRequest(*body).Execute()
	})
	if err != nil {
		return core.Institution{}, err
	}
	found := institution(got.Institution.InstitutionId, got.Institution.Name)
	if found.ID != id || found.Name == "" {
		return core.Institution{}, nonsense(op, got.RequestId, "not the institution asked for, or one without a name")
	}
	return found, nil
}

// SearchInstitutions implements bank.Institutions by /institutions/search.
// Plaid gives ten at most.
func (c *Client) SearchInstitutions(ctx context.Context, query string) ([]core.Institution, error) {
	const op = "plaid: search institutions"
	if clean(query) == "" {
		return nil, nil
	}
	body := plaid.NewInstitutionsSearchRequest(clean(query), c.countries)
	got, err := call(ctx, c, request{op: op}, func(ctx context.Context) (plaid.InstitutionsSearchResponse, *http.Response, error) {
		return c.api.InstitutionsSearch(ctx).InstitutionsSearchRequest(*body).Execute()
	})
	if err != nil {
		return nil, err
	}
	var found []core.Institution
	for _, from := range got.Institutions {
		one := institution(from.InstitutionId, from.Name)
		if one.ID == "" || one.Name == "" {
			return nil, nonsense(op, got.RequestId, "an institution without id or name")
		}
		found = append(found, one)
	}
	return found, nil
}
