package cli

import (
	"context"
	"net/http"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/sandbox/walk"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// demoRows is how many transactions the demonstration prints.
const demoRows = 15

func (c *command) demoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Show the whole flow in the terminal, with the practice bank",
		Long: `Starts the practice bank, walks through its real Hosted Link pages over HTTP as
user_good, fetches 24 months of history, and prints accounts, totals and the
newest transactions. Without a keychain it keeps nothing, and says so.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.demo(cmd.Context()) },
	}
}

func (c *command) demo(ctx context.Context) error {
	c.envName = string(core.Practice)
	walker := func(page string) error {
		c.note("%s", say.DemoWalks)
		return walk.Link(ctx, &http.Client{}, page, walk.Choice{Institution: "First Platypus Bank", User: testUser, Password: testPassword})
	}
	err := c.withBrowser(ctx, walker, c.demoWith)
	if c.sessionOnly || !fault.Is(err, fault.KeychainMissing, fault.KeychainLocked) {
		return err
	}
	c.note("%s", say.DemoForgets)
	c.sessionOnly = true
	return c.withBrowser(ctx, walker, c.demoWith)
}

func (c *command) demoWith(ctx context.Context, s *boot.Services) error {
	items, err := s.Vault.Items()
	if err != nil {
		return err
	}
	if len(items) == 0 {
		if _, err := c.linkWith(ctx, s, linkFlags{days: 730}); err != nil {
			return err
		}
	} else if err := s.Sync.SyncAll(ctx); err != nil {
		return err
	}
	if err := c.printAccounts(ctx, s); err != nil {
		return err
	}
	c.note("\n%s", say.Totals)
	if err := c.printSummary(ctx, s); err != nil {
		return err
	}
	c.note("\n%s", say.Newest)
	return c.review(ctx, s, listing{limit: demoRows})
}
