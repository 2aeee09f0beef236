package cli

import (
	"time"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/fault"
	"bankbook/core/money"
)

// The records below are what --json prints. Fields are only ever added.

// amountRecord is money for machines: both the decimal text and the integer.
type amountRecord struct {
	Amount   string `json:"amount"`
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
}

func amountOf(a money.Amount) amountRecord {
	return amountRecord{Amount: a.Decimal(), Minor: a.Minor, Currency: string(a.Currency)}
}

func optionalOf(o money.Optional) *amountRecord {
	if !o.Known {
		return nil
	}
	a := amountOf(o.Amount)
	return &a
}

type bankRecord struct {
	ItemID        core.ItemID        `json:"item_id"`
	ProfileID     core.ProfileID     `json:"profile_id"`
	Institution   string             `json:"institution"`
	InstitutionID core.InstitutionID `json:"institution_id,omitempty"`
	Status        core.ItemStatus    `json:"status"`
	Phase         core.SyncPhase     `json:"phase"`
	Accounts      int                `json:"accounts"`
	LinkedAt      time.Time          `json:"linked_at"`
	LastSuccess   *time.Time         `json:"last_success,omitempty"`
	LastTry       *time.Time         `json:"last_try,omitempty"`
	Trouble       string             `json:"trouble,omitempty"`
}

func bankOf(i core.Item, accounts int) bankRecord {
	return bankRecord{
		ItemID: i.ID, ProfileID: i.Profile, Institution: i.Institution.Name, InstitutionID: i.Institution.ID, Status: i.Status,
		Phase: i.Sync.Phase, Accounts: accounts, LinkedAt: i.LinkedAt,
		LastSuccess: instant(i.Sync.LastSuccess), LastTry: instant(i.Sync.LastTry), Trouble: string(i.Sync.Trouble.Kind),
	}
}

func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

type accountRecord struct {
	AccountID    core.AccountID   `json:"account_id"`
	ItemID       core.ItemID      `json:"item_id"`
	Name         string           `json:"name"`
	OfficialName string           `json:"official_name,omitempty"`
	Mask         string           `json:"mask,omitempty"`
	Type         core.AccountType `json:"type"`
	Subtype      string           `json:"subtype,omitempty"`
	Current      *amountRecord    `json:"current"`
	Available    *amountRecord    `json:"available"`
	Limit        *amountRecord    `json:"limit"`
	BalanceAt    *time.Time       `json:"balance_at,omitempty"`
	NumberLast4  string           `json:"number_last4,omitempty"`

	Nickname           string              `json:"nickname,omitempty"`
	ProfileID          core.ProfileID      `json:"profile_id"`
	Connection         core.ConnectionType `json:"connection"`
	Status             string              `json:"status"`
	Hidden             bool                `json:"hidden,omitempty"`
	Unshared           bool                `json:"unshared,omitempty"`
	PrimaryDeposits    bool                `json:"primary_deposits,omitempty"`
	PrimaryWithdrawals bool                `json:"primary_withdrawals,omitempty"`
	ACHStatus          core.Verification   `json:"ach_status,omitempty"`
}

func accountOf(r accounts.Row) accountRecord {
	a := r.Account
	return accountRecord{
		AccountID: a.ID, ItemID: a.Item, Name: a.Name, OfficialName: a.OfficialName, Mask: a.Mask, Type: a.Type, Subtype: a.Subtype,
		Current: optionalOf(a.Balance.Current), Available: optionalOf(a.Balance.Available), Limit: optionalOf(a.Balance.Limit),
		BalanceAt: instant(a.Balance.At), NumberLast4: a.ACH.NumberLast4,
		Nickname: a.Choices.Nickname, ProfileID: r.Owner(), Connection: connectionOf(r), Status: statusOf(a),
		Hidden: a.Choices.Hidden, Unshared: a.Unshared,
		PrimaryDeposits: a.Choices.Primary.Deposits, PrimaryWithdrawals: a.Choices.Primary.Withdrawals, ACHStatus: a.ACH.Status,
	}
}

