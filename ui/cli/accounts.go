package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/fault"
	"bankbook/core/money"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// accountFlags say which accounts to list.
type accountFlags struct {
	connection, status string
	primary, hidden    bool
	text               string
	accounts.Page
}

func (c *command) accountsCommand() *cobra.Command {
	f := accountFlags{}
	cmd := &cobra.Command{
		Use:   "accounts",
		Short: "List the accounts and their balances",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), func(_ context.Context, s *boot.Services) error { return c.listAccounts(s, f) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.connection, "connection", "", "only those that a bank tells of (plaid), or that you keep yourself (manual)")
	flags.StringVar(&f.status, "status", "", "only open, stopped or closed ones")
	flags.BoolVar(&f.primary, "primary", false, "only those that are the first choice for deposits or withdrawals")
	flags.BoolVar(&f.hidden, "hidden", false, "only hidden ones, which are in no list otherwise")
	flags.StringVar(&f.text, "search", "", "only those with this in name, bank or last digits")
	pageFlags(flags.IntVar, &f.Page)
	return cmd
}

func pageFlags(intVar func(p *int, name string, value int, usage string), p *accounts.Page) {
	intVar(&p.Limit, "limit", 0, "how many at the most; 0 lists all")
	intVar(&p.Offset, "offset", 0, "how many to leave out before the first")
}

func (f accountFlags) filter() (accounts.Filter, error) {
	filter := accounts.Filter{Primary: f.primary, Text: f.text}
	if f.hidden {
		filter.Hidden = accounts.Only
	}
	connection, err := oneOf("--connection", f.connection, core.ByPlaid, core.ByHand)
	if err != nil {
		return filter, err
	}
	filter.Connection = connection
	if f.status == "open" {
		filter.Statuses = []core.AccountStatus{core.Open}
		return filter, nil
	}
	status, err := oneOf("--status", f.status, core.Stopped, core.Closed)
	if err == nil && status != "" {
		filter.Statuses = []core.AccountStatus{status}
	}
	return filter, err
}

// oneOf reads one of some words; "" is none of them.
func oneOf[T ~string](flag, text string, words ...T) (T, error) {
	if text == "" {
		return "", nil
	}
	var names []string
	for _, w := range words {
		if string(w) == text {
			return w, nil
		}
		names = append(names, string(w))
	}
	return "", fault.New("read "+flag, fault.Invalid, fmt.Errorf("%q is none of %s", text, strings.Join(names, ", ")))
}

// printAccounts prints all accounts.
func (c *command) printAccounts(_ context.Context, s *boot.Services) error {
	return c.listAccounts(s, accountFlags{})
}

func (c *command) listAccounts(s *boot.Services, f accountFlags) error {
	filter, err := f.filter()
	if err != nil {
		return err
	}
	books, err := c.books(s)
	if err != nil {
		return err
	}
	rows, total, err := s.Accounts.List(books.View(), filter, f.Page)
	if err != nil {
		return err
	}
	if len(rows) < total && !c.asJSON {
		defer c.note("%d of %s", len(rows), say.Count(total, say.Account))
	}
	records := make([]accountRecord, 0, len(rows))
	t := table{head: []string{"Bank", "Account", "Type", "Available", "Current"}, right: map[int]bool{3: true, 4: true}, empty: say.NoBanks}
	for _, r := range rows {
		a := r.Account
		records = append(records, accountOf(r))
		t.rows = append(t.rows, []string{say.BankName(r.Of.Institution), say.AccountName(a), say.AccountType(a), optionalText(a.Balance.Available), optionalText(a.Worth())})
	}
	return c.output().print(records, t)
}

