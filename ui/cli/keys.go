package cli

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

func (c *command) keysCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "Show your Plaid keys and what they allow; set, test or remove them",
		Long: `Shows for Sandbox and Production whether there are keys, when they were tested,
and what they allow. A secret is never shown. Keys that are sealed with a
passphrase are seen with --env and --passphrase-file.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withKeys(cmd.Context(), c.passphraseFile != "", func(ctx context.Context, k *boot.KeyRing) error {
				return c.printKeys(ctx, k, core.Sandbox, core.Production)
			})
		},
	}
	cmd.AddCommand(c.keysSetCommand(), c.keyDeed("test", "Ask Plaid what your keys allow; it costs nothing", (*boot.KeyRing).Test),
		c.keyDeed("remove", "Forget keys; linked banks stay, and sync again once there are keys", (*boot.KeyRing).Remove), c.keyCountriesCommand(), c.keyTrialCommand())
	return cmd
}

// keyDeed is a command that does something with the keys of --env, and shows them.
func (c *command) keyDeed(use, short string, do func(*boot.KeyRing, context.Context, core.Environment) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.changeKeys(cmd.Context(), func(ctx context.Context, k *boot.KeyRing, env core.Environment) error {
				return do(k, ctx, env)
			})
		},
	}
}

func (c *command) keysSetCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "set",
		Short: "Test keys and keep them in the place of those before",
		Long: `Asks for client ID and secret at the terminal, without showing the secret, or
reads them as two lines of standard input. Nothing is kept unless Plaid accepts
them.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.changeKeys(cmd.Context(), func(ctx context.Context, k *boot.KeyRing, env core.Environment) error {
				clientID, key, err := c.askKeys(ctx, env)
				if err != nil {
					return err
				}
				if forID, forSecret := say.KeyErrors(clientID, key.Reveal()); forID != "" || forSecret != "" {
					return errUsage{strings.TrimSpace(forID + "\n" + forSecret)}
				}
				return k.Save(ctx, env, clientID, key)
			})
		},
	}
}

func (c *command) keyCountriesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "countries US [CA ...]",
		Short: "Choose the countries to link banks in, among those that your keys allow",
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errUsage{"keys countries takes at least one country, such as US. See: bankbook keys countries --help"}
			}
			return c.changeKeys(cmd.Context(), func(ctx context.Context, k *boot.KeyRing, env core.Environment) error {
				return chooseCountries(ctx, k, env, args)
			})
		},
	}
}

