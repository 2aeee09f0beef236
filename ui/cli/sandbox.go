package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"bankbook/core/fault"
	"bankbook/ui/boot"
)

func (c *command) sandboxCommand() *cobra.Command {
	var b boot.BankConfig
	cmd := &cobra.Command{
		Use:   "sandbox",
		Short: "Serve the practice bank alone: an offline Plaid sandbox for anybody's tests",
		Long: `Serves the practice bank on this machine: Plaid's paths, headers, error shapes,
test users and Hosted Link pages, for clients in any language. It prints one
line with its address when it is ready, and serves until it is interrupted.
Point a client's base URL at that address and give it the same keys.`,
		Example: `  bankbook sandbox --listen 127.0.0.1:8484 --client-id me --secret mine
  curl -s http://127.0.0.1:8484/institutions/search -H 'Content-Type: application/json' \
    -d '{"client_id":"me","secret":"mine","query":"Platypus","products":null,"country_codes":["US"]}'`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.serveBank(cmd.Context(), b) },
	}
	flags := cmd.Flags()
	flags.StringVar(&b.Listen, "listen", "127.0.0.1:0", "address on this machine; port 0 takes any free one")
	flags.StringVar(&b.ClientID, "client-id", "practice", "the client id that clients have to send")
	flags.StringVar(&b.Secret, "secret", "practice", "the secret that clients have to send")
	flags.StringVar(&b.StateFile, "state", "", "file that the bank is kept in (default: memory only)")
	return cmd
}

func (c *command) serveBank(ctx context.Context, b boot.BankConfig) error {
	bank, err := boot.ServeBank(ctx, b)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(c.program.Out, bank.URL()); err != nil {
		return fault.New("print", fault.Unreadable, err)
	}
	<-ctx.Done()
	return bank.Close()
}