func connectionOf(r accounts.Row) core.ConnectionType {
	if r.Of.Manual() {
		return core.ByHand
	}
	return core.ByPlaid
}

// statusOf has a word for open accounts, too.
func statusOf(a core.Account) string {
	if a.Choices.Status == core.Open {
		return "open"
	}
	return string(a.Choices.Status)
}

type transactionRecord struct {
	TransactionID core.TransactionID `json:"transaction_id"`
	AccountID     core.AccountID     `json:"account_id"`
	Date          string             `json:"date"`
	Authorized    string             `json:"authorized_date,omitempty"`
	amountRecord
	Name         string             `json:"name"`
	Merchant     string             `json:"merchant,omitempty"`
	Original     string             `json:"original_description,omitempty"`
	Category     string             `json:"category,omitempty"`
	Detailed     string             `json:"category_detailed,omitempty"`
	Counterparty string             `json:"counterparty,omitempty"`
	Channel      string             `json:"channel,omitempty"`
	Pending      bool               `json:"pending"`
	PendingID    core.TransactionID `json:"pending_transaction_id,omitempty"`
}

func transactionOf(t core.Transaction) transactionRecord {
	return transactionRecord{
		TransactionID: t.ID, AccountID: t.Account, Date: t.Date.String(), Authorized: t.Authorized.String(), amountRecord: amountOf(t.Amount),
		Name: t.Name, Merchant: t.Merchant, Original: t.Original, Category: t.Category.Primary, Detailed: t.Category.Detailed,
		Counterparty: t.Counterparty, Channel: t.Channel, Pending: t.Pending, PendingID: t.PendingID,
	}
}

// summaryRecord sums the transactions of one currency; nothing is ever summed
// across currencies.
type summaryRecord struct {
	Currency string       `json:"currency"`
	Count    int          `json:"count"`
	Debits   amountRecord `json:"debits"`
	Credits  amountRecord `json:"credits"`
	Net      amountRecord `json:"net"`
}

// groupRecord is the transactions that have something in common.
type groupRecord struct {
	Key   string          `json:"key"`
	Label string          `json:"label"`
	Count int             `json:"count"`
	Sums  []summaryRecord `json:"sums"`
}

type syncRecord struct {
	ItemID      core.ItemID `json:"item_id"`
	Institution string      `json:"institution"`
	Rows        int         `json:"rows"`
	Error       string      `json:"error,omitempty"`
	Code        string      `json:"code,omitempty"`
	RequestID   string      `json:"request_id,omitempty"`
}

type linkRecord struct {
	LinkID core.LinkID   `json:"link_id"`
	Stage  string        `json:"stage"`
	Items  []core.ItemID `json:"item_ids,omitempty"`
	// Purpose is what was done with a bank that is there, "" for a new one.
	Purpose string `json:"purpose,omitempty"`
	// Moved are accounts that came back under another id.
	Moved []movedRecord `json:"moved,omitempty"`
}

type movedRecord struct {
	Old core.AccountID `json:"old_account_id"`
	New core.AccountID `json:"new_account_id"`
}

type protectionRecord struct {
	Protector   core.Protector `json:"protector"`
	RecoveryKey bool           `json:"recovery_key"`
	// LockAfterSeconds is 0 for never.
	LockAfterSeconds int `json:"lock_after_seconds"`
}

type recoveryKeyRecord struct {
	RecoveryKey string `json:"recovery_key"`
}

// errorRecord is the one record that goes to standard error. Kind is a
// fault.Kind, Code the provider's own.
type errorRecord struct {
	Kind      fault.Kind `json:"kind"`
	ExitCode  int        `json:"exit_code"`
	Message   string     `json:"message"`
	Hint      string     `json:"hint,omitempty"`
	Code      string     `json:"code,omitempty"`
	RequestID string     `json:"request_id,omitempty"`
}

type versionRecord struct {
	Version string `json:"version"`
	Commit  string `json:"commit,omitempty"`
	Go      string `json:"go"`
}
