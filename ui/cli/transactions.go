package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/export"
	"bankbook/core/fault"
	"bankbook/core/review"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// listing is what the command transactions was asked for.
type listing struct {
	limit, offset  int
	account, month string
	line, sort     string
	pending        bool
	groupBy        string
	totals, csv    bool
}

const transactionsHelp = `List transactions, newest first.

--search takes a line such as

  coffee account:checking amount:>20 -pending before:2026-03 "two words"

Words have to occur in a name, the category or the amount; with a minus before
them they must not. Filters are

  date: before: after: since: until:   2026, 2026-03, 2026-03-18, a range with
                                       .. between, or for date: this-month,
                                       last-90-days, this-year and others
  account: bank: profile: category:    a part of the name, or = and the id
  amount:                              >20, <=20, 20..50, -20 (out), +20 (in)
  is:                                  pending, posted, in, out, reviewed
  tag: currency: sort: offset: limit:

What is not understood is searched for as text, and said.`

func (c *command) transactionsCommand() *cobra.Command {
	l := listing{}
	cmd := &cobra.Command{
		Use:   "transactions",
		Short: "List, count or export transactions",
		Long:  transactionsHelp,
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if l.csv && !cmd.Flags().Changed("limit") {
				l.limit = 0
			}
			if err := l.check(); err != nil {
				return err
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error { return c.review(ctx, s, l) })
		},
	}
	flags := cmd.Flags()
	flags.IntVarP(&l.limit, "limit", "n", 50, "how many at the most; 0 lists all")
	flags.IntVar(&l.offset, "offset", 0, "how many to leave out before the first")
	flags.StringVar(&l.account, "account", "", "only of the account with this id or these last digits")
	flags.StringVar(&l.month, "month", "", "only of a month, written 2026-03")
	flags.StringVar(&l.line, "search", "", "only what this search line asks for")
	flags.BoolVar(&l.pending, "pending", false, "only pending ones")
	flags.StringVar(&l.sort, "sort", "", "by date, name, account, category, status or amount; with a minus before it, reversed")
	flags.StringVar(&l.groupBy, "group-by", "", "print sums by month, week, category, merchant, account, bank or profile")
	flags.BoolVar(&l.totals, "totals", false, "print only the sums")
	flags.BoolVar(&l.csv, "csv", false, "print comma-separated values, all rows unless --limit is given")
	cmd.AddCommand(c.showTransactionCommand())
	return cmd
}

func (c *command) showTransactionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show TRANSACTION",
		Short: "Show one transaction",
		Args:  oneName("transaction, by its id"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(_ context.Context, s *boot.Services) error {
				books, err := c.books(s)
				if err != nil {
					return err
				}
				t, err := books.Transaction(core.TransactionID(args[0]))
				if fault.Is(err, fault.NotFound) {
					return errUsage{"There is no transaction " + args[0] + "."}
				}
				if err != nil {
					return err
				}
				accounts, err := books.Accounts()
				if err != nil {
					return err
				}
				return c.printTransactions([]core.Transaction{t}, accounts)
			})
		},
	}
}

// check refuses what nothing can match.
func (l listing) check() error {
	invalid := func(flag, format string, args ...any) error {
		return fault.New("read "+flag, fault.Invalid, fmt.Errorf(format, args...))
	}
	if l.limit < 0 {
		return invalid("--limit", "%d is below zero", l.limit)
	}
	if l.offset < 0 {
		return invalid("--offset", "%d is below zero", l.offset)
	}
	if _, err := time.Parse("2006-01", l.month); l.month != "" && err != nil {
		return invalid("--month", "%q is not written like 2026-03", l.month)
	}
	if _, err := l.order(); err != nil {
		return err
	}
	if l.groupBy != "" && !slices.Contains(review.Groupings(), review.Grouping(l.groupBy)) {
		return invalid("--group-by", "%q is nothing to group by", l.groupBy)
	}
	if l.totals && l.csv || l.groupBy != "" && (l.totals || l.csv) {
		return invalid("flags", "only one of --group-by, --totals and --csv can be printed")
	}
	return nil
}

// order reads --sort as the search line does.
func (l listing) order() (review.Sort, error) {
	if l.sort == "" {
		return review.Sort{}, nil
	}
	q, problems := review.Parse("sort:"+l.sort, review.Names{}, 0)
	if len(problems) > 0 || !q.IsZero() || q.Offset+q.Limit > 0 {
		return review.Sort{}, fault.New("read --sort", fault.Invalid, fmt.Errorf("%q is no column", l.sort))
	}
	return q.Sort, nil
}

// names are what a search line can name in a vault.
func names(b *boot.Books) (n review.Names, err error) {
	if n.Profiles, err = b.View().Profiles(); err != nil {
		return n, err
	}
	if n.Items, err = b.Items(); err != nil {
		return n, err
	}
	if n.Accounts, err = b.Accounts(); err != nil {
		return n, err
	}
	totals, err := b.Totals()
	for _, t := range totals {
		n.Categories = append(n.Categories, t.Category)
	}
	n.Words = say.Category
	return n, err
}

