package sandbox

import (
	"slices"
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/journey"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/verify"
)

// terms are what the link asks of its user.
func (v *visit) terms() journey.Terms {
	l := &v.link
	t := journey.Terms{
		Numbers: l.wantsNumbers(), ChooseType: l.Auth.Select, SameDay: l.Auth.SameDay, Automated: l.Auth.Automated,
		Several: l.Several, Match: l.Auth.matches(), InstantDeposit: l.Auth.Instant, Database: l.Auth.Database || l.Auth.Insights,
	}
	if it := v.update; it != nil {
		t.Update, t.Broken, t.Selection = true, it.trouble(v.now) != nil || l.Reconsent, l.Selection
		t.More = len(it.lacks(l)) > 0
		t.Pending, t.Stuck = it.deposit(v.now)
		if !it.Removed.IsZero() {
			t.Stuck = journey.ItemGone
		}
	}
	if v.saved != nil {
		t.Remembered = v.saved.Institution
	}
	return t
}

// wantsNumbers reports whether the client cannot do without routing and account
// numbers.
func (l *link) wantsNumbers() bool {
	return slices.Contains(l.Products, "auth") || slices.Contains(l.Products, "transfer")
}

// lacks returns the products for which the link asks the user of an Item anew.
func (i *item) lacks(l *link) []string {
	return slices.DeleteFunc(billed(l.Consented), i.consents)
}

// remembered returns the Item that the link's user has linked last, if its bank
// lets somebody be known again. A bank with pages of its own does not.
func (st *state) remembered(l *link, now time.Time) *item {
	if l.User == "" || l.Update != "" {
		return nil
	}
	for _, it := range slices.Backward(st.Items) {
		inst := institutionByID(it.Institution)
		if it.Client != l.User || !it.Removed.IsZero() || it.trouble(now) != nil || inst == nil {
			continue
		}
		if way := inst.way(l); !way.OAuth && way.Health == journey.Healthy && !way.Lacks && slices.Contains(l.Countries, inst.country()) {
			return it
		}
	}
	return nil
}

// clone returns a copy of the item, or nil.
func (i *item) clone() *item {
	if i == nil {
		return nil
	}
	c := i.copy()
	return &c
}

// state returns how far this browser has come.
func (v *visit) state() journey.State {
	if v.session == nil {
		return journey.State{}
	}
	return v.session.State
}

// bank returns the institution that the user is at, or nil.
func (v *visit) bank() *institution {
	if v.update != nil {
		return institutionByID(v.update.Institution)
	}
	return institutionByID(v.state().Institution)
}

// at is what the way depends on where the user is.
func (v *visit) at() journey.Bank { return v.bank().way(&v.link) }

// person returns whose accounts are looked at.
func (v *visit) person() *people.Person {
	switch {
	case v.update != nil:
		return v.update.person()
	case v.session == nil:
		return people.Good()
	}
	return v.session.person()
}

func (s *session) person() *people.Person {
	return (&item{User: s.User, Custom: s.Custom}).person()
}

// deed is an input with what it does to the records.
type deed struct {
	journey.Input
	// bank is the one that is chosen, or nil for the one where the user is.
	bank *institution
	// note writes down what was entered, before the way goes on; it can return
	// another input than nil in the place of the deed's.
	note func(*state, *session) journey.Input
	// chosen are the accounts that are shared at the end.
	chosen []string
	// begins says that it can be the first of a session.
	begins bool
}

// do takes the deed, and sends the browser to where it leads. A deed that does
// not belong to the step leads to the page of the step.
func (v *visit) do(d deed) error {
	end, err := v.take(d)
	switch {
	case err != nil:
		return err
	case end == journey.Linked && v.link.Several:
		return v.to(v.here())
	case end == journey.Left:
		return v.end("/left")
	case end == journey.NotYet || end == journey.Spent:
		return v.to(v.here())
	}
	return v.end("/done")
}

// take does the deed, and takes v to where it leads. If another request has
// finished the link in the meantime, nothing happens.
func (v *visit) take(d deed) (end journey.End, err error) {
	at := v.at()
	if d.bank != nil {
		at = d.bank.way(&v.link)
	}
	err = v.store.change(func(st *state) error {
		l := find(st.Links, func(l *link) bool { return l.ID == v.link.ID })
		if l == nil {
			return errNoPage
		}
		s := l.sessionOf(v.key, v.browser)
		if l.success() != nil || s == nil && !d.begins {
			return nil
		}
		if s == nil {
			s = v.start(l)
		}
		before := *s
		r := s.Next(v.terms(), at, v.now, d.input(st, s))
		if !r.Taken {
			*s = before
			v.session = s.copy()
			return nil
		}
		s.State, end = r.State, r.End
		v.tell(s, r.Events...)
		v.settle(st, l, s, ending{r.End, r.Where, d.chosen})
		v.session = s.copy()
		return nil
	})
	return end, err
}

