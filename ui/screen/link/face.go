package link

import (
	"net"
	"net/url"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/carry"
	"bankbook/core/fault"
	"bankbook/core/link"
)

// Face is which of its pictures the screen shows.
type Face int

// The faces.
const (
	// FaceOptions asks what to get.
	FaceOptions Face = iota
	// FacePreparing waits for the page.
	FacePreparing
	// FaceWaiting waits for the person, who is in the browser.
	FaceWaiting
	// FaceDeciding asks about a bank that is there already.
	FaceDeciding
	// FaceSaving keeps the connection.
	FaceSaving
	// FaceStuck is a step that failed and can be tried again, such as a keychain
	// that refuses.
	FaceStuck
	// FaceSyncing gets the history.
	FaceSyncing
	// FaceDone is the good end.
	FaceDone
	// FaceEnded is any other end.
	FaceEnded
)

// Face returns which picture belongs to the state.
func (s State) Face() Face {
	if !s.HasSession {
		return s.faceBefore()
	}
	switch stage := s.Session.Stage; {
	case stage == link.Done:
		return FaceDone
	case stage.Over():
		return FaceEnded
	case stage == link.Waiting:
		return FaceWaiting
	case s.asks():
		return FaceDeciding
	case stage == link.Syncing:
		return FaceSyncing
	case s.Session.Trouble.Kind != fault.None:
		return FaceStuck
	case stage == link.Preparing:
		return FacePreparing
	}
	return FaceSaving
}

// asks reports whether the session waits for the person's word on twins; before
// it has any, it is still looking for them.
func (s State) asks() bool {
	c, ok := s.Candidate()
	return ok && s.Session.Stage == link.Deciding && len(c.Twins) > 0
}

// faceBefore is the face while there is no session: a repair has no options, so
// it ends there if it could not begin.
func (s State) faceBefore() Face {
	switch {
	case s.Busy:
		return FacePreparing
	case s.Errand.Item != "":
		return FaceEnded
	}
	return FaceOptions
}

// Steps returns the steps of the session and which of them is the current one.
func (s State) Steps() (labels []string, current int) {
	if s.updates() {
		return updateSteps(s.Face())
	}
	labels = []string{"Options", "In your browser", "Check accounts", "First sync"}
	switch s.Face() {
	case FaceOptions:
		return labels, 0
	case FaceDeciding, FaceSaving:
		return labels, 2
	case FaceSyncing:
		return labels, 3
	case FaceDone:
		return labels, 4
	case FaceStuck:
		if s.Session.Stage == link.Preparing {
			return labels, 1
		}
		return labels, 2
	}
	return labels, 1
}

func updateSteps(f Face) (labels []string, current int) {
	labels = []string{"In your browser", "Sync"}
	switch f {
	case FaceSyncing:
		return labels, 1
	case FaceDone:
		return labels, 2
	}
	return labels, 0
}

// errand returns what the session does with a bank that is there, zero for a new
// bank. It is a repair after somebody chose that instead of a second connection.
func (s State) errand() Errand {
	switch {
	case s.Session.Purpose.Updates():
		return Errand{s.Session.Purpose, s.Session.Repairs, s.Session.Account}
	case s.Session.Repairs != "" && s.Session.Next >= len(s.Session.Found):
		return Errand{Purpose: link.Repair, Item: s.Session.Repairs}
	}
	return s.Errand
}

// updates reports whether the session is about a bank that is there.
func (s State) updates() bool { return s.errand().Purpose != "" }

// Left returns how long the page can still be used.
func (m *Model) Left() time.Duration { return m.state.Session.Expires.Sub(m.deps.Now()) }

// Phone reports whether a telephone could open the page: not if it is served by
// this very computer.
func (s State) Phone() bool {
	u, err := url.Parse(s.Session.URL)
	if err != nil || u.Host == "" {
		return false
	}
	host := u.Hostname()
	if ip := net.ParseIP(host); ip != nil {
		return !ip.IsLoopback() && !ip.IsUnspecified()
	}
	return host != "localhost"
}

