package link

import (
	"context"
	"strconv"
	"strings"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// grantName returns the entry that holds what an exchange gave until the
// session says which Item it is. It follows from the session alone, so that a
// program killed right after the exchange finds the access token again.
func grantName(env core.Environment, s Session) secret.Name {
	return secret.Name(string(env) + "/grant/" + string(s.ID) + "/" + strconv.Itoa(s.Next))
}

// Secrets returns the names of the entries that a session may have in a secret
// store while the vault knows nothing of them: what its exchanges gave, the access
// of the Items that came of it, and the numbers of their accounts.
func Secrets(ctx context.Context, store secret.Store, env core.Environment, s Session) ([]secret.Name, error) {
	if s.Stage.Over() {
		return nil, nil
	}
	var names []secret.Name
	for i, candidate := range s.Found {
		s.Next = i
		packed, err := store.Get(ctx, grantName(env, s))
		if err != nil && !fault.Is(err, fault.SecretMissing) {
			return nil, err
		}
		if grant, ok := unpackGrant(packed); ok {
			names = append(names, grantName(env, s), secret.TokenName(env, grant.Item))
		}
		for _, account := range candidate.Accounts {
			names = append(names, secret.NumbersName(env, account.ID))
		}
	}
	for _, item := range s.Items {
		names = append(names, secret.TokenName(env, item))
	}
	return names, nil
}

func packGrant(g bank.Grant) secret.Text {
	return secret.New(string(g.Item) + "\n" + g.Access.Reveal())
}

func unpackGrant(packed secret.Text) (bank.Grant, bool) {
	item, access, ok := strings.Cut(packed.Reveal(), "\n")
	return bank.Grant{Item: core.ItemID(item), Access: secret.New(access)}, ok && item != "" && access != ""
}

// exchange turns the candidate's public token into an access token, unless
// that has been done, and keeps it in the secret store. Once begun it is
// carried through: its answer exists only once.
func (r *runner) exchange(ctx context.Context, s Session, again bool) Event {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), carryThrough)
	defer cancel()
	grant, err := r.granted(ctx, s)
	if err != nil {
		return stumbled(err)
	}
	if grant == nil {
		fresh, err := r.d.deps.Bank.Exchange(ctx, s.Found[s.Next].Public)
		if err != nil {
			return Stumbled{Trouble: core.TroubleOf(err), Again: again}
		}
		grant = &fresh
		r.held = grant
	}
	if err := r.keep(ctx, s, *grant); err != nil {
		return stumbled(err)
	}
	r.held = nil
	return Granted{Item: grant.Item}
}

// granted returns what an earlier exchange gave, or nil. It also shows whether
// the secret store answers, before a public token is spent.
func (r *runner) granted(ctx context.Context, s Session) (*bank.Grant, error) {
	if r.held != nil {
		return r.held, nil
	}
	packed, err := r.d.deps.Secrets.Get(ctx, grantName(r.d.deps.Env, s))
	if fault.Is(err, fault.SecretMissing) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if grant, ok := unpackGrant(packed); ok {
		return &grant, nil
	}
	return nil, nil
}

// keep writes the access token first where it is found again after a kill, and
// then where everybody looks for it.
func (r *runner) keep(ctx context.Context, s Session, grant bank.Grant) error {
	if err := r.d.deps.Secrets.Set(ctx, grantName(r.d.deps.Env, s), packGrant(grant)); err != nil {
		return err
	}
	return r.d.deps.Secrets.Set(ctx, secret.TokenName(r.d.deps.Env, grant.Item), grant.Access)
}

// revoke ends the candidate's Item at the provider, if it got that far, and
// forgets its secrets. The access token is forgotten last and only if the
// provider has let the Item go: without it the Item could never be ended, and
// would be paid for (SECURITY §5).
func (r *runner) revoke(ctx context.Context, s Session) Event {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), carryThrough)
	defer cancel()
	grant, err := r.granted(ctx, s)
	if err == nil && grant == nil {
		grant, err = r.recover(ctx, s)
	}
	if err == nil && grant != nil {
		err = r.giveBack(ctx, s, *grant)
	}
	if err != nil {
		return stumbled(err)
	}
	r.held = nil
	return Revoked{}
}

// recover returns the access that a session has or may have got, to give it
// back; nil if there is none. While Exchanging it is not known whether the
// provider has made the access: asking again tells.
func (r *runner) recover(ctx context.Context, s Session) (*bank.Grant, error) {
	if s.Stage == Fetching {
		return r.stored(ctx, s.Items[len(s.Items)-1])
	}
	fresh, err := r.d.deps.Bank.Exchange(ctx, s.Found[s.Next].Public)
	if fault.Is(err, fault.Expired) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r.held = &fresh
	return r.held, nil
}

// stored returns an Item with the access token from the secret store, or nil
// if it is not there.
func (r *runner) stored(ctx context.Context, item core.ItemID) (*bank.Grant, error) {
	access, err := r.d.deps.Secrets.Get(ctx, secret.TokenName(r.d.deps.Env, item))
	if fault.Is(err, fault.SecretMissing) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &bank.Grant{Item: item, Access: access}, nil
}

func (r *runner) giveBack(ctx context.Context, s Session, grant bank.Grant) error {
	accounts := r.accountsOf(ctx, s, grant)
	if err := r.d.deps.Bank.RemoveItem(ctx, grant.Access); err != nil {
		return err
	}
	if err := r.d.deps.Repo.RemoveItem(grant.Item); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	r.d.deps.Events.Publish(event.ItemChanged{Item: grant.Item})
	for _, account := range accounts {
		if err := r.d.deps.Secrets.Delete(ctx, secret.NumbersName(r.d.deps.Env, account)); err != nil {
			return err
		}
	}
	if err := r.d.deps.Secrets.Delete(ctx, secret.TokenName(r.d.deps.Env, grant.Item)); err != nil {
		return err
	}
	return r.d.deps.Secrets.Delete(ctx, grantName(r.d.deps.Env, s))
}

// accountsOf returns the accounts whose numbers may lie in the secret store.
// An instant session has heard of none, so the bank is asked; if it does not
// answer there is none to forget, as numbers are kept only after it did.
func (r *runner) accountsOf(ctx context.Context, s Session, grant bank.Grant) []core.AccountID {
	var ids []core.AccountID
	for _, a := range s.Found[s.Next].Accounts {
		ids = append(ids, a.ID)
	}
	if s.Purpose == Instant && s.Options.Numbers {
		accounts, _ := r.d.deps.Bank.Accounts(ctx, grant.Access)
		for _, a := range accounts {
			ids = append(ids, a.ID)
		}
	}
	return ids
}