// input returns what is done, and writes down what was entered.
func (d deed) input(st *state, s *session) journey.Input {
	if d.note != nil {
		if in := d.note(st, s); in != nil {
			return in
		}
	}
	return d.Input
}

// start begins a session.
func (v *visit) start(l *link) *session {
	s := &session{ID: ident.NewUUID(), Browser: browserHash(v.key, v.browser), Started: v.now}
	if v.update != nil {
		s.Institution = v.update.Institution
	}
	l.Sessions = append(l.Sessions, s)
	v.tell(s, journey.Open(v.terms(), v.at())...)
	return s
}

// ending is how a session ends: with the exit status, or the accounts chosen.
type ending struct {
	end    journey.End
	where  string
	chosen []string
}

// settle does what an end asks for.
func (v *visit) settle(st *state, l *link, s *session, e ending) {
	switch e.end {
	case journey.NotYet:
		return
	case journey.Linked:
		s.add(st.newItem(v.now, v.linked(s, e.chosen)))
		if l.Several {
			v.tellAdded(st, l, s)
			return
		}
	case journey.Finished:
	case journey.Entered:
		s.add(st.newItem(v.now, v.entered(s)))
	case journey.Updated:
		v.renew(st.item(l.Update), e.chosen)
	case journey.Left, journey.Spent:
		s.Left, s.Where = true, e.where
		l.Spent = e.end == journey.Spent
	}
	s.Finished = v.now
	v.tellSession(st, l, s)
}

// add notes the public token of another Item.
func (s *session) add(p *public) {
	if s.Public != "" {
		s.Earlier = append(s.Earlier, s.Public)
	}
	s.Public = p.ID
}

// publics returns the ids of the public tokens made, the first one first.
func (s *session) publics() []string {
	if s.Public == "" {
		return nil
	}
	return append(slices.Clone(s.Earlier), s.Public)
}

// linked returns the Item that is made of the chosen accounts.
func (v *visit) linked(s *session, chosen []string) *item {
	if s.Chosen != nil {
		chosen = s.Chosen
	}
	person := s.person()
	// Another tab may have signed in as somebody else since the accounts were shown.
	chosen = slices.DeleteFunc(chosen, func(code string) bool { return person.Account(code) == nil })
	it := v.bare()
	it.Institution, it.Verification = s.Institution, s.Verification
	it.belongTo(person, chosen)
	v.signedIn(it)
	return it
}

// entered returns the Item that is made of an account's numbers. It has no
// institution, and only what numbers are enough for.
func (v *visit) entered(s *session) *item {
	it := v.bare()
	it.Verification, it.Accounts = s.Verification, []string{verify.HandCode}
	enough := func(products []string) []string {
		lacking := it.bank().lacks(products)
		return slices.DeleteFunc(products, func(p string) bool { return slices.Contains(lacking, p) })
	}
	it.Products, it.Consented = enough(it.Products), enough(it.Consented)
	return it
}

// bare returns an Item of nobody, of what the link asks for.
func (v *visit) bare() *item {
	return &item{
		Seed: v.cfg.Seed, Products: billed(slices.Concat(v.link.Products, v.link.Optional)), Consented: billed(v.link.Consented),
		Webhook: v.link.Webhook, Client: v.link.User, Days: v.link.Days,
	}
}

// renew ends an update: the Item is healthy again, and its tokens stay.
func (v *visit) renew(it *item, chosen []string) {
	if it == nil {
		return
	}
	if !it.byHand() {
		v.signedIn(it)
	}
	it.Consented = append(it.Consented, it.lacks(&v.link)...)
	if len(chosen) > 0 {
		it.regrant(chosen)
	}
	it.rename()
}

// tell adds events to a session.
func (v *visit) tell(s *session, events ...journey.Event) {
	for _, e := range events {
		s.Events = append(s.Events, event{ID: ident.NewUUID(), At: v.now, RequestID: v.id, Event: e})
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
	c.Events, c.Earlier = slices.Clone(s.Events), slices.Clone(s.Earlier)
	return &c
}
