package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/money"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

func (c *command) banksCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "banks",
		Short: "List the linked banks and how they are",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), c.printBanks)
		},
	}
}

func (c *command) printBanks(_ context.Context, s *boot.Services) error {
	items, err := s.Vault.Items()
	if err != nil {
		return err
	}
	records := make([]bankRecord, 0, len(items))
	t := table{head: []string{"Bank", "Status", "Accounts", "Last success", "Item"}, right: map[int]bool{2: true}, empty: say.NoBanks}
	for _, item := range items {
		accounts, err := s.Vault.AccountsOf(item.ID)
		if err != nil {
			return err
		}
		records = append(records, bankOf(item, len(accounts)))
		t.rows = append(t.rows, []string{
			say.BankName(item.Institution), say.BankState(item, s.Now()).Text, say.Number(len(accounts)),
			lastSuccess(item, s.Now()), string(item.ID),
		})
	}
	return c.output().print(records, t)
}

func lastSuccess(item core.Item, now time.Time) string {
	if item.Sync.LastSuccess.IsZero() {
		return say.NoValue
	}
	return say.Ago(item.Sync.LastSuccess, now)
}

func (c *command) accountsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "accounts",
		Short: "List the accounts and their balances",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), c.printAccounts)
		},
	}
}

func (c *command) printAccounts(_ context.Context, s *boot.Services) error {
	accounts, err := s.Vault.Accounts()
	if err != nil {
		return err
	}
	names, err := institutionNames(s)
	if err != nil {
		return err
	}
	records := make([]accountRecord, 0, len(accounts))
	t := table{head: []string{"Bank", "Account", "Type", "Available", "Current"}, right: map[int]bool{3: true, 4: true}, empty: say.NoBanks}
	for _, a := range accounts {
		records = append(records, accountOf(a))
		t.rows = append(t.rows, []string{names[a.Item], say.AccountName(a), say.AccountType(a), optionalText(a.Balance.Available), optionalText(a.Worth())})
	}
	return c.output().print(records, t)
}

func institutionNames(s *boot.Services) (map[core.ItemID]string, error) {
	items, err := s.Vault.Items()
	if err != nil {
		return nil, err
	}
	names := map[core.ItemID]string{}
	for _, item := range items {
		names[item.ID] = say.BankName(item.Institution)
	}
	return names, nil
}

func optionalText(o money.Optional) string {
	if !o.Known {
		return say.NoValue
	}
	return o.Amount.Text()
}

// filter narrows the transactions that are listed.
type filter struct {
	limit   int
	account string
	month   string
	text    string
	pending bool
}

func (c *command) transactionsCommand() *cobra.Command {
	f := filter{}
	cmd := &cobra.Command{
		Use:   "transactions",
		Short: "List transactions, newest first",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(); err != nil {
				return err
			}
			return c.with(cmd.Context(), func(_ context.Context, s *boot.Services) error { return c.printTransactions(s, f) })
		},
	}
	flags := cmd.Flags()
	flags.IntVarP(&f.limit, "limit", "n", 50, "how many at the most; 0 lists all")
	flags.StringVar(&f.account, "account", "", "only of the account with this id or these last digits")
	flags.StringVar(&f.month, "month", "", "only of a month, written 2026-03")
	flags.StringVar(&f.text, "search", "", "only with this text in the name")
	flags.BoolVar(&f.pending, "pending", false, "only pending ones")
	return cmd
}

// check refuses what no transaction can match.
func (f filter) check() error {
	if f.limit < 0 {
		return fault.New("read --limit", fault.Invalid, fmt.Errorf("%d is below zero", f.limit))
	}
	if _, err := time.Parse("2006-01", f.month); f.month != "" && err != nil {
		return fault.New("read --month", fault.Invalid, fmt.Errorf("%q is not written like 2026-03", f.month))
	}
	return nil
}

