package boot

import (
	"context"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/storage/vault"
	"bankbook/ui/say"
)

// newRecorder returns what writes the activity log of a vault.
func (p *Program) newRecorder(v *vault.Vault, events *event.Bus) *activity.Recorder {
	return activity.New(activity.Deps{
		Log: v, Events: events, Clock: p.config.Clock,
		Failed: func(err error) { p.log.Error("the activity log has a gap", "error", err) },
	})
}

// did writes what has been done, or failed as *err says, into the activity log. It
// is deferred, with what the entry is about as it was before.
func (s *Services) did(ctx context.Context, entry core.Activity, err *error) {
	s.Activity.Did(ctx, entry, *err)
}

// doing is did for a deed that must not be lost from the log if the program is killed:
// it notes that it begins, and what it returns is deferred.
func (s *Services) doing(ctx context.Context, entry core.Activity) (did func(err *error)) {
	ended := s.Activity.Begin(entry)
	return func(err *error) {
		s.Activity.Did(ctx, entry, *err)
		ended()
	}
}

// aboutBank is the beginning of an entry about a bank: all that is kept of it.
func aboutBank(a core.Action, item core.Item) core.Activity {
	return core.Activity{Action: a, Item: item.ID, Profile: item.Profile, Subject: say.BankName(item.Institution)}
}

// aboutBankNow is aboutBank for one that is in the vault, as far as it can be read.
func (s *Services) aboutBankNow(a core.Action, id core.ItemID) core.Activity {
	item, err := s.Vault.Item(id)
	if err != nil {
		return core.Activity{Action: a, Item: id}
	}
	return aboutBank(a, item)
}

// journal writes into the activity log what events tell of.
func (s *Services) journal(e event.Event) {
	switch e := e.(type) {
	case event.SyncEnded:
		s.journalSync(e)
	case event.LinkChanged:
		if session, err := s.Links.Session(e.Session); err == nil && session.Stage.Over() {
			s.journalLink(session)
		}
	}
}

// journalSync writes what a sync came to. One of a bank that is gone meanwhile is
// about nothing.
func (s *Services) journalSync(e event.SyncEnded) {
	item, err := s.Vault.Item(e.Item)
	if fault.Is(err, fault.NotFound) {
		return
	}
	entry := aboutBank(core.SyncedBank, item)
	entry.Item, entry.Count, entry.RequestID, entry.Auto = e.Item, e.Count, e.RequestID, e.Unasked
	s.Activity.Did(context.Background(), entry, e.Err)
}

// journalLink writes what a link session came to.
func (s *Services) journalLink(session link.Session) {
	for _, entry := range s.linkEntries(session) {
		s.Activity.Add(entry)
	}
}

// journalMissed writes what sessions came to at the end of which the program was
// killed, before that was written.
func (s *Services) journalMissed() error {
	sessions, err := s.Vault.Sessions()
	if err != nil {
		return err
	}
	for _, session := range sessions {
		if !session.Stage.Over() {
			continue
		}
		for _, entry := range s.linkEntries(session) {
			entry.At = session.Updated
			told, err := activity.Tells(s.Vault, entry, session.Created)
			if err != nil {
				return err
			}
			if !told {
				s.Activity.Add(entry)
			}
		}
	}
	return nil
}

// linkEntries are what is written of a session: an entry for each bank, and one for
// what failed. That somebody left the page, or let it expire, is no news.
func (s *Services) linkEntries(session link.Session) (entries []core.Activity) {
	action := linkAction(session.Purpose)
	banks := session.Items
	if session.Purpose.Updates() && session.Stage == link.Done {
		banks = []core.ItemID{session.Repairs}
	}
	for _, id := range banks {
		entry := s.aboutBankNow(action, id)
		entry.RequestID = session.RequestID
		if session.Purpose != link.Repair && session.Purpose != link.Verify {
			accounts, err := s.Vault.AccountsOf(id)
			if err == nil {
				entry.N = len(accounts)
			}
		}
		entries = append(entries, entry)
	}
	if why := linkTrouble(session); why.Kind != fault.None {
		entry := s.aboutLink(action, session)
		entry.Trouble, entry.RequestID = why, why.RequestID
		if entry.RequestID == "" {
			entry.RequestID = session.RequestID
		}
		entries = append(entries, entry)
	}
	return entries
}

// aboutLink is the beginning of an entry about a session that made no bank.
func (s *Services) aboutLink(a core.Action, session link.Session) core.Activity {
	if session.Repairs != "" {
		return s.aboutBankNow(a, session.Repairs)
	}
	entry := core.Activity{Action: a, Profile: session.Options.Profile, Subject: session.Exit.Institution.Name}
	for _, c := range session.Found {
		if c.Trouble.Kind != fault.None && c.Institution.Name != "" {
			entry.Subject = c.Institution.Name
		}
	}
	return entry
}

func linkAction(p link.Purpose) core.Action {
	switch p {
	case link.Repair:
		return core.ReconnectedBank
	case link.Accounts:
		return core.ChangedAccounts
	case link.Products:
		return core.AddedProducts
	case link.Verify:
		return core.VerifiedNumbers
	}
	return core.LinkedBank
}

// linkTrouble returns why a session failed: its own trouble, or what the person met
// on the page before they left it. What is wrong with the bank once it is linked is
// the affair of its syncs.
func linkTrouble(session link.Session) core.Trouble {
	switch {
	case session.Stage == link.Failed:
		return session.Trouble
	case session.Stage == link.Exited && session.Exit.Code != "":
		return core.Trouble{Kind: exitKind(session.Exit.Code), Code: session.Exit.Code, RequestID: session.Exit.RequestID}
	}
	for _, c := range session.Found {
		if c.Trouble.Kind != fault.None {
			return c.Trouble
		}
	}
	return core.Trouble{}
}

// journalRemoval writes that a bank was removed, or could not be. A try in the
// background that fails like the one before is no news.
func (s *Services) journalRemoval(ctx context.Context, item core.Item, err error) {
	if err == nil || core.TroubleOf(err).Kind != item.Leaving.Trouble.Kind {
		s.Activity.Did(ctx, aboutBank(core.RemovedBank, item), err)
	}
}

// exitKind sorts the code of an error on the page: the bank was out of order, or
// did not take what was entered.
func exitKind(code string) fault.Kind {
	switch code {
	case "INSTITUTION_DOWN", "INSTITUTION_NOT_RESPONDING", "INSTITUTION_NOT_AVAILABLE", "INTERNAL_SERVER_ERROR":
		return fault.BankDown
	case "INSTITUTION_NOT_FOUND", "INSTITUTION_NOT_SUPPORTED", "ITEM_NOT_SUPPORTED", "MFA_NOT_SUPPORTED":
		return fault.Unsupported
	}
	return fault.SignIn
}

// journalOpened writes what a program that was killed had begun, and what led to an
// open vault: the keys that did not fit, and the one that did. The keychain opens by
// itself, which is no news.
func (s *Services) journalOpened() {
	if err := s.Activity.Resume(); err != nil {
		s.program.log.Error("the activity log has a gap", "error", err)
	}
	if n, last := s.program.takeRefused(s.dir); n > 0 {
		s.Activity.Add(core.Activity{Action: core.RefusedKey, N: n, At: last})
	}
	switch {
	case s.recovered:
		s.Activity.Add(core.Activity{Action: core.Unlocked, Subject: say.SubjectByRecoveryKey})
	case s.Vault.Info().Protector == core.ByPassphrase:
		s.Activity.Add(core.Activity{Action: core.Unlocked, Subject: say.SubjectByPassphrase})
	}
}
