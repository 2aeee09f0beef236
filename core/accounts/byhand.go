package accounts

import (
	"crypto/rand"
	"strings"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/input"
	"bankbook/core/money"
	"bankbook/core/scope"
)

// Kind is a sort of account that can be kept by hand.
type Kind string

// The kinds.
const (
	CheckingKind   Kind = "checking"
	SavingsKind    Kind = "savings"
	CreditKind     Kind = "credit"
	LoanKind       Kind = "loan"
	InvestmentKind Kind = "investment"
	CashKind       Kind = "cash"
)

// Kinds lists the kinds in the order in which they are offered.
func Kinds() []Kind {
	return []Kind{CheckingKind, SavingsKind, CreditKind, LoanKind, InvestmentKind, CashKind}
}

// plaid returns Plaid's type and subtype for a kind, "" for one that there is not.
func (k Kind) plaid() (core.AccountType, string) {
	switch k {
	case CheckingKind, SavingsKind:
		return core.Depository, string(k)
	case CreditKind:
		return core.Credit, "credit card"
	case LoanKind:
		return core.Loan, "loan"
	case InvestmentKind:
		return core.Investment, "brokerage"
	case CashKind:
		return "other", "cash"
	}
	return "", ""
}

// NewAccount describes an account that is to be kept by hand.
type NewAccount struct {
	// Bank is the name of the bank, Name that of the account.
	Bank, Name string
	Kind       Kind
	// Mask is the end of the account number, at most four digits, or "".
	Mask string
	// Owner is the profile; "" is the view's.
	Owner core.ProfileID
	// Opening is the balance, if it is known. For credit and loan accounts a
	// positive one is a debt.
	Opening money.Optional
}

// Check returns the account with its texts tidied, or tells which fields cannot be
// used.
func (n NewAccount) Check(view scope.View) (NewAccount, error) {
	var form input.Form
	n.Bank = form.Required(Bank, n.Bank, MaxName)
	n.Name = form.Required(Name, n.Name, MaxName)
	if kind, _ := n.Kind.plaid(); kind == "" {
		form.Refuse(Type, input.Unknown)
	}
	form.Refuse(Mask, maskFlaw(n.Mask))
	owner, err := view.Target(n.Owner)
	switch {
	case err == nil:
		n.Owner = owner.ID
	case n.Owner == "" && fault.Is(err, fault.Invalid):
		form.Refuse(Owner, input.Missing)
	case fault.Is(err, fault.Invalid):
		form.Refuse(Owner, input.NotAllowed)
	case fault.Is(err, fault.NotFound):
		form.Refuse(Owner, input.Unknown)
	default:
		return n, err
	}
	return n, form.Err("accounts: new account")
}

func maskFlaw(mask string) input.Flaw {
	switch {
	case strings.Trim(mask, "0123456789") != "":
		return input.NotDigits
	case len(mask) > 4:
		return input.TooLong
	}
	return ""
}

// ParseBalance reads an amount as a person types it, with or without separators and
// sign of the currency; an empty text is none. What is no amount is a fault at the
// field Opening.
func ParseBalance(text string, c money.Currency) (money.Optional, error) {
	text = strings.NewReplacer(",", "", " ", "", "$", "", "–", "-", "−", "-").Replace(strings.TrimSpace(text))
	if text == "" {
		return money.Optional{}, nil
	}
	amount, err := money.Parse(text, c)
	if err != nil {
		return money.Optional{}, input.Refused("accounts: balance", Opening, input.NotAmount)
	}
	return money.Known(amount), nil
}

// AddByHand adds an account that the person keeps themselves. The accounts of a
// profile at one bank are of one Item, which is made with the first.
func (s *Service) AddByHand(view scope.View, n NewAccount) (Row, error) {
	n, err := n.Check(view)
	if err != nil {
		return Row{}, err
	}
	s.adding.Lock()
	defer s.adding.Unlock()
	item, err := s.manualItem(view, n)
	if err != nil {
		return Row{}, err
	}
	now := s.deps.Clock.Now()
	a := core.Account{ID: core.AccountID("manual-" + rand.Text()), Item: item.ID, Name: n.Name, Mask: n.Mask}
	a.Type, a.Subtype = n.Kind.plaid()
	if n.Opening.Known {
		a.Balance = core.Balance{Current: n.Opening, At: now}
	}
	r := Row{a, item}
	defer s.begin(core.AddedAccount, r)()
	if err := s.deps.Repo.AddAccount(item, a); err != nil {
		return Row{}, err
	}
	s.record(core.AddedAccount, r, nil)
	s.deps.Events.Publish(event.ItemChanged{Item: item.ID})
	s.tell(item.ID)
	return r, nil
}

// manualItem returns the Item for a new account: the one of its owner at that bank,
// or a new one, which is not kept yet.
func (s *Service) manualItem(view scope.View, n NewAccount) (core.Item, error) {
	items, err := view.Items()
	if err != nil {
		return core.Item{}, err
	}
	for _, i := range items {
		if i.Manual() && i.Leaving.IsZero() && i.Profile == n.Owner && i.Institution.ID == "" && sameName(i.Institution.Name, n.Bank) {
			return i, nil
		}
	}
	return core.Item{
		ID: core.ItemID("manual-" + rand.Text()), Profile: n.Owner, Connection: core.ByHand,
		Institution: core.Institution{Name: n.Bank}, LinkedAt: s.deps.Clock.Now(), Status: core.Connected,
		Sync: core.SyncState{Phase: core.HistoryDone},
	}, nil
}

// SetBalance keeps what an account holds that the person keeps themselves; any other
// is Shared. The sign is that of core.Balance.
func (s *Service) SetBalance(view scope.View, id core.AccountID, b money.Amount) (Row, error) {
	now := s.deps.Clock.Now()
	return s.change(view, id, core.ChangedAccount, func(a *core.Account, _ []core.Account, whose owners) error {
		item := whose[a.Item]
		switch {
		case !item.Manual():
			return fault.New("accounts: set balance", fault.Shared, nil)
		case b.Currency == "":
			return input.Refused("accounts: set balance", Opening, input.Missing)
		case a.Balance.Current.Known && a.Balance.Current.Amount.Currency != b.Currency:
			return input.Refused("accounts: set balance", Opening, input.NotAllowed)
		}
		a.Balance = core.Balance{Current: money.Known(b), At: now}
		return nil
	})
}
