package sandbox

import (
	"slices"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

// The views that Plaid names in its events.
const (
	viewConsent  = "CONSENT"
	viewBanks    = "SELECT_INSTITUTION"
	viewSignIn   = "CREDENTIAL"
	viewAccounts = "SELECT_ACCOUNT"
	viewDone     = "CONNECTED"
)

// begin starts a session.
func (v *visit) begin() error {
	if v.link.Update != "" {
		return v.to("")
	}
	err := v.step(true, func(_ *state, s *session) {
		v.tell(s, event{Name: "TRANSITION_VIEW", View: viewBanks})
	})
	if err != nil {
		return err
	}
	return v.to("/bank")
}

// chooseBank takes the user to the sign-in of a bank.
func (v *visit) chooseBank() error {
	inst := institutionByID(v.r.PostForm.Get("institution"))
	if inst == nil || !slices.Contains(v.link.Countries, inst.country()) || !v.active() {
		return v.to("/bank")
	}
	err := v.step(false, func(_ *state, s *session) {
		s.Institution, s.SignedIn, s.Trouble = inst.ID, false, ""
		v.tell(s, event{Name: "SELECT_INSTITUTION"}, event{Name: "TRANSITION_VIEW", View: viewSignIn})
	})
	if err != nil {
		return err
	}
	return v.to("/sign-in")
}

// signIn checks user name and password. Neither is kept.
func (v *visit) signIn() error {
	if v.bank() == nil || v.link.success() != nil || (v.update == nil && !v.active()) {
		return v.to("")
	}
	_, refusal := people.SignIn(v.r.PostForm.Get("user"), v.r.PostForm.Get("password"))
	right := refusal == nil
	err := v.step(v.update != nil, func(st *state, s *session) {
		s.Institution = v.bank().ID
		v.tell(s, event{Name: "SUBMIT_CREDENTIALS"})
		switch {
		case !right:
			s.Trouble = wire.InvalidCredentials
			v.tell(s, event{Name: "ERROR", Trouble: wire.InvalidCredentials, View: viewSignIn})
		case v.update != nil:
			s.SignedIn, s.Trouble = true, ""
			v.repair(st, s)
		default:
			s.SignedIn, s.Trouble = true, ""
			v.tell(s, event{Name: "TRANSITION_VIEW", View: viewAccounts})
		}
	})
	switch {
	case err != nil:
		return err
	case !right:
		return v.to("/sign-in") // a page that can be reloaded and gone back to
	case v.update != nil:
		return v.end("/done")
	}
	return v.to("/accounts")
}

// repair ends an update: the Item is healthy again, and its tokens stay.
func (v *visit) repair(st *state, s *session) {
	if it := st.item(v.link.Update); it != nil {
		v.signedIn(it)
	}
	v.finish(s)
}

// share makes the Item with the chosen accounts.
func (v *visit) share() error {
	if !v.active() || !v.session.SignedIn {
		return v.to("")
	}
	chosen := slices.DeleteFunc(people.Good().Codes(v.link.Filters), func(code string) bool {
		return !slices.Contains(v.r.PostForm["account"], code)
	})
	if len(chosen) == 0 {
		return v.to("/accounts?chosen=none")
	}
	err := v.step(false, func(st *state, s *session) {
		it := &item{
			Institution: s.Institution, Seed: v.cfg.Seed, Products: billed(slices.Concat(v.link.Products, v.link.Optional)),
			Consented: billed(v.link.Consented), Webhook: v.link.Webhook, Client: v.link.User, Accounts: chosen, Days: v.link.Days,
		}
		v.signedIn(it)
		s.Public = st.newItem(v.now, it).ID
		v.finish(s)
	})
	if err != nil {
		return err
	}
	return v.end("/done")
}

// finish is the good end of a session.
func (v *visit) finish(s *session) {
	v.tell(s, event{Name: "TRANSITION_VIEW", View: viewDone}, event{Name: "HANDOFF"})
	s.Finished = v.now
}

// The steps at which a user can leave, as the forms name them.
const (
	stepNoBank   = "no-bank"
	stepSignIn   = "sign-in"
	stepAccounts = "accounts"
)

// leave ends the session without a result.
func (v *visit) leave() error {
	if v.link.success() != nil {
		return v.to("/done")
	}
	where := map[string]string{
		stepNoBank: "institution_not_found", stepSignIn: "requires_credentials", stepAccounts: "requires_account_selection",
	}[v.r.PostForm.Get("step")]
	err := v.step(true, func(_ *state, s *session) {
		s.Where, s.Left, s.Finished = where, true, v.now
		switch {
		case v.update != nil:
			s.Institution = v.update.Institution
		case where != "requires_credentials" && where != "requires_account_selection":
			s.Institution, s.Trouble = "", ""
		}
		v.tell(s, event{Name: "EXIT", Where: where, Trouble: s.Trouble})
	})
	if err != nil {
		return err
	}
	return v.end("/left")
}

// step changes this browser's session, or begins one if that is wanted, and
// takes v to where it is now. If another request has finished the link in the
// meantime, nothing happens.
func (v *visit) step(begins bool, fn func(*state, *session)) error {
	return v.store.change(func(st *state) error {
		l := find(st.Links, func(l *link) bool { return l.ID == v.link.ID })
		if l == nil {
			return errNoPage
		}
		s := l.sessionOf(v.key, v.browser)
		switch {
		case l.success() != nil:
			return nil
		case s == nil && !begins:
			return nil
		case s == nil:
			s = &session{ID: ident.NewUUID(), Browser: browserHash(v.key, v.browser), Started: v.now}
			l.Sessions = append(l.Sessions, s)
			v.tell(s, event{Name: "OPEN", View: viewConsent})
		}
		fn(st, s)
		if !s.Finished.IsZero() {
			v.tellSession(st, l, s)
		}
		v.session = s.copy()
		return nil
	})
}

// tell adds events to a session.
func (v *visit) tell(s *session, events ...event) {
	for _, e := range events {
		e.ID, e.At, e.RequestID, e.Institution = ident.NewUUID(), v.now, v.id, s.Institution
		s.Events = append(s.Events, e)
	}
}

// browserHash is how a browser's cookie is remembered.
func browserHash(key ident.Keyring, cookie string) []byte { return key.Sum("browser", cookie) }

// sessionOf returns the unfinished session of a browser, or nil.
func (l *link) sessionOf(key ident.Keyring, cookie string) *session {
	if cookie == "" {
		return nil
	}
	hash := browserHash(key, cookie)
	return find(l.Sessions, func(s *session) bool {
		return s.Finished.IsZero() && slices.Equal(s.Browser, hash)
	})
}

// success returns the session that reached the good end, or nil.
func (l *link) success() *session {
	return find(l.Sessions, func(s *session) bool { return !s.Finished.IsZero() && !s.Left })
}

// copy returns a link that shares nothing with l that can change.
func (l *link) copy() link {
	c := *l
	c.Sessions = make([]*session, len(l.Sessions))
	for i, s := range l.Sessions {
		c.Sessions[i] = s.copy()
	}
	return c
}

// copy returns a session that shares nothing with s that can change.
func (s *session) copy() *session {
	if s == nil {
		return nil
	}
	c := *s
	c.Events = slices.Clone(s.Events)
	return &c
}
