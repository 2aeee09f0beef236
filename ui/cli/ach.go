package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/ach"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// achRecord is what is known of an account's numbers, as --json prints it.
type achRecord struct {
	AccountID    core.AccountID      `json:"account_id"`
	ProfileID    core.ProfileID      `json:"profile_id"`
	Bank         string              `json:"bank"`
	Name         string              `json:"name"`
	Status       core.Verification   `json:"status"`
	From         core.ConnectionType `json:"from"`
	Tokenized    bool                `json:"tokenized,omitempty"`
	Kind         core.ACHKind        `json:"kind"`
	RoutingLast4 string              `json:"routing_last4,omitempty"`
	NumberLast4  string              `json:"number_last4,omitempty"`
	Owner        string              `json:"owner,omitempty"`
	Nickname     string              `json:"nickname,omitempty"`
	Primary      bool                `json:"primary,omitempty"`
	Added        *time.Time          `json:"added,omitempty"`
}

func achOf(r accounts.Row) achRecord {
	a := r.ACH
	return achRecord{
		AccountID: r.ID, ProfileID: r.Owner(), Bank: r.Of.Institution.Name, Name: r.Title(), Status: a.Status, From: a.From, Tokenized: a.Tokenized,
		Kind: a.Kind, RoutingLast4: a.RoutingLast4, NumberLast4: a.NumberLast4, Owner: a.Owner, Nickname: a.Nickname, Primary: a.Primary, Added: instant(a.Added),
	}
}

// revealedRecord is the one place where --json prints numbers.
type revealedRecord struct {
	AccountID core.AccountID `json:"account_id"`
	Routing   string         `json:"routing"`
	Number    string         `json:"number"`
	Wire      string         `json:"wire_routing,omitempty"`
	Tokenized bool           `json:"tokenized,omitempty"`
}

type achFlags struct {
	status, from string
	primary      bool
	accounts.Page
}

func (c *command) achCommand() *cobra.Command {
	f := achFlags{}
	cmd := &cobra.Command{
		Use:   "ach",
		Short: "List the accounts that have routing and account numbers; add, change and show numbers",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), func(_ context.Context, s *boot.Services) error { return c.listACH(s, f) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.status, "status", "", "only unverified, pending, verified, failed or expired ones")
	flags.StringVar(&f.from, "from", "", "only from the bank (plaid) or entered by hand (manual)")
	flags.BoolVar(&f.primary, "primary", false, "only the first choice of each profile")
	pageFlags(flags.IntVar, &f.Page)
	cmd.AddCommand(c.achAddCommand(), c.achUpdateCommand(), c.achPrimaryCommand(),
		c.achDeed("remove", "Delete the numbers of an account", c.removeNumbers),
		c.achDeed("reveal", "Print the numbers of an account, once; it is noted in the activity", c.reveal),
		c.achRefreshCommand())
	return cmd
}

func (c *command) listACH(s *boot.Services, f achFlags) error {
	status, err := oneOf("--status", f.status, core.Verifications()...)
	if err != nil {
		return err
	}
	filter := ach.Filter{Primary: f.primary}
	if status != "" {
		filter.Statuses = []core.Verification{status}
	}
	if filter.From, err = oneOf("--from", f.from, core.ByPlaid, core.ByHand); err != nil {
		return err
	}
	books, err := c.books(s)
	if err != nil {
		return err
	}
	rows, total, err := s.ACH.List(books.View(), filter, f.Page)
	if err != nil {
		return err
	}
	if len(rows) < total && !c.asJSON {
		defer c.note("%d of %s", len(rows), say.Count(total, say.Account))
	}
	records := make([]achRecord, 0, len(rows))
	t := table{head: []string{"Bank", "Account", "Routing", "Number", "Status", "From", "First choice"}, empty: say.NoNumbers}
	for _, r := range rows {
		records = append(records, achOf(r))
		t.rows = append(t.rows, achCells(r))
	}
	return c.output().print(records, t)
}

func achCells(r accounts.Row) []string {
	return []string{
		say.BankName(r.Of.Institution), say.AccountName(r.Account), say.Masked(r.ACH.RoutingLast4), say.Masked(r.ACH.NumberLast4),
		say.Numbers(r.ACH).Text, say.NumbersFrom(r.ACH), yesNo(r.ACH.Primary),
	}
}

func (c *command) printACH(r accounts.Row) error {
	t := table{head: []string{"Bank", "Account", "Routing", "Number", "Status", "From", "First choice"}, rows: [][]string{achCells(r)}}
	return c.output().print(achOf(r), t)
}

// number asks for a number at the terminal, without showing it, or takes the next
// line of standard input; it is never an argument.
func (c *command) number(ctx context.Context, prompt string) (secret.Text, error) {
	if c.isTerminal() {
		return c.ask(ctx, prompt)
	}
	return c.line("read a number")
}

// pair asks for routing and account number.
func (c *command) pair(ctx context.Context) (p ach.Pair, err error) {
	if p.Routing, err = c.number(ctx, say.AskRouting); err != nil {
		return p, err
	}
	p.Number, err = c.number(ctx, say.AskNumber)
	return p, err
}

// addBoth adds an account that is kept by hand, with its numbers.
func (c *command) addBoth(ctx context.Context, s *boot.Services, n accounts.NewAccount) (accounts.Row, error) {
	pair, err := c.pair(ctx)
	if err != nil {
		return accounts.Row{}, err
	}
	return s.ACH.AddWithAccount(ctx, s.View(n.Owner), n, ach.Entry{Pair: pair, Kind: core.ACHKindOf(string(n.Kind))})
}

