package plaid

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/plaid/plaid-go/v20/plaid"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// CreateLink implements bank.Linker by /link/token/create with a hosted_link
// (PLAID §2.1).
func (c *Client) CreateLink(ctx context.Context, req bank.LinkRequest) (bank.Link, error) {
	const op = "plaid: create link"
	body, err := c.linkRequest(req)
	if err != nil {
		return bank.Link{}, fault.New(op, fault.Invalid, err)
	}
	if req.Several {
		if ctx, err = c.several(ctx, body, req.User); err != nil {
			return bank.Link{}, err
		}
	}
	got, err := call(ctx, c, request{op: op}, func(ctx context.Context) (plaid.LinkTokenCreateResponse, *http.Response, error) {
		return c.api.LinkTokenCreate(ctx).LinkTokenCreateRequest(*body).Execute()
	})
	if err != nil {
		return bank.Link{}, err
	}
	switch {
	case got.LinkToken == "" || got.Expiration.IsZero():
		return bank.Link{}, nonsense(op, got.RequestId, "no link token, or no end of it")
	case !c.mayOpen(got.GetHostedLinkUrl()):
		return bank.Link{}, nonsense(op, got.RequestId, "no page to open, or one that is not at the provider")
	}
	return bank.Link{Token: secret.New(got.LinkToken), URL: got.GetHostedLinkUrl(), Expires: got.Expiration.UTC()}, nil
}

// several makes body one for several Items, which belong to a user whom Plaid has to
// know. plaid-go v20 has no field for the wish itself, nor for the user's id, which
// newer keys have in the place of a token: the context carries what is lacking.
func (c *Client) several(ctx context.Context, body *plaid.LinkTokenCreateRequest, user string) (context.Context, error) {
	const op = "plaid: create user"
	got, err := call(ctx, c, request{op: op}, func(ctx context.Context) (plaid.UserCreateResponse, *http.Response, error) {
		return c.api.UserCreate(ctx).UserCreateRequest(*plaid.NewUserCreateRequest(user)).Execute()
	})
	if err != nil {
		return ctx, err
	}
	added := map[string]any{"enable_multi_item_link": true}
	switch {
	case got.UserToken != "":
		body.SetUserToken(got.UserToken)
	case got.UserId != "":
		added["user_id"] = got.UserId
	default:
		return ctx, nonsense(op, got.RequestId, "neither a user token nor a user id")
	}
	return withAdded(ctx, added), nil
}

// linkRequest makes the body of /link/token/create. Update mode takes neither
// products nor their options (PLAID §3.2).
func (c *Client) linkRequest(req bank.LinkRequest) (*plaid.LinkTokenCreateRequest, error) {
	if req.User == "" {
		return nil, errors.New("no user id")
	}
	body := plaid.NewLinkTokenCreateRequest(c.config.ClientName, c.config.Language, c.countries, *plaid.NewLinkTokenCreateRequestUser(req.User))
	page := plaid.NewLinkTokenCreateHostedLink()
	page.AdditionalProperties = map[string]any{"is_mobile_app": false}
	if req.CompletionURI != "" {
		page.SetCompletionRedirectUri(req.CompletionURI)
	}
	body.SetHostedLink(*page)
	if req.RedirectURI != "" { // an empty one would be taken for one that is not allowed (PLAID §2.3)
		body.SetRedirectUri(req.RedirectURI)
	}
	if req.AndroidPackage != "" {
		body.SetAndroidPackageName(req.AndroidPackage)
	}
	if !req.Access.IsEmpty() {
		return body, forUpdate(body, req)
	}
	return body, c.forNew(body, req)
}

// forUpdate adds what is asked of an Item that is there.
func forUpdate(body *plaid.LinkTokenCreateRequest, req bank.LinkRequest) error {
	if req.Several {
		return errors.New("several banks, and one that is there")
	}
	body.SetAccessToken(req.Access.Reveal())
	if req.SelectAccounts {
		body.SetUpdate(plaid.LinkTokenCreateRequestUpdate{AccountSelectionEnabled: &req.SelectAccounts})
	}
	if len(req.Additional) > 0 {
		body.SetAdditionalConsentedProducts(products(req.Additional))
	}
	return nil
}

// forNew adds what is asked of a new Item.
func (c *Client) forNew(body *plaid.LinkTokenCreateRequest, req bank.LinkRequest) error {
	if len(req.Products) == 0 {
		return errors.New("no products")
	}
	body.SetProducts(products(req.Products))
	if req.Deposits {
		if !slices.Equal(req.Products, []core.Product{core.Auth}) || len(req.Optional) > 0 || req.Several {
			return errors.New("deposits are for account numbers alone")
		}
		yes := true
		body.SetAuth(plaid.LinkTokenCreateRequestAuth{
			AuthTypeSelectEnabled: &yes, AutomatedMicrodepositsEnabled: &yes, SameDayMicrodepositsEnabled: &yes,
		})
		body.SetCountryCodes([]plaid.CountryCode{plaid.COUNTRYCODE_US})
	}
	optional := c.allowed(req.Optional)
	if len(optional) > 0 {
		body.SetOptionalProducts(products(optional))
	}
	if slices.Contains(req.Products, core.Transactions) || slices.Contains(optional, core.Transactions) {
		if req.HistoryDays < 1 || req.HistoryDays > 730 {
			return errors.New("the history is not of 1 to 730 days")
		}
		body.SetTransactions(plaid.LinkTokenTransactions{DaysRequested: plaid.PtrInt32(int32(req.HistoryDays))})
	}
	if len(req.Kinds) > 0 {
		body.SetAccountFilters(accountFilters(req.Kinds))
	}
	return nil
}

