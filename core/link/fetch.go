package link

import (
	"context"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/numbers"
	"bankbook/core/secret"
)

// reading is what Fetch puts together about one Item.
type reading struct {
	id     core.ItemID
	access secret.Text
	// theirs is the Item as the provider has it, kept as the vault has it.
	theirs bank.Item
	kept   core.Item
	isKept bool
	// before are the accounts as the vault has them, fresh as the bank names them.
	before  []core.Account
	fresh   []core.Account
	trouble core.Trouble
	// noNumbers is why the bank gives no numbers, though they were asked for.
	noNumbers core.Trouble
}

// fetch reads the session's Item into the vault. It can be done any number of
// times: the Item keeps its id.
func (r *runner) fetch(ctx context.Context, s Session) Event {
	id := s.Repairs
	if !s.Purpose.Updates() {
		id = s.Items[len(s.Items)-1]
	}
	got, err := r.read(ctx, s, id)
	if err != nil {
		return stumbled(err)
	}
	if s.Purpose.Updates() {
		if got.trouble.Kind != fault.None {
			return StillBroken{Trouble: got.trouble}
		}
		r.d.deps.Syncer.Stop(id)
	}
	if err := r.keepNumbers(ctx, s, got); err != nil {
		return stumbled(err)
	}
	if err := r.d.deps.Repo.PutItemAndAccounts(got.item(s, r.d.deps.Clock.Now()), got.fresh); err != nil {
		return stumbled(err)
	}
	r.d.deps.Events.Publish(event.ItemChanged{Item: id})
	r.d.deps.Events.Publish(event.AccountsChanged{Item: id})
	if why, inVain := got.inVain(s); inVain {
		return StillBroken{Trouble: why}
	}
	return Fetched{Moved: got.moved(s)}
}

// read asks the provider for everything about an Item. That the Item itself is
// in trouble is a result; any other fault is an error.
func (r *runner) read(ctx context.Context, s Session, id core.ItemID) (*reading, error) {
	access, err := r.d.deps.Secrets.Get(ctx, secret.TokenName(r.d.deps.Env, id))
	if err != nil {
		return nil, err
	}
	if !s.Purpose.Updates() {
		if err := r.d.deps.Secrets.Delete(ctx, grantName(r.d.deps.Env, s)); err != nil {
			return nil, err
		}
	}
	got := &reading{id: id, access: access}
	if got.theirs, err = r.d.deps.Bank.Item(ctx, access); err != nil {
		return nil, r.forgetGone(ctx, s, id, err)
	}
	got.trouble = got.theirs.Trouble
	got.fresh, err = r.d.deps.Bank.Accounts(ctx, access)
	switch {
	case fault.Is(err, fault.SignIn, fault.Consent, fault.BankSite):
		got.trouble = core.TroubleOf(err)
	case err != nil:
		return nil, err
	}
	r.nameInstitution(ctx, s, got)
	return got, r.compare(got)
}

// forgetGone removes the token of a new Item that is gone already, and returns
// err or why the token is still there.
func (r *runner) forgetGone(ctx context.Context, s Session, id core.ItemID, err error) error {
	if s.Purpose.Updates() || !fault.Is(err, fault.Gone) {
		return err
	}
	if failed := r.d.deps.Secrets.Delete(ctx, secret.TokenName(r.d.deps.Env, id)); failed != nil {
		return failed
	}
	return err
}

// compare reads what the vault knows of the Item already.
func (r *runner) compare(got *reading) error {
	kept, err := r.d.deps.Repo.Item(got.id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	got.kept, got.isKept = kept, err == nil
	accounts, err := r.d.deps.Repo.AccountsOf(got.id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	for i := range got.fresh {
		got.fresh[i].Item = got.id
	}
	got.before = accounts
	return nil
}

// nameInstitution completes the institution, which the provider may give
// without its name. A name that cannot be had now is no reason to fail.
func (r *runner) nameInstitution(ctx context.Context, s Session, got *reading) {
	in := &got.theirs.Institution
	if !s.Purpose.Updates() {
		offered := s.Found[s.Next].Institution
		if in.ID == "" {
			*in = offered
		}
		if in.Name == "" && in.ID == offered.ID {
			in.Name = offered.Name
		}
	}
	if in.Name == "" && in.ID != "" {
		if found, err := r.d.deps.Bank.Institution(ctx, in.ID); err == nil {
			in.Name = found.Name
		}
	}
}

// item returns the record to keep.
func (g *reading) item(s Session, now time.Time) core.Item {
	item := g.kept
	if !g.isKept {
		item = core.Item{
			ID: g.id, Profile: s.Options.Profile, LinkedAt: now,
			HistoryDays: s.Options.HistoryDays, Status: core.Connected,
		}
	}
	if in := g.theirs.Institution; in.ID != "" && (in.Name != "" || in.ID != item.Institution.ID) {
		item.Institution = in
	}
	item.Products, item.ConsentEnds = g.products(s), g.theirs.ConsentEnds
	item.Back = g.back(s)
	item.Status = item.Status.After(g.trouble.Kind)
	if g.trouble.Kind == fault.None {
		item.Sync.Trouble = core.Trouble{}
	}
	return item
}

// back returns the way back to remember: the one that has just led to something.
func (g *reading) back(s Session) core.WayBack {
	if _, inVain := g.inVain(s); inVain || s.Options.WayBack == (core.WayBack{}) {
		return g.kept.Back
	}
	return s.Options.WayBack
}

// products returns what the bank gives. What the user has just allowed is among it,
// though the provider lists a product only once it has been used.
func (g *reading) products(s Session) []core.Product {
	all := slices.Clone(g.theirs.Products)
	if _, inVain := g.inVain(s); inVain {
		return all
	}
	for _, p := range s.Adds {
		if !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	return all
}

// keepNumbers puts routing and account numbers into the secret store, if they
// are wanted or were there before, or have been verified, and the bank has them.
// That it gives none is noted.
func (r *runner) keepNumbers(ctx context.Context, s Session, got *reading) error {
	if got.trouble.Kind != fault.None || !got.wantsNumbers(s) {
		return nil
	}
	keeper := numbers.Keeper{Bank: r.d.deps.Bank, Secrets: r.d.deps.Secrets, Clock: r.d.deps.Clock, Env: r.d.deps.Env}
	err := keeper.Keep(ctx, got.access, got.fresh)
	if numbers.NotGiven(err) {
		got.noNumbers = core.TroubleOf(err)
		return nil
	}
	return err
}

// wantsNumbers reports whether to ask for numbers. Asking begins what the user has
// just allowed; without that it would be for what the bank gives already.
func (g *reading) wantsNumbers(s Session) bool {
	if slices.Contains(s.Adds, core.Auth) {
		return true
	}
	had := slices.ContainsFunc(core.MergeAccounts(g.before, g.fresh), func(a core.Account) bool {
		return a.ACH.HasNumbers() || a.ACH.AwaitsNumbers()
	})
	return (s.Options.Numbers || had) && slices.Contains(g.theirs.Products, core.Auth)
}
