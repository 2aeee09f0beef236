package say

import (
	"strings"
	"time"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/fault"
)

// What entries of the log are about that has no name of its own.
const (
	SubjectPassphraseOn    = "Passphrase in place of the keychain"
	SubjectKeychainOn      = "Keychain in place of the passphrase"
	SubjectNewPassphrase   = "New passphrase"
	SubjectResetPassphrase = "New passphrase, by recovery key"
	SubjectNewRecoveryKey  = "New recovery key"
	SubjectNoRecoveryKey   = "Recovery key removed"
	SubjectByPassphrase    = "With passphrase"
	SubjectByRecoveryKey   = "With recovery key"
	SubjectTransactionsCSV = "Transactions, CSV"
	SubjectActivityCSV     = "Activity, CSV"
	SubjectActivityJSON    = "Activity, JSON"
)

// Did returns what an action is called once it is done: "Linked bank".
func Did(a core.Action) string {
	for _, table := range []map[core.Action]string{bankDeeds(), accountDeeds(), programDeeds()} {
		if words, ok := table[a]; ok {
			return words
		}
	}
	return Sentence(string(a)) // of a newer Bankbook
}

func bankDeeds() map[core.Action]string {
	return map[core.Action]string{
		core.LinkedBank:      "Linked bank",
		core.ReconnectedBank: "Reconnected bank",
		core.ChangedAccounts: "Changed shared accounts",
		core.AddedProducts:   "Added products",
		core.CheckedBank:     "Checked bank",
		core.SyncedBank:      "Synced bank",
		core.RemovingBank:    "Began to remove bank",
		core.KeptBank:        "Kept bank after all",
		core.RemovedBank:     "Removed bank",
		core.RotatedToken:    "Renewed bank access",
		core.ContinuedBank:   "Continued earlier bank",
		core.UndidContinue:   "Undid continuing",
	}
}

func accountDeeds() map[core.Action]string {
	return map[core.Action]string{
		core.AddedAccount:    "Added account",
		core.ChangedAccount:  "Changed account",
		core.MadePrimary:     "Made account primary",
		core.StoppedAccount:  "Stopped account’s feed",
		core.ReopenedAccount: "Reopened account",
		core.ClosedAccount:   "Closed account",
		core.RemovedAccount:  "Removed account",
		core.ReadBalance:     "Read live balance",
		core.AddedNumbers:    "Added account numbers",
		core.ChangedNumbers:  "Changed account numbers",
		core.VerifiedNumbers: "Verified account numbers",
		core.RevealedNumbers: "Revealed account number",
		core.CopiedNumbers:   "Copied account number",
		core.RemovedNumbers:  "Removed account numbers",
	}
}

func programDeeds() map[core.Action]string {
	return map[core.Action]string{
		core.AddedProfile:     "Added profile",
		core.ChangedProfile:   "Changed profile",
		core.ArchivedProfile:  "Archived profile",
		core.RestoredProfile:  "Restored profile",
		core.RemovedProfile:   "Removed profile",
		core.SavedKeys:        "Saved Plaid keys",
		core.TestedKeys:       "Tested Plaid keys",
		core.RemovedKeys:      "Removed Plaid keys",
		core.ExportedRows:     "Exported data",
		core.CheckedVault:     "Checked data file",
		core.BackedUp:         "Backed up data",
		core.Restored:         "Restored backup",
		core.ChangedProtector: "Changed protection",
		core.RotatedVault:     "Renewed vault keys",
		core.Unlocked:         "Unlocked Bankbook",
		core.RefusedKey:       "Wrong passphrase",
	}
}

// DidWhat returns what an entry of the log is about, with its counts: "First
// Platypus Bank, 6 new transactions".
func DidWhat(a core.Activity) string {
	return join(a.Subject, didCount(a))
}

