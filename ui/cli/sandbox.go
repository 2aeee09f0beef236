package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"bankbook/core/fault"
	"bankbook/ui/boot"
)

// sandboxText explains the practice bank to somebody who has never seen Bankbook.
const sandboxText = `Serves a Plaid sandbox on this machine, for the tests of any program that talks
to Plaid. It needs no network, no account and no keys of Plaid's: it speaks
Plaid's API (paths, headers, errors, webhooks) with the same test users,
institutions, accounts and numbers, has Hosted Link pages, and remembers what
was done to it. It is a program of its own and has nothing to do with your
data in Bankbook.

POINT A CLIENT AT IT
  It prints its address in one line when it is ready, and serves until it is
  interrupted. Give your client that address in the place of
  https://sandbox.plaid.com, and the keys of --client-id and --secret.
    plaid-node     new Configuration({ basePath: 'http://127.0.0.1:8484', … })
    plaid-python   plaid.Configuration(host='http://127.0.0.1:8484', …)
    plaid-go       cfg.UseEnvironment(plaid.Environment("http://127.0.0.1:8484"))

SIGN IN
  user_good with pass_good, at any of the test banks such as First Platypus Bank
  (ins_109508): on the page of a hosted_link_url, or without a browser by
  /sandbox/public_token/create. Plaid's other test users are there, too.

CONTROL IT
  Everything under /practice/ is the tester's: POST, JSON, the same keys.
    /practice/clock/get | set | advance    its own clock
    /practice/faults/set | list | clear    errors on demand
    /practice/items/list                   what has been linked
    /practice/accounts/rename              other account_ids after the next update
    /practice/webhooks/rotate_key          sign webhooks with a new key
    /practice/state/reset                  forget everything
  Kinds of fault: rate_limit, server_error, bad_gateway, planned_maintenance,
  institution_down, mutation, slow, cut_body, wrong_type. Each can have an
  endpoint ("/item/*"), an institution_id, a stage ("before" the work is done or
  "after") and a schedule (next, every, from, to, probability).

TIME
  As in Plaid's sandbox, an Item wants its user to sign in again after 30 days.
  A clock that stands makes a test repeatable; putting it forward makes days
  pass at once, with the transactions, webhooks and errors that they bring.

WEBHOOKS
  are signed as Plaid's are, and sent to addresses on this machine only.`

const sandboxExample = `  bankbook sandbox --listen 127.0.0.1:8484 --client-id me --secret mine

  # A bank, linked without a browser:
  curl -s http://127.0.0.1:8484/sandbox/public_token/create -H 'Content-Type: application/json' \
    -d '{"client_id":"me","secret":"mine","institution_id":"ins_109508","initial_products":["transactions"]}'

  # Thirty days pass:
  curl -s http://127.0.0.1:8484/practice/clock/advance -H 'Content-Type: application/json' \
    -d '{"client_id":"me","secret":"mine","by":"720h"}'

  # The next two syncs are answered with 429:
  curl -s http://127.0.0.1:8484/practice/faults/set -H 'Content-Type: application/json' \
    -d '{"client_id":"me","secret":"mine","kind":"rate_limit","endpoint":"/transactions/sync","next":2}'`

func (c *command) sandboxCommand() *cobra.Command {
	var b boot.BankConfig
	var at string
	cmd := &cobra.Command{
		Use:     "sandbox",
		Short:   "Serve the practice bank alone: an offline Plaid sandbox for anybody's tests",
		Long:    sandboxText,
		Example: sandboxExample,
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := checkBank(&b, at); err != nil {
				return err
			}
			return c.serveBank(cmd.Context(), b)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&b.Listen, "listen", "127.0.0.1:0", "address on this machine; port 0 takes any free one")
	flags.StringVar(&b.ClientID, "client-id", "practice", "the client id that clients have to send")
	flags.StringVar(&b.Secret, "secret", "practice", "the secret that clients have to send")
	flags.StringVar(&b.StateFile, "state", "", "file that the bank is kept in (default: memory only)")
	flags.StringVar(&at, "time", "", "freeze its clock, such as at 2026-01-01T00:00:00Z (default: real time); never goes back behind --state")
	flags.DurationVar(&b.Advance, "advance", 0, "put its clock forward by so much, such as 720h")
	flags.DurationVar(&b.InitialDelay, "initial-delay", time.Second, "time until the last 30 days of a new Item are ready; 0 is at once")
	flags.DurationVar(&b.HistoryDelay, "history-delay", 3*time.Second, "time until its whole history is ready; 0 is at once")
	flags.BoolVar(&b.KeepItems, "keep-items", false, "let Items live longer than 30 days without a new sign-in")
	flags.BoolVar(&b.RateLimits, "rate-limits", false, "refuse requests that are too many for Plaid's sandbox")
	flags.BoolVar(&b.SingleUsePublicTokens, "single-use-public-tokens", false, "refuse the second exchange of a public token")
	flags.BoolVar(&b.SettleTransfers, "settle-transfers", false, "let transfers follow the banking days by themselves, and not wait for /sandbox/transfer/simulate")
	flags.Int64Var(&b.Seed, "seed", 0, "another number gives new Items another history")
	return cmd
}

// checkBank completes what flags cannot say by their types.
func checkBank(b *boot.BankConfig, at string) error {
	if at != "" {
		t, err := time.Parse(time.RFC3339, at)
		if err != nil {
			return errUsage{fmt.Sprintf("--time must be like 2026-01-01T00:00:00Z, and is %q", at)}
		}
		b.Time = t
	}
	if min(b.Advance, b.InitialDelay, b.HistoryDelay) < 0 {
		return errUsage{"--advance, --initial-delay and --history-delay must not be negative"}
	}
	b.InitialDelay, b.HistoryDelay = atOnce(b.InitialDelay), atOnce(b.HistoryDelay)
	return nil
}

// atOnce returns a delay in the words of the BankConfig, in which zero is not
// none.
func atOnce(d time.Duration) time.Duration {
	if d == 0 {
		return -1
	}
	return d
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
