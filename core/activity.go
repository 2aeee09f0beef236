package core

import "time"

// Activity is one entry of the log of what was done: by the person, or by Bankbook
// on its own. It never holds a secret, nor any text of a bank's but the names of
// banks and accounts.
type Activity struct {
	// Seq is the entry's number; later entries have higher ones. The log gives it.
	Seq uint64
	At  time.Time
	// Profile is the one that the entry belongs to; "" is none in particular.
	Profile ProfileID `json:",omitzero"`
	Action  Action
	// Item and Account are what it was done to, "" where that is neither.
	Item    ItemID    `json:",omitzero"`
	Account AccountID `json:",omitzero"`
	// Subject is the name that it had then, such as "Checking ••0000".
	Subject string `json:",omitzero"`
	// Count is what a sync changed.
	Count SyncCount `json:",omitzero"`
	// N counts what Action is about: accounts linked, rows exported.
	N int `json:",omitzero"`
	// Trouble is how it failed; its Kind is fault.None if it was done.
	Trouble Trouble `json:",omitzero"`
	// RequestID identifies the last request to Plaid's support, or "".
	RequestID string `json:",omitzero"`
	// Auto says that Bankbook did it on its own.
	Auto bool `json:",omitzero"`
}

// Action is what was done.
type Action string

// The actions.
const (
	LinkedBank      Action = "bank.linked"
	ReconnectedBank Action = "bank.reconnected"
	ChangedAccounts Action = "bank.accounts_changed"
	AddedProducts   Action = "bank.products_added"
	CheckedBank     Action = "bank.checked"
	SyncedBank      Action = "bank.synced"
	RemovingBank    Action = "bank.removing"
	KeptBank        Action = "bank.removal_undone"
	RemovedBank     Action = "bank.removed"
	RotatedToken    Action = "bank.token_rotated"
	ContinuedBank   Action = "bank.continued"
	UndidContinue   Action = "bank.continued_undone"

	AddedAccount    Action = "account.added"
	ChangedAccount  Action = "account.changed"
	MadePrimary     Action = "account.primary"
	StoppedAccount  Action = "account.stopped"
	ReopenedAccount Action = "account.reopened"
	ClosedAccount   Action = "account.closed"
	RemovedAccount  Action = "account.removed"
	ReadBalance     Action = "account.balance"

	AddedNumbers    Action = "ach.added"
	ChangedNumbers  Action = "ach.changed"
	VerifiedNumbers Action = "ach.verified"
	RevealedNumbers Action = "ach.revealed"
	CopiedNumbers   Action = "ach.copied"
	RemovedNumbers  Action = "ach.removed"

	AddedProfile    Action = "profile.added"
	ChangedProfile  Action = "profile.changed"
	ArchivedProfile Action = "profile.archived"
	RestoredProfile Action = "profile.restored"
	RemovedProfile  Action = "profile.removed"

	SavedKeys   Action = "keys.saved"
	TestedKeys  Action = "keys.tested"
	RemovedKeys Action = "keys.removed"

	ExportedRows     Action = "data.exported"
	CheckedVault     Action = "data.checked"
	BackedUp         Action = "data.backed_up"
	Restored         Action = "data.restored"
	ChangedProtector Action = "data.protector"
	RotatedVault     Action = "data.resealed"
	Unlocked         Action = "program.unlocked"
	RefusedKey       Action = "program.refused"
)

// Actions lists every action, so that a test can see that each has its words.
func Actions() []Action {
	return []Action{
		LinkedBank, ReconnectedBank, ChangedAccounts, AddedProducts, CheckedBank, SyncedBank, RemovingBank, KeptBank,
		RemovedBank, RotatedToken, ContinuedBank, UndidContinue,
		AddedAccount, ChangedAccount, MadePrimary, StoppedAccount, ReopenedAccount, ClosedAccount, RemovedAccount, ReadBalance,
		AddedNumbers, ChangedNumbers, VerifiedNumbers, RevealedNumbers, CopiedNumbers, RemovedNumbers,
		AddedProfile, ChangedProfile, ArchivedProfile, RestoredProfile, RemovedProfile,
		SavedKeys, TestedKeys, RemovedKeys,
		ExportedRows, CheckedVault, BackedUp, Restored, ChangedProtector, RotatedVault, Unlocked, RefusedKey,
	}
}