// join puts a count behind a name, as far as there are both.
func join(name, count string) string {
	switch {
	case name == "" && count == "":
		return NoValue
	case name == "":
		return Sentence(count)
	case count == "":
		return name
	}
	return name + ", " + count
}

func didCount(a core.Activity) string {
	switch a.Action {
	case core.SyncedBank:
		return synced(a)
	case core.BackedUp:
		if a.N > 0 {
			return FileSize(int64(a.N))
		}
		return ""
	case core.RefusedKey:
		return times(a.N)
	case core.ExportedRows:
		if isDone(a) {
			return Count(a.N, Row)
		}
		return ""
	}
	if a.N == 0 {
		return ""
	}
	return Count(a.N, Account)
}

// synced counts what a sync changed. One that failed says nothing of news.
func synced(a core.Activity) string {
	var parts []string
	part := func(n int, what string) {
		if n > 0 {
			parts = append(parts, Number(n)+" "+what)
		}
	}
	if a.Count.Added > 0 {
		parts = append(parts, Number(a.Count.Added)+" new "+Transaction.For(a.Count.Added))
	}
	part(a.Count.Modified, "changed")
	part(a.Count.Removed, "removed")
	if len(parts) == 0 && isDone(a) {
		return "nothing new"
	}
	return strings.Join(parts, ", ")
}

func times(n int) string {
	if n < 2 {
		return "once"
	}
	return Number(n) + " times"
}

// isDone reports whether what an entry tells of was done.
func isDone(a core.Activity) bool { return activity.OutcomeOf(a) == activity.Done }

// Outcome returns how what an entry tells of ended, in a word or two.
func Outcome(a core.Activity) State {
	o := activity.OutcomeOf(a)
	if o != activity.Failed {
		return State{OutcomeName(o), outcomeTone(o)}
	}
	switch a.Trouble.Kind {
	case fault.SignIn:
		return State{"Sign-in needed", Bad}
	case fault.Consent:
		return State{"Permission needed", Bad}
	case fault.Gone:
		return State{"Connection ended", Bad}
	}
	if words := troubleWord(a.Trouble.Kind); words != lastSyncFailed {
		return State{words, Bad}
	}
	return State{OutcomeName(o), Bad}
}

// OutcomeName returns the name of an outcome, "" of any.
func OutcomeName(o activity.Outcome) string {
	switch o {
	case activity.Done:
		return "Done"
	case activity.Failed:
		return "Failed"
	case activity.Refused:
		return "Refused"
	case activity.Stopped:
		return "Stopped"
	case activity.Interrupted:
		return "Interrupted"
	}
	return "Any outcome"
}

func outcomeTone(o activity.Outcome) Tone {
	switch o {
	case activity.Done:
		return Good
	case activity.Refused, activity.Interrupted:
		return Warning
	}
	return Neutral
}

// ActivityWords are what the log is searched by: all that an entry says.
func ActivityWords(a core.Activity) string {
	return Did(a.Action) + "\n" + DidWhat(a) + "\n" + Outcome(a).Text
}

// DayHead returns a day as the head of what happened then: "Today, Nov 18",
// "Yesterday, Nov 17", "Nov 16".
func DayHead(d, today core.Date) string {
	switch d {
	case today:
		return "Today, " + Day(d, today)
	case today.AddDays(-1):
		return "Yesterday, " + Day(d, today)
	}
	return Day(d, today)
}

// ActivityAt returns when something was done, whole: "Nov 18, 2026, 9:41 AM".
func ActivityAt(t time.Time) string {
	return FullDay(core.DateOf(t)) + ", " + TimeOfDay(t)
}

// NoActivity stands for a log, or a part of it, without entries.
const NoActivity = "No activity."

// ActivityLost tells that the log has gaps from now on.
func ActivityLost(err error) Message {
	m := Fault(err)
	return Message{
		Title:    "The activity log has a gap",
		Sentence: "What you did was done, but it could not be written into the activity log.",
		Hint:     m.Sentence,
	}
}
