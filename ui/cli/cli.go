package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"

	"fyne.io/fyne/v2"
	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/plaid"
	"bankbook/core/secret"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// The environment variables that can hold Plaid keys, for scripts. They are
// read once and then removed, so that no child process inherits them.
const (
	clientIDVariable = "PLAID_CLIENT_ID"
	secretVariable   = "PLAID_SECRET"
)

// Program is what main hands over.
type Program struct {
	// Args are the arguments without the program's name.
	Args     []string
	In       io.Reader
	Out, Err io.Writer
	// NewApp starts the graphics driver. It is called only for the window.
	NewApp func() fyne.App
	// Version is the version in FyneApp.toml.
	Version string
	// HTTP sends the requests to Plaid; nil is the usual client. Tests let a practice
	// bank take Plaid's place.
	HTTP *http.Client
}

// Main runs a command and returns its exit code.
func Main(p Program) int {
	if err := boot.Harden(meetsPortal(p.Args)); err != nil {
		_, _ = fmt.Fprintln(p.Err, err) // it is a hindrance to others, not to the person
	}
	if code, handled := boot.ServeChild(p.Args, p.In, p.Out); handled {
		return code
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C does not wait for a clean end
	c := &command{program: p, keys: takeKeys()}
	root := c.root()
	root.SetArgs(p.Args)
	root.SetIn(p.In)
	root.SetOut(p.Out)
	root.SetErr(p.Err)
	err := root.ExecuteContext(ctx)
	c.report(err)
	return c.exitCode(err)
}

// takeKeys reads Plaid keys from the environment and removes them there.
func takeKeys() plaid.Keys {
	keys := plaid.Keys{ClientID: secret.New(os.Getenv(clientIDVariable)), Secret: secret.New(os.Getenv(secretVariable))}
	_ = os.Unsetenv(clientIDVariable) // it fails only for a malformed name
	_ = os.Unsetenv(secretVariable)
	return keys
}

// command holds what every subcommand shares.
type command struct {
	program Program
	keys    plaid.Keys
	// printing is held for each line of progress: workers tell of theirs at the
	// same time.
	printing sync.Mutex

	dataDir        string
	envName        string
	plaidURL       string
	passphraseFile string
	profileName    string
	asJSON         bool
	sessionOnly    bool

	// opened is the passphrase that has opened the data, if one has.
	opened secret.Text
	// lines is standard input, once a secret has been read from it.
	lines *bufio.Reader
}

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "bankbook",
		Short: "Your bank data, in a file that you own",
		Long: `Bankbook links banks through Plaid Hosted Link in your browser and keeps accounts
and transactions in a sealed file on this computer. Without a subcommand it
opens its window.`,
		Args:          knownCommand,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return c.openWindow(cmd.Context()) },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return errUsage{err.Error() + ". See: bankbook --help"} })
	flags := root.PersistentFlags()
	flags.StringVar(&c.dataDir, "data-dir", "", "folder that everything is kept in (default: $"+boot.HomeVariable+" or the system's)")
	flags.StringVar(&c.envName, "env", "", "source of the data: practice, sandbox or production (default: the one chosen last)")
	flags.StringVar(&c.plaidURL, "plaid-url", "", "a practice bank that runs elsewhere on this machine (see bankbook sandbox)")
	flags.BoolVar(&c.asJSON, "json", false, "print JSON for machines, errors too")
	flags.BoolVar(&c.sessionOnly, "session-only", false, "keep nothing after this command (for machines without a keychain)")
	flags.StringVar(&c.passphraseFile, "passphrase-file", "", "file whose first line is the passphrase of your data; - is standard input (default: ask at the terminal)")
	flags.StringVar(&c.profileName, "profile", "", "name or id of the profile; all is every profile (default: all to look at, the chosen one to link for)")
	root.AddCommand(c.profilesCommand(), c.demoCommand(), c.linkCommand(), c.banksCommand(), c.accountsCommand(), c.accountCommand(), c.achCommand(), c.syncCommand(), c.scheduleCommand(),
		c.transactionsCommand(), c.summaryCommand(), c.activityCommand(), c.checkCommand(), c.backupCommand(), c.restoreCommand(),
		c.protectCommand(), c.passphraseCommand(), c.recoveryKeyCommand(), c.keysCommand(), c.sandboxCommand(), c.versionCommand(), exitCodesTopic())
	return root
}

// prepare prepares the data directory, and tells the environment asked for.
func (c *command) prepare(openURL func(string) error) (*boot.Program, core.Environment, error) {
	p, err := boot.New(boot.Config{DataDir: c.dataDir, PlaidURL: c.plaidURL, Keys: c.keys, OpenURL: openURL, Children: true, Version: c.program.Version, HTTP: c.program.HTTP})
	if err != nil {
		return nil, "", err
	}
	env, err := c.environment(p)
	if err != nil {
		return nil, "", errors.Join(err, p.Close())
	}
	return p, env, nil
}

// open opens the services of the environment asked for. A risky folder is a note
// to standard error.
func (c *command) open(ctx context.Context, openURL func(string) error) (*boot.Program, *boot.Services, error) {
	p, env, err := c.prepare(openURL)
	if err != nil {
		return nil, nil, err
	}
	var s *boot.Services
	err = c.unlock(ctx, boot.Choice{Env: env, SessionOnly: c.sessionOnly}, func(choice boot.Choice) (err error) {
		s, err = p.Open(ctx, choice)
		c.opened = choice.Passphrase
		return err
	})
	if err != nil {
		return nil, nil, errors.Join(err, p.Close())
	}
	if risk := say.FolderRisk(s.FolderRisk()); !risk.IsZero() {
		c.note("%s", risk.Text())
	}
	return p, s, nil
}

func (c *command) environment(p *boot.Program) (core.Environment, error) {
	if c.envName != "" {
		env, err := core.ParseEnvironment(c.envName)
		if err != nil {
			return "", fault.New("read --env", fault.Invalid, err)
		}
		return env, nil
	}
	if env := p.Environment(); env != "" {
		return env, nil
	}
	return core.Practice, nil
}

// with opens the services, calls work, and closes them whatever happens.
func (c *command) with(ctx context.Context, work func(context.Context, *boot.Services) error) error {
	return c.withBrowser(ctx, nil, work)
}

// withBrowser is with, with another way to open pages than the browser.
func (c *command) withBrowser(ctx context.Context, openURL func(string) error, work func(context.Context, *boot.Services) error) (err error) {
	p, s, err := c.open(ctx, openURL)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close(), p.Close()) }()
	return work(ctx, s)
}

func (c *command) output() output { return output{out: c.program.Out, asJSON: c.asJSON} }

// note prints a line of progress to standard error.
func (c *command) note(format string, args ...any) {
	c.printing.Lock()
	defer c.printing.Unlock()
	_, _ = fmt.Fprintf(c.program.Err, format+"\n", args...) // nobody is left to tell
}