func (c *command) achAddCommand() *cobra.Command {
	var account, kind string
	var e ach.Entry
	cmd := &cobra.Command{
		Use:   "add --account ID",
		Short: "Add the numbers of an account; they are asked for at the terminal, or are the next two lines of standard input",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error {
				books, r, err := c.findAccount(s, account)
				if err != nil {
					return err
				}
				if e.Kind = core.ACHKind(kind); kind == "" {
					e.Kind = core.ACHKindOf(r.Subtype)
				}
				if e.Pair, err = c.pair(ctx); err != nil {
					return err
				}
				if r, err = s.ACH.Add(ctx, books.View(), r.ID, e); err != nil {
					return err
				}
				return c.printACH(r)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&account, "account", "", "id or last digits of the account")
	flags.StringVar(&kind, "type", "", "checking or savings (default: as the account is)")
	flags.StringVar(&e.Owner, "holder", "", "name of the account holder")
	flags.StringVar(&e.Nickname, "nickname", "", "what to call it")
	return cmd
}

func (c *command) achUpdateCommand() *cobra.Command {
	var holder, nickname, kind string
	var numbers bool
	cmd := &cobra.Command{
		Use:   "update ID",
		Short: "Change what is said of an account's numbers; --numbers asks for new ones",
		Args:  oneName("account"),
	}
	flags := cmd.Flags()
	flags.StringVar(&holder, "holder", "", "name of the account holder")
	flags.StringVar(&nickname, "nickname", "", "what to call it")
	flags.StringVar(&kind, "type", "", "checking or savings")
	flags.BoolVar(&numbers, "numbers", false, "new routing and account number, which have to be verified again")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var changes ach.Changes
		if flags.Changed("holder") {
			changes.Owner = &holder
		}
		if flags.Changed("nickname") {
			changes.Nickname = &nickname
		}
		if flags.Changed("type") {
			k := core.ACHKind(kind)
			changes.Kind = &k
		}
		return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error {
			books, r, err := c.findAccount(s, args[0])
			if err != nil {
				return err
			}
			if numbers {
				pair, err := c.pair(ctx)
				if err != nil {
					return err
				}
				changes.Numbers = &pair
			}
			if r, err = s.ACH.Update(ctx, books.View(), r.ID, changes); err != nil {
				return err
			}
			return c.printACH(r)
		})
	}
	return cmd
}

func (c *command) achPrimaryCommand() *cobra.Command {
	var off bool
	cmd := &cobra.Command{
		Use:   "primary ID",
		Short: "Make the numbers of an account the first choice of its profile",
		Args:  oneName("account"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(_ context.Context, s *boot.Services) error {
				books, r, err := c.findAccount(s, args[0])
				if err != nil {
					return err
				}
				if r, err = s.ACH.SetPrimary(books.View(), r.ID, !off); err != nil {
					return err
				}
				return c.printACH(r)
			})
		},
	}
	cmd.Flags().BoolVar(&off, "off", false, "no longer")
	return cmd
}

// achDeed is a command about the numbers of one account.
func (c *command) achDeed(name, short string, do func(context.Context, *boot.Services, *boot.Books, accountRemoval) error) *cobra.Command {
	yes := false
	cmd := &cobra.Command{
		Use:   name + " ID",
		Short: short,
		Args:  oneName("account"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error {
				books, r, err := c.findAccount(s, args[0])
				if err != nil {
					return err
				}
				return do(ctx, s, books, accountRemoval{r.ID, yes})
			})
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

func (c *command) removeNumbers(ctx context.Context, s *boot.Services, books *boot.Books, r accountRemoval) error {
	if err := c.confirm(r.yes, say.NumbersLoss); err != nil {
		return err
	}
	if err := s.ACH.Delete(ctx, books.View(), r.id); err != nil {
		return err
	}
	return c.listACH(s, achFlags{})
}

// reveal prints numbers, once the person has said yes, and given the passphrase
// again where one protects the data.
func (c *command) reveal(ctx context.Context, s *boot.Services, books *boot.Books, r accountRemoval) error {
	if err := c.confirm(r.yes, say.RevealAsks); err != nil {
		return err
	}
	act := ach.Act{Meant: true}
	if s.Confirms() {
		passphrase, err := c.current(ctx, say.AskPassphrase)
		if err != nil {
			return err
		}
		act.Passphrase = passphrase
	}
	n, err := s.ACH.Reveal(ctx, books.View(), r.id, act)
	if err != nil {
		return err
	}
	record := revealedRecord{AccountID: r.id, Routing: n.Routing.Reveal(), Number: n.Number.Reveal(), Wire: n.Wire.Reveal(), Tokenized: n.Tokenized}
	t := table{head: []string{"Routing", "Number"}, rows: [][]string{{record.Routing, record.Number}}}
	if n.Tokenized && !c.asJSON {
		defer c.note("%s", say.TokenizedNote)
	}
	return c.output().print(record, t)
}

func (c *command) achRefreshCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "refresh ITEM",
		Short: "Ask a bank for the numbers of its accounts",
		Args:  oneName("bank, by its item"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error {
				books, err := c.books(s)
				if err != nil {
					return err
				}
				if _, err := s.ACH.Refresh(ctx, books.View(), core.ItemID(args[0])); err != nil {
					if fault.Is(err, fault.NotFound) {
						return errUsage{fmt.Sprintf("There is no bank %q. See: bankbook banks", args[0])}
					}
					return err
				}
				return c.listACH(s, achFlags{})
			})
		},
	}
}
