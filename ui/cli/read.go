package cli

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/money"
	"bankbook/core/review"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

func (c *command) banksCommand() *cobra.Command {
	status := ""
	list := &cobra.Command{
		Use:   "banks",
		Short: "List the linked banks and how they are; check or remove one, renew access",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if status != "" && !slices.Contains(core.ItemStatuses(), core.ItemStatus(status)) {
				return fault.New("read --status", fault.Invalid, fmt.Errorf("%q is no status", status))
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error {
				return c.printBanksOf(ctx, s, func(i core.Item) bool { return status == "" || string(i.Status) == status })
			})
		},
	}
	list.Flags().StringVar(&status, "status", "", "only those that are connected, sign_in_needed, consent_needed or gone")
	list.AddCommand(c.showBankCommand(), c.removeBankCommand(), c.checkBanksCommand(), c.rotateCommand(), c.continueCommand())
	return list
}

func (c *command) showBankCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show ITEM",
		Short: "Show one bank",
		Args:  oneName("bank, by its item"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error {
				books, err := c.books(s)
				if err != nil {
					return err
				}
				id := core.ItemID(args[0])
				if _, err := books.View().Item(id); err != nil {
					return noBank(id, err)
				}
				return c.printBanksOf(ctx, s, func(i core.Item) bool { return i.ID == id })
			})
		},
	}
}

func (c *command) printBanks(ctx context.Context, s *boot.Services) error {
	return c.printBanksOf(ctx, s, func(core.Item) bool { return true })
}

// printBanksOf prints the banks of which which says so.
func (c *command) printBanksOf(_ context.Context, s *boot.Services, which func(core.Item) bool) error {
	books, err := c.books(s)
	if err != nil {
		return err
	}
	items, err := books.Items()
	if err != nil {
		return err
	}
	items = slices.DeleteFunc(items, func(i core.Item) bool { return !which(i) })
	all, err := books.Accounts()
	if err != nil {
		return err
	}
	records := make([]bankRecord, 0, len(items))
	t := table{head: []string{"Bank", "Status", "Accounts", "Last success", "Item"}, right: map[int]bool{2: true}, empty: say.NoBanks}
	for _, item := range items {
		accounts := slices.DeleteFunc(slices.Clone(all), func(a core.Account) bool { return a.Item != item.ID })
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

func optionalText(o money.Optional) string {
	if !o.Known {
		return say.NoValue
	}
	return o.Amount.Text()
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
	books, err := c.books(s)
	if err != nil {
		return err
	}
	totals, err := books.Totals()
	if err != nil {
		return err
	}
	return c.printSums(review.SumTotals(totals))
}

// printSums prints what transactions come to, a line for each currency.
func (c *command) printSums(sums []review.Sum) error {
	records, err := summaryOf(sums)
	if err != nil {
		return err
	}
	t := table{head: []string{"Currency", "Transactions", "Debits", "Credits", "Net"}, right: map[int]bool{1: true, 2: true, 3: true, 4: true}, empty: say.NoTransactions}
	for _, r := range records {
		t.rows = append(t.rows, append([]string{r.Currency}, r.cells()...))
	}
	return c.output().print(records, t)
}

// summaryOf turns sums into records. A sum that does not fit is an error: a
// script must not take it for nothing.
func summaryOf(sums []review.Sum) ([]summaryRecord, error) {
	records := make([]summaryRecord, 0, len(sums))
	for _, s := range sums {
		net := s.Net()
		if !net.Known {
			return nil, fmt.Errorf("summary: %w", money.ErrOverflow)
		}
		records = append(records, summaryRecord{
			Currency: string(s.Currency), Count: s.Rows,
			Debits: amountOf(s.Debits.Amount), Credits: amountOf(s.Credits.Amount), Net: amountOf(net.Amount),
		})
	}
	return records, nil
}

// cells are count and amounts for people.
func (r summaryRecord) cells() []string {
	text := func(a amountRecord) string { return money.Of(a.Minor, money.Currency(a.Currency)).Text() }
	return []string{say.Number(r.Count), text(r.Debits), text(r.Credits), text(r.Net)}
}
