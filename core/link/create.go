package link

import (
	"context"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// createLink asks for the page. The address to come back to is a convenience: if the
// provider refuses the request with it, it is made without (PLAID §8). So is a way back
// that nobody has given now: keys may no longer allow it, and without it most banks can
// be signed in to all the same.
func (r *runner) createLink(ctx context.Context, s Session) Event {
	req, err := r.request(ctx, s)
	if err != nil {
		return stumbled(err)
	}
	req.CompletionURI = r.d.deps.CompletionURI(s.ID)
	page, err := r.d.deps.Bank.CreateLink(ctx, req)
	if req.CompletionURI != "" && fault.Is(err, fault.Refused) {
		req.CompletionURI = ""
		page, err = r.d.deps.Bank.CreateLink(ctx, req)
	}
	if req.WayBack != s.Options.WayBack && fault.Is(err, fault.Refused) {
		req.WayBack = s.Options.WayBack
		page, err = r.d.deps.Bank.CreateLink(ctx, req)
	}
	if err != nil {
		return stumbled(err)
	}
	if !SafeURL(r.d.deps.Env, page.URL) {
		return Stumbled{Trouble: core.Trouble{Kind: fault.Nonsense, Code: CodeUnsafeURL}}
	}
	return LinkMade{Link: page}
}

// request returns what to ask a page for.
func (r *runner) request(ctx context.Context, s Session) (bank.LinkRequest, error) {
	o := s.Options
	req := bank.LinkRequest{User: string(o.Profile), WayBack: o.WayBack}
	if s.Purpose.Updates() {
		return req, r.requestUpdate(ctx, s, &req)
	}
	req.HistoryDays, req.Kinds, req.Several = o.HistoryDays, o.Kinds, o.Several
	switch {
	case o.Deposits:
		// Only accounts with numbers can be proved, and nothing but these be had.
		req.Deposits, req.Products, req.Kinds = true, []core.Product{core.Auth}, []core.AccountType{core.Depository}
	case o.Numbers:
		req.Products, req.Optional = []core.Product{core.Transactions}, []core.Product{core.Auth}
	default:
		req.Products = []core.Product{core.Transactions}
	}
	return req, nil
}

// requestUpdate adds what is asked for about an Item that is there.
func (r *runner) requestUpdate(ctx context.Context, s Session, req *bank.LinkRequest) error {
	access, err := r.d.deps.Secrets.Get(ctx, secret.TokenName(r.d.deps.Env, s.Repairs))
	if err != nil {
		return err
	}
	item, err := r.d.deps.Repo.Item(s.Repairs)
	if err != nil {
		return err
	}
	req.Access, req.Additional = access, s.Adds
	if req.WayBack == (core.WayBack{}) {
		req.WayBack = item.Back
	}
	// An Item without accounts can be mended only where they are chosen anew.
	req.SelectAccounts = s.Purpose == Accounts || s.Purpose == Repair && item.Status == core.ConsentNeeded
	return nil
}
