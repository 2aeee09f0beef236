package boot

import (
	"context"
	"errors"
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/plaid"
	"bankbook/core/secret"
	"bankbook/storage/settings"
	"bankbook/ui/say"
)

// undoTime is how long it may take to put back what was there.
const undoTime = 10 * time.Second

// KeyRing looks after the person's Plaid keys. What it changes for the environment
// that is open counts there at once.
type KeyRing struct {
	program *Program
	open    *Services // nil if nothing is open
}

// KeyRing returns the keys while no environment is open.
func (p *Program) KeyRing() *KeyRing { return &KeyRing{program: p} }

// KeyRing returns the keys while this environment is open.
func (s *Services) KeyRing() *KeyRing { return &KeyRing{program: s.program, open: s} }

// Facts tells about the keys of both environments that need some.
func (k *KeyRing) Facts(ctx context.Context) ([]core.KeyFacts, error) {
	var all []core.KeyFacts
	for _, env := range []core.Environment{core.Sandbox, core.Production} {
		facts, err := k.Of(ctx, env)
		if err != nil {
			return nil, err
		}
		all = append(all, facts)
	}
	return all, nil
}

// doing tells the activity log of the open vault, if there is one, what is done with
// the keys of an environment, as Services.doing does.
func (k *KeyRing) doing(ctx context.Context, a core.Action, env core.Environment) (did func(err *error)) {
	if k.open == nil {
		return func(*error) {}
	}
	return k.open.doing(ctx, core.Activity{Action: a, Subject: say.Environment(env)})
}

// Of tells about the keys of one environment. What can be told without the keys is
// told also where they cannot be seen.
func (k *KeyRing) Of(ctx context.Context, env core.Environment) (core.KeyFacts, error) {
	facts := core.KeyFacts{Env: env}
	notes, err := k.notes(env).read()
	if err != nil {
		return facts, err
	}
	keys, err := k.keys(ctx, env)
	if err != nil && !unseen(err) {
		return facts, err
	}
	facts.Why, facts.Trial = fault.KindOf(err), notes.Trial
	client := notes.Client
	switch {
	case err != nil: // the notes are about the keys that cannot be seen
		facts.Check = notes.Check
	case !keys.ClientID.IsEmpty():
		facts.Source, facts.ClientID = core.KeptKeys, keys.ClientID.Reveal()
		if k.program.keysGiven() {
			facts.Source = core.GivenKeys
		}
		client, facts.Check = clientMark(keys), checkOf(notes, keys)
	}
	facts.Countries, facts.Made = facts.Check.Use(notes.Wanted), notes.Count(client)
	return facts, nil
}

// unseen reports whether an error only says that keys cannot be seen from here.
func unseen(err error) bool {
	return fault.Is(err, fault.Locked, fault.Unsupported, fault.ReviewCopy,
		fault.KeychainMissing, fault.KeychainLocked, fault.KeychainTimeout, fault.KeychainLied)
}

// Save tests keys and then keeps them in the place of those before. Errors: Invalid
// for keys that cannot be any and where environment variables give some, Keys if Plaid refuses them, those of the connection
// and of the store, and the Why of Of. After an error all is as it was.
func (k *KeyRing) Save(ctx context.Context, env core.Environment, clientID string, key secret.Text) (err error) {
	const op = "boot: save keys"
	ctx, _ = bank.WithReceipt(ctx)
	defer k.doing(ctx, core.SavedKeys, env)(&err)
	keys := plaid.Keys{ClientID: secret.New(clientID), Secret: key}
	if strings.ContainsAny(clientID+key.Reveal(), " \t\r\n") || clientID == "" || key.IsEmpty() {
		return fault.New(op, fault.Invalid, errors.New("a client id and a secret are one word each"))
	}
	store, err := k.editable(env)
	if err != nil {
		return err
	}
	check, err := k.program.probe(ctx, env, keys)
	if err != nil {
		return err
	}
	return k.replace(ctx, env, store, func(notes *settings.KeyNotes) plaid.Keys {
		notes.Client, notes.Check = clientMark(keys), check
		return keys
	})
}

// Remove forgets the keys of an environment. Items that were made are counted on.
func (k *KeyRing) Remove(ctx context.Context, env core.Environment) (err error) {
	defer k.doing(ctx, core.RemovedKeys, env)(&err)
	store, err := k.editable(env)
	if err != nil {
		return err
	}
	return k.replace(ctx, env, store, func(notes *settings.KeyNotes) plaid.Keys {
		notes.Client, notes.Check = "", core.KeyCheck{}
		return plaid.Keys{}
	})
}

// replace puts other keys, or none, into the store, and what is known about them
// beside it. If either fails, both are put back.
func (k *KeyRing) replace(ctx context.Context, env core.Environment, store secret.Store, choose func(*settings.KeyNotes) plaid.Keys) error {
	before, err := k.program.plaidKeys(ctx, store, env)
	if err != nil {
		return err
	}
	notes, err := k.notes(env).read()
	if err != nil {
		return err
	}
	keys := choose(&notes)
	next, err := k.program.plaidBank(env, keys, notes)
	if err != nil {
		return err
	}
	if err = putKeys(ctx, store, env, keys); err == nil {
		err = k.notes(env).change(func(n *settings.KeyNotes) bool { choose(n); return true })
	}
	if err != nil {
		k.putBack(ctx, store, env, before)
		return err
	}
	k.swap(env, next, notes)
	return nil
}