// Candidate returns the Item that the person is asked about or that is being
// saved; ok is false if there is none.
func (s State) Candidate() (c link.Candidate, ok bool) {
	if s.Session.Next >= len(s.Session.Found) {
		return link.Candidate{}, false
	}
	return s.Session.Found[s.Session.Next], true
}

// Twin returns the account in the vault that looks like a, if there is one.
func (s State) Twin(c link.Candidate, a bank.LinkAccount) (core.Account, bool) {
	for _, id := range c.Twins {
		for _, have := range s.Known.Accounts {
			if have.ID == id && have.Name == a.Name && have.Mask == a.Mask {
				return have, true
			}
		}
	}
	return core.Account{}, false
}

// Twins returns all accounts in the vault that look like the candidate's.
func (s State) Twins(c link.Candidate) []core.Account {
	var list []core.Account
	for _, id := range c.Twins {
		for _, have := range s.Known.Accounts {
			if have.ID == id {
				list = append(list, have)
			}
		}
	}
	return list
}

// Item returns the item that the session works on, or "".
func (m *Model) Item() core.ItemID {
	s := m.state.Session
	if e := m.state.errand(); e.Item != "" || len(s.Items) == 0 {
		return e.Item
	}
	return s.Items[len(s.Items)-1]
}

// Bank returns the item that the session works on, if the vault has it.
func (m *Model) Bank() (core.Item, bool) {
	id := m.Item()
	for _, i := range m.state.Known.Items {
		if i.ID == id {
			return i, true
		}
	}
	return core.Item{}, false
}

// CameBack reports whether the bank knows accounts by other ids since the visit to its
// page, and the earlier ones are still there.
func (m *Model) CameBack() bool {
	return m.state.Session.Stage == link.Done && slices.ContainsFunc(m.state.Session.Moved, func(move link.Move) bool {
		return slices.ContainsFunc(m.state.Known.Accounts, func(a core.Account) bool { return a.ID == move.Old })
	})
}

// EarlierBank returns a bank whose history may go on in the one that has just been
// linked: of the same institution and profile, over, and with an account that is among
// those of the new one; or the bank itself, if its accounts came back as others.
func (m *Model) EarlierBank() (core.Item, bool) {
	bank, ok := m.Bank()
	if ok && m.CameBack() {
		return bank, true
	}
	if !ok || m.state.Session.Stage != link.Done || m.state.updates() || bank.Institution.ID == "" {
		return core.Item{}, false
	}
	for _, i := range m.state.Known.Items {
		over := i.Manual() || i.Status == core.Gone
		same := i.ID != bank.ID && i.Profile == bank.Profile && i.Institution.ID == bank.Institution.ID
		if over && same && len(carry.Suggest(m.accountsOf(i.ID), m.accountsOf(bank.ID))) > 0 {
			return i, true
		}
	}
	return core.Item{}, false
}

func (m *Model) accountsOf(id core.ItemID) []core.Account {
	return slices.DeleteFunc(slices.Clone(m.state.Known.Accounts), func(a core.Account) bool { return a.Item != id })
}

// Continue lets an earlier bank go on in the one that has just been linked.
func (m *Model) Continue() {
	if bank, ok := m.Bank(); ok {
		m.deps.Navigate.Continue(bank)
	}
}

// BankAccounts returns the accounts of the item that the session works on, or of all
// that it has made.
func (m *Model) BankAccounts() []core.Account {
	var list []core.Account
	for _, a := range m.state.Known.Accounts {
		if m.worksOn(a.Item) {
			list = append(list, a)
		}
	}
	return list
}

// worksOn reports whether the session works on an item.
func (m *Model) worksOn(id core.ItemID) bool {
	mine := m.state.errand().Item == "" && slices.Contains(m.state.Session.Items, id)
	return id != "" && (mine || id == m.Item())
}