func (c *command) keyTrialCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "trial yes|no",
		Short: "Say whether your keys are on Plaid’s Trial plan, which Plaid does not tell",
		Long: `A Trial plan allows ten banks for life. With this answer Bankbook tells how many
of them are used before another one is linked. It is no secret: keys that are
sealed with a passphrase stay sealed.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			plan := core.TrialPlan(strings.Join(args, " "))
			if plan != core.OnTrial && plan != core.NotTrial {
				return errUsage{"keys trial takes yes or no. See: bankbook keys trial --help"}
			}
			env, err := c.keysEnv()
			if err != nil {
				return err
			}
			if !env.RealMoney() {
				return errUsage{"only production keys can be on a Trial plan: --env production"}
			}
			return c.withKeys(cmd.Context(), c.passphraseFile != "", func(ctx context.Context, k *boot.KeyRing) error {
				if err := k.SetTrial(env, plan); err != nil {
					return err
				}
				return c.printKeys(ctx, k, env)
			})
		},
	}
}

// chooseCountries wants countries that the keys allow.
func chooseCountries(ctx context.Context, k *boot.KeyRing, env core.Environment, wanted []string) error {
	facts, err := k.Of(ctx, env)
	if err != nil {
		return err
	}
	var countries []string
	for _, one := range wanted {
		country := strings.ToUpper(one)
		if used := facts.Check.Use([]string{country}); used[0] != country {
			return errUsage{"your keys do not allow " + say.Country(country) + ". See: bankbook keys"}
		}
		countries = append(countries, country)
	}
	return k.SetCountries(ctx, env, countries)
}

// askKeys returns the keys that a person types, or that stand in two lines of
// standard input.
func (c *command) askKeys(ctx context.Context, env core.Environment) (clientID string, key secret.Text, err error) {
	read := func(prompt string) (secret.Text, error) {
		if c.isTerminal() {
			return c.ask(ctx, prompt)
		}
		return c.secretIn("-")
	}
	id, err := read(say.AskClientID(env))
	if err == nil {
		key, err = read(say.AskSecret(env))
	}
	return strings.TrimSpace(id.Reveal()), secret.New(strings.TrimSpace(key.Reveal())), err
}

// changeKeys does something with the keys of --env, and shows what has become of
// them.
func (c *command) changeKeys(ctx context.Context, do func(context.Context, *boot.KeyRing, core.Environment) error) error {
	env, err := c.keysEnv()
	if err != nil {
		return err
	}
	return c.withKeys(secret.Attended(ctx), true, func(ctx context.Context, k *boot.KeyRing) error {
		if err := do(ctx, k, env); err != nil {
			return err
		}
		return c.printKeys(ctx, k, env)
	})
}

// keysEnv returns the environment whose keys are meant.
func (c *command) keysEnv() (core.Environment, error) {
	env := core.Environment(c.envName)
	switch {
	case env != core.Sandbox && env != core.Production:
		return "", errUsage{"say whose keys are meant: --env sandbox or --env production"}
	case c.sessionOnly:
		return "", errUsage{"--session-only keeps no keys"}
	}
	return env, nil
}

// withKeys calls work with the keys. Those that a passphrase seals can only be
// reached while their environment is open: that is opened if open says so, and
// nothing else.
func (c *command) withKeys(ctx context.Context, open bool, work func(context.Context, *boot.KeyRing) error) (err error) {
	p, env, err := c.prepare(nil)
	if err != nil {
		return err
	}
	if open && p.KeysAreSealed(env) {
		return errors.Join(p.Close(), c.with(ctx, func(ctx context.Context, s *boot.Services) error {
			return work(ctx, s.KeyRing())
		}))
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	return work(ctx, p.KeyRing())
}

func (c *command) printKeys(ctx context.Context, k *boot.KeyRing, envs ...core.Environment) error {
	var records []keysRecord
	t := table{head: []string{"Source", "Keys", "Allow", "Countries", "Banks made", "Trial plan"}}
	for _, env := range envs {
		facts, err := k.Of(ctx, env)
		if err != nil {
			return err
		}
		records = append(records, keysOf(facts))
		t.rows = append(t.rows, []string{say.Environment(env), say.KeyState(facts, time.Now()), keyProducts(facts), keyCountries(facts), keySlots(facts), say.TrialPlan(env, facts.Trial)})
	}
	return c.output().print(records, t)
}

func keyProducts(f core.KeyFacts) string {
	if f.Check.IsZero() || !f.Check.Works {
		return say.NoValue
	}
	return say.Products(f.Check.Products)
}

// keyCountries lists the countries in use, and how many the keys allow beyond.
func keyCountries(f core.KeyFacts) string {
	if f.Check.IsZero() || !f.Check.Works {
		return say.NoValue
	}
	return strings.Join(f.Countries, ", ") + say.OfAllowed(len(f.Check.Countries))
}

func keySlots(f core.KeyFacts) string {
	if f.Env.RealMoney() && f.Trial == core.OnTrial {
		return say.ItemsMade(f.Made, f.Trial)
	}
	return say.Number(f.Made)
}

// keysRecord is what is known about the keys of an environment: never the secret.
type keysRecord struct {
	Environment core.Environment `json:"environment"`
	Set         bool             `json:"set"`
	// Source is "kept" or "given" by environment variables.
	Source core.KeySource `json:"source,omitempty"`
	// Unseen is why the keys cannot be seen; set is then false.
	Unseen    fault.Kind     `json:"unseen,omitempty"`
	TestedAt  *time.Time     `json:"tested_at,omitempty"`
	Works     bool           `json:"works"`
	Products  []core.Product `json:"products"`
	Allowed   []string       `json:"allowed_countries"`
	Countries []string       `json:"countries"`
	ItemsMade int            `json:"items_made"`
	// TrialPlan is "yes", "no" or "" for what nobody has said.
	TrialPlan core.TrialPlan `json:"trial_plan,omitempty"`
}

func keysOf(f core.KeyFacts) keysRecord {
	return keysRecord{
		Environment: f.Env, Set: f.Source != core.NoKeys, Source: f.Source, Unseen: f.Why, TestedAt: instant(f.Check.Tested),
		Works: f.Check.Works, Products: append([]core.Product{}, f.Check.Products...), Allowed: append([]string{}, f.Check.Countries...),
		Countries: f.Countries, ItemsMade: f.Made, TrialPlan: f.Trial,
	}
}