func (c *command) printTransactions(s *boot.Services, f filter) error {
	accounts, err := s.Vault.Accounts()
	if err != nil {
		return err
	}
	byID := map[core.AccountID]core.Account{}
	for _, a := range accounts {
		byID[a.ID] = a
	}
	rows, err := f.collect(s, byID)
	if err != nil {
		return err
	}
	records := make([]transactionRecord, 0, len(rows))
	t := table{head: []string{"Date", "Name", "Account", "Amount", ""}, right: map[int]bool{3: true}, empty: say.NoTransactions}
	for _, row := range rows {
		records = append(records, transactionOf(row))
		t.rows = append(t.rows, []string{row.Date.String(), row.Title(), say.AccountName(byID[row.Account]), row.Amount.Signed(), say.PendingMark(row.Pending)})
	}
	return c.output().print(records, t)
}

// collect reads month after month, newest first, until the limit is reached.
func (f filter) collect(s *boot.Services, accounts map[core.AccountID]core.Account) ([]core.Transaction, error) {
	months, err := s.Vault.Months()
	if err != nil {
		return nil, err
	}
	if f.account != "" && !anyAccount(accounts, f.account) {
		return nil, fault.New("read --account", fault.NotFound, fmt.Errorf("no account %q", f.account))
	}
	var found []core.Transaction
	for _, m := range months {
		if f.month != "" && m.Month.String() != f.month {
			continue
		}
		rows, err := s.Vault.Month(m.Month)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if !f.matches(row, accounts[row.Account]) {
				continue
			}
			if found = append(found, row); len(found) == f.limit {
				return found, nil
			}
		}
	}
	return found, nil
}

func anyAccount(accounts map[core.AccountID]core.Account, wanted string) bool {
	for _, a := range accounts {
		if isAccount(a, wanted) {
			return true
		}
	}
	return false
}

func isAccount(a core.Account, wanted string) bool {
	return string(a.ID) == wanted || a.Mask == wanted
}

func (f filter) matches(row core.Transaction, a core.Account) bool {
	switch {
	case f.account != "" && !isAccount(a, f.account):
		return false
	case f.pending && !row.Pending:
		return false
	case f.text != "" && !strings.Contains(strings.ToLower(row.Name+"\n"+row.Merchant+"\n"+row.Original), strings.ToLower(f.text)):
		return false
	}
	return true
}

func (c *command) summaryCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "summary",
		Short: "Print how many transactions there are, and their debits, credits and net",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), c.printSummary)
		},
	}
}

func (c *command) printSummary(_ context.Context, s *boot.Services) error {
	totals, err := s.Vault.Totals()
	if err != nil {
		return err
	}
	records, err := summarize(totals)
	if err != nil {
		return err
	}
	t := table{head: []string{"Currency", "Transactions", "Debits", "Credits", "Net"}, right: map[int]bool{1: true, 2: true, 3: true, 4: true}, empty: say.NoTransactions}
	for _, r := range records {
		text := func(a amountRecord) string { return money.Of(a.Minor, money.Currency(a.Currency)).Text() }
		t.rows = append(t.rows, []string{r.Currency, say.Number(r.Count), text(r.Debits), text(r.Credits), text(r.Net)})
	}
	return c.output().print(records, t)
}

// summarize adds the totals up for each currency, the one with the most
// transactions first.
func summarize(totals []core.Total) ([]summaryRecord, error) {
	type sums struct{ in, out money.Amount }
	byCurrency, counts := map[money.Currency]sums{}, map[money.Currency]int{}
	for _, t := range totals {
		s, ok := byCurrency[t.Currency]
		if !ok {
			s = sums{in: money.Of(0, t.Currency), out: money.Of(0, t.Currency)}
		}
		var errIn, errOut error
		s.in, errIn = s.in.Add(money.Of(t.In, t.Currency))
		s.out, errOut = s.out.Add(money.Of(t.Out, t.Currency))
		if err := cmp.Or(errIn, errOut); err != nil {
			return nil, fmt.Errorf("summary: %w", err)
		}
		byCurrency[t.Currency] = s
		counts[t.Currency] += t.Count
	}
	records := make([]summaryRecord, 0, len(byCurrency))
	for currency, s := range byCurrency {
		net, err := s.in.Add(s.out)
		if err != nil {
			return nil, fmt.Errorf("summary: %w", err)
		}
		records = append(records, summaryRecord{
			Currency: string(currency), Count: counts[currency], Debits: amountOf(s.out), Credits: amountOf(s.in), Net: amountOf(net),
		})
	}
	slices.SortFunc(records, func(a, b summaryRecord) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Currency, b.Currency))
	})
	return records, nil
}