// query puts flags and search line together.
func (c *command) query(l listing, n review.Names, today core.Date) (review.Query, error) {
	q := review.Query{Limit: l.limit, Offset: l.offset}
	var err error
	if q.Sort, err = l.order(); err != nil {
		return q, err
	}
	for _, a := range n.Accounts {
		if string(a.ID) == l.account || l.account != "" && a.Mask == l.account {
			q.Accounts.In = append(q.Accounts.In, a.ID)
		}
	}
	if l.account != "" && q.Accounts.IsZero() {
		return q, fault.New("read --account", fault.NotFound, fmt.Errorf("no account %q", l.account))
	}
	if l.pending {
		q.Status = review.Pending
	}
	line := l.line
	if l.month != "" {
		line += " date:" + l.month
	}
	typed, problems := review.Parse(line, n, today)
	for _, p := range problems {
		c.note("%s", say.SearchProblem(p))
	}
	return q.With(typed), nil
}

func (c *command) review(ctx context.Context, s *boot.Services, l listing) error {
	books, err := c.books(s)
	if err != nil {
		return err
	}
	n, err := names(books)
	if err != nil {
		return err
	}
	today := core.DateOf(s.Now())
	q, err := c.query(l, n, today)
	if err != nil {
		return err
	}
	if l.plain() && q.Limit > 0 && q.Offset == 0 && q.Sort == (review.Sort{}) {
		// A few of the newest are found without an index.
		rows, err := books.First(q, q.Limit)
		if err != nil {
			return err
		}
		return c.printTransactions(rows, n.Accounts)
	}
	if err := s.Index.Refresh(ctx); err != nil {
		return err
	}
	found := books.Snapshot().Find(q, today)
	switch {
	case l.totals:
		return c.printSums(found.Sums())
	case l.groupBy != "":
		return c.printGroups(found.Groups(review.Grouping(l.groupBy)), review.Grouping(l.groupBy), n)
	case l.csv:
		return c.printCSV(found, books, n)
	}
	rows, err := books.Rows(found.Page())
	if err != nil {
		return err
	}
	return c.printTransactions(rows, n.Accounts)
}

// plain reports whether rows are asked for, in a list.
func (l listing) plain() bool { return !l.totals && !l.csv && l.groupBy == "" }

func (c *command) printTransactions(rows []core.Transaction, accounts []core.Account) error {
	byID := map[core.AccountID]core.Account{}
	for _, a := range accounts {
		byID[a.ID] = a
	}
	records := make([]transactionRecord, 0, len(rows))
	t := table{head: []string{"Date", "Name", "Account", "Amount", ""}, right: map[int]bool{3: true}, empty: say.NoTransactions}
	for _, row := range rows {
		records = append(records, transactionOf(row))
		t.rows = append(t.rows, []string{row.Date.String(), row.Title(), say.AccountName(byID[row.Account]), row.Amount.Signed(), say.PendingMark(row.Pending)})
	}
	return c.output().print(records, t)
}

func (c *command) printGroups(groups []review.Group, by review.Grouping, n review.Names) error {
	records := make([]groupRecord, 0, len(groups))
	t := table{head: []string{"Group", "Transactions", "Debits", "Credits", "Net"}, right: map[int]bool{1: true, 2: true, 3: true, 4: true}, empty: say.NoTransactions}
	for _, g := range groups {
		sums, err := summaryOf(g.Sums)
		if err != nil {
			return err
		}
		label := groupLabel(by, g.Key, n)
		records = append(records, groupRecord{Key: g.Key, Label: label, Count: g.Rows, Sums: sums})
		for _, s := range sums {
			t.rows = append(t.rows, append([]string{label}, s.cells()...))
		}
	}
	return c.output().print(records, t)
}

// groupLabel returns the name of a group for people.
func groupLabel(by review.Grouping, key string, n review.Names) string {
	switch by {
	case review.PerCategory:
		return say.Category(key)
	case review.PerAccount:
		for _, a := range n.Accounts {
			if string(a.ID) == key {
				return say.AccountName(a)
			}
		}
	case review.PerBank:
		for _, i := range n.Items {
			if string(i.ID) == key {
				return say.BankName(i.Institution)
			}
		}
	case review.PerProfile:
		for _, p := range n.Profiles {
			if string(p.ID) == key {
				return p.Name
			}
		}
	}
	return key
}

func (c *command) printCSV(found *review.Result, b *boot.Books, n review.Names) error {
	exported, err := export.CSV(c.program.Out, found.Each(b), export.Labels{
		Category: say.Category,
		Account: func(id core.AccountID) (account, bank string) {
			for _, a := range n.Accounts {
				if a.ID == id {
					return strings.TrimSpace(a.Name + " " + a.Mask), groupLabel(review.PerBank, string(a.Item), n)
				}
			}
			return string(id), ""
		},
	})
	err = unwritten(err)
	b.Exported(context.Background(), say.SubjectTransactionsCSV, exported, err)
	return err
}

// unwritten sorts why an export has failed: a fault of what was to be exported, or
// of what it was written to.
func unwritten(err error) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return err
	}
	return written(err)
}