func putKeys(ctx context.Context, store secret.Store, env core.Environment, keys plaid.Keys) error {
	if keys.ClientID.IsEmpty() {
		return store.Delete(ctx, secret.KeysName(env))
	}
	return store.Set(ctx, secret.KeysName(env), packKeys(keys))
}

// putBack undoes a change that failed: even then it may have happened. ctx may be
// over. What failed first is what the person is told.
func (k *KeyRing) putBack(ctx context.Context, store secret.Store, env core.Environment, before plaid.Keys) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), undoTime)
	defer cancel()
	if err := putKeys(ctx, store, env, before); err != nil {
		k.program.log.Error("the keys from before are not put back", "error", err)
	}
}

// Test asks Plaid again what the kept keys allow, and notes it: that they are
// refused too. Errors: NoKeys, those of the connection, and the Why of Of.
func (k *KeyRing) Test(ctx context.Context, env core.Environment) (err error) {
	ctx, _ = bank.WithReceipt(ctx)
	defer k.doing(ctx, core.TestedKeys, env)(&err)
	keys, err := k.keys(ctx, env)
	if err != nil {
		return err
	}
	check, err := k.program.probeKept(ctx, env, keys)
	if err != nil {
		return err
	}
	if err := k.notes(env).tested(keys, check); err != nil {
		return err
	}
	return k.renew(env, keys)
}

// SetCountries chooses the countries whose banks are offered, among those that the
// keys allow.
func (k *KeyRing) SetCountries(ctx context.Context, env core.Environment, countries []string) error {
	err := k.notes(env).change(func(n *settings.KeyNotes) bool { n.Wanted = countries; return true })
	if err != nil {
		return err
	}
	keys, err := k.keys(ctx, env)
	if err != nil {
		return err
	}
	return k.renew(env, keys)
}

// SetTrial notes whether the keys are on a Trial plan.
func (k *KeyRing) SetTrial(env core.Environment, plan core.TrialPlan) error {
	return k.notes(env).change(func(n *settings.KeyNotes) bool { n.Trial = plan; return true })
}

// renew lets the open environment use what is noted now.
func (k *KeyRing) renew(env core.Environment, keys plaid.Keys) error {
	notes, err := k.notes(env).read()
	if err != nil {
		return err
	}
	next, err := k.program.plaidBank(env, keys, notes)
	if err == nil {
		k.swap(env, next, notes)
	}
	return err
}

// swap lets what is open ask as keys, and what is noted about them, allow.
func (k *KeyRing) swap(env core.Environment, next fullProvider, notes settings.KeyNotes) {
	if k.open == nil {
		return
	}
	k.open.keyWatch.see(env, notes)
	if k.isOpen(env) && !k.open.reviewCopy {
		k.open.bank.become(next)
		k.open.clockwork.KeysChanged()
		k.open.countItems(context.Background())
	}
	k.open.Events.Publish(event.KeysChanged{})
}

func (k *KeyRing) isOpen(env core.Environment) bool { return k.open != nil && k.open.Env == env }

func (k *KeyRing) notes(env core.Environment) *keyNotes {
	if k.isOpen(env) {
		return k.open.notes
	}
	return k.program.notesOf(env)
}

// keys returns the keys of an environment, empty ones if there are none. The error
// says why they cannot be seen.
func (k *KeyRing) keys(ctx context.Context, env core.Environment) (plaid.Keys, error) {
	if k.program.keysGiven() {
		return k.program.config.Keys, nil
	}
	store, err := k.storeOf(env)
	if err != nil {
		return plaid.Keys{}, err
	}
	return k.program.plaidKeys(ctx, store, env)
}

// editable returns where the keys of an environment are kept, if they can be
// changed.
func (k *KeyRing) editable(env core.Environment) (secret.Store, error) {
	if k.program.keysGiven() {
		return nil, fault.New("change keys", fault.Invalid, errors.New("PLAID_CLIENT_ID and PLAID_SECRET take their place in this run"))
	}
	return k.storeOf(env)
}

// storeOf returns where the keys of an environment are kept. Those in a lockbox, or
// in a session that keeps nothing, are there only while it is open.
func (k *KeyRing) storeOf(env core.Environment) (secret.Store, error) {
	const op = "boot: find keys"
	switch {
	case env != core.Sandbox && env != core.Production:
		return nil, fault.New(op, fault.Invalid, errors.New("this environment has no keys"))
	case k.isOpen(env) && k.open.reviewCopy:
		return nil, fault.New(op, fault.ReviewCopy, nil)
	case k.isOpen(env):
		return k.open.Secrets, nil
	case k.program.KeysAreSealed(env):
		return nil, fault.New(op, fault.Locked, nil)
	case k.open != nil && k.open.SessionOnly:
		return nil, fault.New(op, fault.Unsupported, nil)
	}
	return k.program.store(), nil
}
