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

// accountDeeds are what the command account can do with one account. Those of the
// first line go together; of the others there is one at most.
type accountDeeds struct {
	nickname, owner    string
	hide, unhide       bool
	primary            string
	stop, reopen       bool
	close, remove, yes bool
	balance            bool
	setBalance         string

	// given names the flags that were.
	given map[string]bool
}

func (c *command) accountCommand() *cobra.Command {
	d := accountDeeds{}
	cmd := &cobra.Command{
		Use:   "account ID",
		Short: "Print an account, given by its id or last digits, or change it",
		Args:  oneName("account"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d.given = map[string]bool{}
			for _, name := range []string{"nickname", "owner", "hide", "unhide", "primary", "stop", "reopen", "close", "remove", "balance", "set-balance"} {
				d.given[name] = cmd.Flags().Changed(name)
			}
			if err := d.check(); err != nil {
				return err
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error { return c.account(ctx, s, args[0], d) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&d.nickname, "nickname", "", "call it this; nothing takes the nickname away")
	flags.StringVar(&d.owner, "owner", "", "give it to the profile of this name or id")
	flags.BoolVar(&d.hide, "hide", false, "leave it out of lists, totals and searches")
	flags.BoolVar(&d.unhide, "unhide", false, "have it in them again")
	flags.StringVar(&d.primary, "primary", "", "make it the first choice for deposits, withdrawals or both; none takes that away")
	flags.BoolVar(&d.stop, "stop", false, "take in nothing from its bank from now on")
	flags.BoolVar(&d.reopen, "reopen", false, "take in again what its bank says; the next sync fetches what was missed")
	flags.BoolVar(&d.close, "close", false, "note that it no longer exists")
	flags.BoolVar(&d.remove, "remove", false, "remove it with its transactions and numbers")
	flags.BoolVar(&d.balance, "balance", false, "ask its bank for the balance now; Plaid may charge for that")
	flags.StringVar(&d.setBalance, "set-balance", "", "what it holds, for an account that you keep yourself")
	flags.BoolVar(&d.yes, "yes", false, "do not ask")
	cmd.AddCommand(c.addAccountCommand())
	return cmd
}

// check refuses deeds that do not go together.
func (d accountDeeds) check() error {
	deeds := 0
	for _, name := range []string{"primary", "stop", "reopen", "close", "remove", "balance", "set-balance"} {
		if d.given[name] {
			deeds++
		}
	}
	if d.changes() {
		deeds++
	}
	if deeds > 1 || d.hide && d.unhide {
		return fault.New("read flags", fault.Invalid, fmt.Errorf("only one thing can be done at a time"))
	}
	_, err := oneOf("--primary", d.primary, "deposits", "withdrawals", "both", "none")
	return err
}

func (d accountDeeds) changes() bool {
	return d.given["nickname"] || d.given["owner"] || d.hide || d.unhide
}

// account does what was asked for, and prints the account after it.
func (c *command) account(ctx context.Context, s *boot.Services, name string, d accountDeeds) error {
	books, r, err := c.findAccount(s, name)
	if err != nil {
		return err
	}
	view := books.View()
	switch {
	case d.changes():
		r, err = c.changeAccount(s, books, r, d)
	case d.given["primary"]:
		uses := core.Primary{Deposits: d.primary != "withdrawals", Withdrawals: d.primary != "deposits"}
		r, err = s.Accounts.SetPrimary(view, r.ID, uses, d.primary != "none")
	case d.stop:
		r, err = s.Accounts.Stop(view, r.ID)
	case d.reopen:
		r, err = s.Accounts.Reopen(view, r.ID)
	case d.close:
		r, err = s.Accounts.Close(view, r.ID)
	case d.remove:
		return c.removeAccount(ctx, s, books, accountRemoval{r.ID, d.yes})
	case d.balance:
		r, err = c.balance(ctx, s, books, accountRemoval{r.ID, d.yes})
	case d.given["set-balance"]:
		r, err = c.setBalance(s, books, r, d.setBalance)
	}
	if err != nil {
		return err
	}
	return c.printAccount(s, r)
}

func (c *command) changeAccount(s *boot.Services, books *boot.Books, r accounts.Row, d accountDeeds) (accounts.Row, error) {
	var changes accounts.Changes
	if d.given["nickname"] {
		changes.Nickname = &d.nickname
	}
	if d.given["owner"] {
		owner, err := findProfile(s, d.owner)
		if err != nil {
			return r, err
		}
		changes.Owner = &owner
	}
	if d.hide || d.unhide {
		changes.Hidden = &d.hide
	}
	return s.Accounts.Update(books.View(), r.ID, changes)
}

// accountRemoval is a deed about an account that is asked about first.
type accountRemoval struct {
	id  core.AccountID
	yes bool
}

func (c *command) removeAccount(ctx context.Context, s *boot.Services, books *boot.Books, r accountRemoval) error {
	loss, err := s.Accounts.Preview(books.View(), r.id)
	if err != nil {
		return err
	}
	if err := c.confirm(r.yes, say.AccountName(loss.Account)+": "+strings.Join(say.AccountLoss(loss), " ")); err != nil {
		return err
	}
	if err := s.RemoveAccount(ctx, books.View(), r.id); err != nil {
		return err
	}
	return c.printAccounts(ctx, s)
}

// balance asks first where Plaid may charge.
func (c *command) balance(ctx context.Context, s *boot.Services, books *boot.Books, r accountRemoval) (accounts.Row, error) {
	if s.Accounts.BalanceCosts() {
		if err := c.confirm(r.yes, say.BalanceCosts); err != nil {
			return accounts.Row{}, err
		}
	}
	return s.Accounts.Balance(ctx, books.View(), r.id)
}

func (c *command) setBalance(s *boot.Services, books *boot.Books, r accounts.Row, text string) (accounts.Row, error) {
	currency := money.USD
	if r.Balance.Current.Known {
		currency = r.Balance.Current.Amount.Currency
	}
	b, err := accounts.ParseBalance(text, currency)
	if err != nil {
		return r, err
	}
	return s.Accounts.SetBalance(books.View(), r.ID, b.Amount)
}
