package cli

import (
	"context"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

func (c *command) removeBankCommand() *cobra.Command {
	var keep, yes bool
	cmd := &cobra.Command{
		Use:   "remove ITEM",
		Short: "End a connection at Plaid, and delete its access, accounts and transactions",
		Args:  oneName("bank, by its item"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error {
				return c.removeBank(ctx, s, core.ItemID(args[0]), removal{keep: keep, yes: yes})
			})
		},
	}
	cmd.Flags().BoolVar(&keep, "keep-history", false, "keep its accounts and their transactions, as accounts kept by hand")
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

// removal is how a bank is to be removed.
type removal struct{ keep, yes bool }

// removeBank removes a bank at once. One that cannot be told now is noted, and
// removed when the window is open next, or when it is asked for again.
func (c *command) removeBank(ctx context.Context, s *boot.Services, id core.ItemID, r removal) error {
	books, err := c.books(s)
	if err != nil {
		return err
	}
	if _, err := books.View().Own(id); err != nil {
		return noBank(id, err)
	}
	what := "Its accounts and all of their transactions are deleted, and Plaid is told to end the connection. This can’t be undone."
	if r.keep {
		what = "Bank access and account numbers are deleted, and Plaid is told to end the connection. Accounts and transactions stay."
	}
	if err := c.confirm(r.yes, what); err != nil {
		return err
	}
	s.Sync.Stop(id)
	if err := s.Remover.Remove(ctx, id, r.keep); err != nil {
		return err
	}
	return c.printBanks(ctx, s)
}

// noBank says that there is no bank of an id.
func noBank(id core.ItemID, err error) error {
	if fault.Is(err, fault.NotFound) {
		return errUsage{"There is no bank " + string(id) + ". See: bankbook banks"}
	}
	return err
}

func (c *command) rotateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rotate [ITEM]",
		Short: "Take new access to a bank, or to all: the old one ends at once",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error { return c.rotate(ctx, s, args) })
		},
	}
}

// rotate takes new access tokens. Backups made before keep the old ones, which is
// said.
func (c *command) rotate(ctx context.Context, s *boot.Services, args []string) error {
	books, err := c.books(s)
	if err != nil {
		return err
	}
	if len(args) == 1 {
		err = noBank(core.ItemID(args[0]), books.RotateToken(ctx, core.ItemID(args[0])))
	} else {
		err = books.RotateTokens(ctx, func(done, total int64) {
			if done < total {
				c.note("%s", say.Renewing(done, total))
			}
		})
	}
	if err != nil {
		return err
	}
	c.note("%s", say.RenewedNote)
	return c.printBanks(ctx, s)
}