// findAccount returns an account by its id, or by its last digits if no other has
// the same.
func (c *command) findAccount(s *boot.Services, name string) (*boot.Books, accounts.Row, error) {
	books, err := c.books(s)
	if err != nil {
		return nil, accounts.Row{}, err
	}
	rows, _, err := s.Accounts.List(books.View(), accounts.Filter{Hidden: accounts.Both}, accounts.Page{})
	if err != nil {
		return nil, accounts.Row{}, err
	}
	var found []accounts.Row
	for _, r := range rows {
		if string(r.ID) == name {
			return books, r, nil
		}
		if r.Mask != "" && r.Mask == strings.TrimLeft(name, "•*") {
			found = append(found, r)
		}
	}
	switch len(found) {
	case 1:
		return books, found[0], nil
	case 0:
		return nil, accounts.Row{}, errUsage{fmt.Sprintf("There is no account %q. See: bankbook accounts --json", name)}
	}
	return nil, accounts.Row{}, errUsage{fmt.Sprintf("%d accounts end in %q. Give the id of one. See: bankbook accounts --json", len(found), name)}
}

// printAccount prints one account, a fact in a line.
func (c *command) printAccount(s *boot.Services, r accounts.Row) error {
	a := r.Account
	state := "Open"
	if st, ok := say.AccountState(a); ok {
		state = st.Text
	}
	t := table{head: []string{"Account", say.AccountName(a)}}
	for _, line := range [][2]string{
		{"Bank", say.BankName(r.Of.Institution)},
		{"Type", say.AccountType(a)},
		{"Status", state},
		{"Available", optionalText(a.Balance.Available)},
		{"Current", optionalText(a.Worth())},
		{"Limit", optionalText(a.Balance.Limit)},
		{"As of", say.Ago(a.Balance.At, s.Now())},
		{"First choice for", orNone(say.Primary(a.Choices.Primary))},
		{say.ACHNumbers, say.Numbers(a.ACH).Text},
		{"Hidden", yesNo(a.Choices.Hidden)},
		{"ID", string(a.ID)},
	} {
		t.rows = append(t.rows, line[:])
	}
	return c.output().print(accountOf(r), t)
}

func orNone(text string) string {
	if text == "" {
		return say.NoValue
	}
	return text
}

// newAccountFlags describe an account that is to be kept by hand.
type newAccountFlags struct {
	accounts.NewAccount
	kind, balance, currency string
	numbers                 bool
}

func (c *command) addAccountCommand() *cobra.Command {
	f := newAccountFlags{}
	cmd := &cobra.Command{
		Use:   "add",
		Short: "Add an account that you keep yourself",
		Long: `Adds an account that no bank tells of. With --numbers, its routing and account
number are asked for at the terminal, or are the next two lines of standard input;
they are kept with the other secrets alone.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error { return c.addAccount(ctx, s, f) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.Bank, "bank", "", "name of the bank")
	flags.StringVar(&f.Name, "name", "", "name of the account")
	flags.StringVar(&f.kind, "type", string(accounts.CheckingKind), "checking, savings, credit, loan, investment or cash")
	flags.StringVar(&f.Mask, "mask", "", "last digits of its number, four at the most")
	flags.StringVar(&f.balance, "balance", "", "what it holds, such as 240.00; what is owed, for a card or a loan")
	flags.StringVar(&f.currency, "currency", string(money.USD), "currency of the balance")
	flags.BoolVar(&f.numbers, "numbers", false, "also ask for its routing and account number")
	return cmd
}

func (c *command) addAccount(ctx context.Context, s *boot.Services, f newAccountFlags) (err error) {
	n := f.NewAccount
	n.Kind = accounts.Kind(f.kind)
	if n.Owner, err = c.target(s); err != nil {
		return err
	}
	if n.Opening, err = accounts.ParseBalance(f.balance, money.Currency(strings.ToUpper(f.currency))); err != nil {
		return err
	}
	view := s.View(n.Owner)
	var r accounts.Row
	if f.numbers {
		r, err = c.addBoth(ctx, s, n)
	} else {
		r, err = s.Accounts.AddByHand(view, n)
	}
	if err != nil {
		return err
	}
	return c.printAccount(s, r)
}