// accountFilters offers every subtype of the given types, and no other type.
func accountFilters(kinds []core.AccountType) plaid.LinkTokenAccountFilters {
	filters := plaid.LinkTokenAccountFilters{AdditionalProperties: map[string]any{}}
	for _, kind := range kinds {
		filters.AdditionalProperties[string(kind)] = map[string]any{"account_subtypes": []string{"all"}}
	}
	return filters
}

// allowed returns those products that the keys allow, as far as is known.
func (c *Client) allowed(names []core.Product) []core.Product {
	if len(c.config.Products) == 0 {
		return names
	}
	return slices.DeleteFunc(slices.Clone(names), func(p core.Product) bool { return !slices.Contains(c.config.Products, p) })
}

func products(names []core.Product) []plaid.Products {
	out := make([]plaid.Products, len(names))
	for i, name := range names {
		out[i] = plaid.Products(name)
	}
	return out
}

// mayOpen reports whether a page can be given to the browser: one of Plaid's
// over https, or the practice bank's on this machine (SECURITY §5).
func (c *Client) mayOpen(page string) bool {
	parsed, err := url.Parse(page)
	if err != nil || parsed.User != nil {
		return false
	}
	if c.config.Env == core.Practice {
		return parsed.Scheme == "http" && isLoopback(parsed)
	}
	return parsed.Scheme == "https" && strings.HasSuffix(parsed.Host, ".plaid.com")
}

// Exchange implements bank.Linker by /item/public_token/exchange.
//
// It is tried again after network errors like any other request. If the first
// try did reach Plaid, its access token is lost with the answer, and the second
// either gets one too or INVALID_PUBLIC_TOKEN; without it the Item would be lost
// for certain (PLAID §8).
func (c *Client) Exchange(ctx context.Context, public secret.Text) (bank.Grant, error) {
	const op = "plaid: exchange"
	token, err := c.reveal(op, public)
	if err != nil {
		return bank.Grant{}, err
	}
	body := plaid.NewItemPublicTokenExchangeRequest(token)
	got, err := call(ctx, c, request{op: op, once: true}, func(ctx context.Context) (plaid.ItemPublicTokenExchangeResponse, *http.Response, error) {
		return c.api.ItemPublicTokenExchange(ctx).ItemPublicTokenExchangeRequest(*body).Execute()
	})
	if err != nil {
		return bank.Grant{}, err
	}
	if got.AccessToken == "" || !isIdentifier(got.ItemId) {
		return bank.Grant{}, nonsense(op, got.RequestId, "no access token, or no item id")
	}
	return bank.Grant{Item: core.ItemID(got.ItemId), Access: secret.New(got.AccessToken)}, nil
}

// InstantLink implements bank.InstantLinker by /sandbox/public_token/create.
func (c *Client) InstantLink(ctx context.Context, req bank.InstantRequest) (secret.Text, error) {
	const op = "plaid: instant link"
	if !c.config.Env.HasInstantLink() {
		return secret.Text{}, fault.New(op, fault.Unsupported, nil)
	}
	body := plaid.NewSandboxPublicTokenCreateRequest(string(req.Institution), products(c.instantProducts(req.Products)))
	options := plaid.NewSandboxPublicTokenCreateRequestOptions()
	if req.User != "" {
		options.SetOverrideUsername(req.User)
		options.SetOverridePassword(req.Password.Reveal())
	}
	if req.HistoryDays > 0 && slices.Contains(req.Products, core.Transactions) {
		days := int32(min(req.HistoryDays, 730))
		options.SetTransactions(plaid.SandboxPublicTokenCreateRequestOptionsTransactions{DaysRequested: &days})
	}
	body.SetOptions(*options)
	got, err := call(ctx, c, request{op: op}, func(ctx context.Context) (plaid.SandboxPublicTokenCreateResponse, *http.Response, error) {
		return c.api.SandboxPublicTokenCreate(ctx).SandboxPublicTokenCreateRequest(*body).Execute()
	})
	if err != nil {
		return secret.Text{}, err
	}
	if got.PublicToken == "" {
		return secret.Text{}, nonsense(op, got.RequestId, "no public token")
	}
	return secret.New(got.PublicToken), nil
}

// instantProducts leaves out what the keys do not allow, unless nothing is left:
// then Plaid says so.
func (c *Client) instantProducts(wanted []core.Product) []core.Product {
	if allowed := c.allowed(wanted); len(allowed) > 0 {
		return allowed
	}
	return wanted
}

// reveal returns a token to put into a request. It refuses one that says it is
// of another environment: a real bank's token must not reach the practice bank,
// and Plaid would call it invalid, which reads as if the Item were gone.
func (c *Client) reveal(op string, token secret.Text) (string, error) {
	text := token.Reveal()
	if text == "" {
		return "", fault.New(op, fault.Invalid, errors.New("no token"))
	}
	foreign := "-" + string(core.Production) + "-"
	if c.config.Env == core.Production {
		foreign = "-" + string(core.Sandbox) + "-"
	}
	if strings.Contains(text, foreign) {
		return "", fault.New(op, fault.Invalid, errors.New("the token is of another environment"))
	}
	return text, nil
}
