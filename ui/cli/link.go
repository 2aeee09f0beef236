package cli

import (
	"context"
	"fmt"
	"reflect"
	"sync"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// The credentials of the test user that Plaid's sandbox and the practice bank
// share. They open nothing real.
const (
	testUser     = "user_good"
	testPassword = "pass_good"
)

// linkFlags are the choices of `bankbook link`.
type linkFlags struct {
	noOpen      bool
	instant     bool
	again       bool
	numbers     bool
	days        int
	institution string
	user        string
	deposits    bool
	several     bool
	redirect    string
	android     string
	update      updateFlags
}

func (f linkFlags) wayBack() core.WayBack {
	return core.WayBack{RedirectURI: f.redirect, AndroidPackage: f.android}
}

func (c *command) linkCommand() *cobra.Command {
	f := linkFlags{}
	cmd := &cobra.Command{
		Use:   "link",
		Short: "Link a bank through Hosted Link in the browser, and fetch its history",
		Args:  noArgs,
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		purpose, _, err := f.update.wanted()
		if err == nil {
			err = checkUpdate(purpose, cmd.Flags())
		}
		if err != nil {
			return err
		}
		return c.link(cmd.Context(), f)
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.noOpen, "no-open", false, "print the address of the page instead of opening a browser")
	flags.BoolVar(&f.instant, "instant", false, "link a test bank without a browser (practice and sandbox only)")
	flags.StringVar(&f.institution, "institution", "ins_109508", "the test bank, with --instant")
	flags.StringVar(&f.user, "user", testUser, "the test user, with --instant")
	flags.BoolVar(&f.again, "again", false, "link it a second time if it is linked already")
	flags.BoolVar(&f.numbers, "numbers", false, "also fetch routing and account numbers into the keychain")
	flags.IntVar(&f.days, "days", 730, "days of history, 1 to 730; fixed once linked")
	flags.BoolVar(&f.deposits, "micro-deposits", false, "for a bank that can't sign in: verify one account by a small deposit (United States)")
	flags.BoolVar(&f.several, "several", false, "link several banks in one go")
	flags.StringVar(&f.redirect, "redirect-uri", "", "where a bank's own sign-in leads back to, if your Plaid keys need it; kept for signing in again")
	flags.StringVar(&f.android, "android-package", "", "the Android app that a bank's own sign-in leads back to; kept for signing in again")
	f.update.register(flags)
	return cmd
}

func (c *command) link(ctx context.Context, f linkFlags) error {
	if f.days < 1 || f.days > 730 {
		return fault.New("read --days", fault.Invalid, fmt.Errorf("%d is not between 1 and 730", f.days))
	}
	var openURL func(string) error
	if f.noOpen {
		openURL = func(string) error { return nil } // followLink prints the address
	}
	return c.withBrowser(ctx, openURL, func(ctx context.Context, s *boot.Services) error {
		if _, err := c.linkWith(ctx, s, f); err != nil {
			return err
		}
		return s.TakeDueSnapshot(ctx)
	})
}

// linkWith links one bank and waits for the end.
func (c *command) linkWith(ctx context.Context, s *boot.Services, f linkFlags) (link.Session, error) {
	stop := c.follow(s)
	defer stop()
	id, err := c.beginOrUpdate(ctx, s, f)
	if err != nil {
		return link.Session{}, err
	}
	session, err := s.Links.Wait(ctx, id)
	for err == nil && session.Stage == link.Deciding && session.Trouble.Kind == fault.None {
		session, err = c.decide(ctx, s, session, f.again)
	}
	if err != nil {
		return link.Session{}, err
	}
	if session.Stage != link.Done {
		return session, notLinked(session)
	}
	if session.Purpose.Updates() {
		return session, c.printUpdate(s, session)
	}
	return session, c.printLink(s, session)
}

// beginOrUpdate starts linking a bank, or what is to be done with one that is there.
func (c *command) beginOrUpdate(ctx context.Context, s *boot.Services, f linkFlags) (core.LinkID, error) {
	purpose, item, err := f.update.wanted()
	switch {
	case err != nil:
		return "", err
	case purpose != "":
		return c.update(ctx, s, errand{purpose, item, f.wayBack()})
	}
	return c.begin(ctx, s, f)
}

func (c *command) begin(ctx context.Context, s *boot.Services, f linkFlags) (core.LinkID, error) {
	profile, err := c.target(s)
	if err != nil {
		return "", err
	}
	if _, err := s.Books("").View().Target(profile); err != nil {
		return "", errUsage{"This profile is archived. See: bankbook profiles restore --help"}
	}
	options := link.Options{
		Profile: profile, HistoryDays: f.days, Numbers: f.numbers, Deposits: f.deposits, Several: f.several,
		WayBack: f.wayBack(),
	}
	if f.deposits && f.several {
		return "", errUsage{"Give --micro-deposits or --several, not both."}
	}
	if err := checkWay(s.Env, options.WayBack); err != nil {
		return "", err
	}
	if !f.instant {
		if id, ok, err := c.takeUp(ctx, s, options); ok || err != nil {
			return id, err
		}
		if err := c.noteTerms(ctx, s, f); err != nil {
			return "", err
		}
		return s.Links.Begin(ctx, options)
	}
	if !s.Env.HasInstantLink() {
		return "", errUsage{"--instant links test banks, which exist only in practice and sandbox"}
	}
	return s.Links.Instant(ctx, options, bank.InstantRequest{
		Institution: core.InstitutionID(f.institution), User: f.user, Password: secret.New(testPassword), HistoryDays: f.days,
	})
}

// noteTerms says what a new bank may cost, and what the keys do not allow, before its
// page is asked for.
func (c *command) noteTerms(ctx context.Context, s *boot.Services, f linkFlags) error {
	if s.Env == core.Practice {
		return nil
	}
	facts, err := s.KeyRing().Of(ctx, s.Env)
	if err != nil {
		return err
	}
	if words := say.NewBank(facts); words != "" {
		c.note("%s", words)
	}
	if f.numbers && !facts.Check.Allows(core.Auth) {
		c.note("%s", say.NoNumbersForKeys)
	}
	return nil
}

// takeUp goes on with what an earlier command began and did not finish. A bank
// that was chosen on the page already is linked to its end; a page that still
// waits, and was asked for with the same options, is shown again instead of
// another.
func (c *command) takeUp(ctx context.Context, s *boot.Services, options link.Options) (core.LinkID, bool, error) {
	if err := s.Resume(ctx); err != nil {
		return "", false, err
	}
	for _, session := range s.Links.Active() {
		switch session.Stage {
		case link.Exchanging, link.Fetching, link.Syncing:
			if _, err := s.Links.Wait(ctx, session.ID); err != nil {
				return "", false, err
			}
		case link.Waiting:
			if session.Purpose != link.New || !reflect.DeepEqual(session.Options, options) || s.Now().After(session.Expires) {
				continue
			}
			c.note("%s\n%s\n%s", say.LinkTakenUp, say.OpenPage, session.URL)
			if err := s.Links.OpenAgain(session.ID); err != nil && !fault.Is(err, fault.Invalid) {
				return "", false, err // Invalid: it waits no longer
			}
			return session.ID, true, nil
		}
	}
	return "", false, nil
}

// decide answers for a bank that seems to be linked already.
func (c *command) decide(ctx context.Context, s *boot.Services, session link.Session, again bool) (link.Session, error) {
	decision := link.Drop
	if again {
		decision = link.Second
	} else {
		c.note("%s", say.AlreadyLinked)
	}
	if err := s.Links.Decide(session.ID, decision); err != nil {
		return link.Session{}, err
	}
	return s.Links.Wait(ctx, session.ID)
}

// notLinked is the error for a session that ended without a bank.
func notLinked(session link.Session) error {
	kind := session.Trouble.Kind
	if kind == fault.None {
		kind = fault.Expired
	}
	return &notLinkedError{session: session, cause: &fault.Error{Op: "link", Kind: kind, Code: session.Trouble.Code, RequestID: session.Trouble.RequestID}}
}

// notLinkedError tells how a session ended; it has an exit code of its own.
type notLinkedError struct {
	session link.Session
	cause   *fault.Error
}

// leftByUser reports whether it was a person, or nobody, who ended the session,
// and not a fault.
func (e *notLinkedError) leftByUser() bool {
	switch e.session.Stage {
	case link.Exited, link.Expired, link.Discarded:
		return true
	}
	return false
}

func (e *notLinkedError) Error() string { return "link: " + string(e.session.Stage) }
func (e *notLinkedError) Unwrap() error { return e.cause }

func (c *command) printLink(s *boot.Services, session link.Session) error {
	record := linkRecord{LinkID: session.ID, Stage: string(session.Stage), Items: session.Items}
	t := table{head: []string{"Linked", "Item"}}
	for _, id := range session.Items {
		item, err := s.Vault.Item(id)
		if err != nil {
			return err
		}
		t.rows = append(t.rows, []string{say.BankName(item.Institution), string(id)})
	}
	return c.output().print(record, t)
}

// follow prints what happens, until stop is called. Stop waits for what is being
// printed: an event can still be told of when its outcome is known already.
func (c *command) follow(s *boot.Services) (stop func()) {
	var telling sync.RWMutex
	stopped := false
	var last sync.Map // what was printed last, by session: several can tell of themselves at the same time
	unsubscribe := s.Events.Subscribe(func(e event.Event) {
		telling.RLock()
		defer telling.RUnlock()
		if !stopped {
			c.tell(s, e, &last)
		}
	})
	return func() {
		unsubscribe()
		telling.Lock()
		defer telling.Unlock()
		stopped = true
	}
}

// tell prints an event, if it is one to be told of and not the last again.
func (c *command) tell(s *boot.Services, e event.Event, last *sync.Map) {
	switch e := e.(type) {
	case event.LinkChanged:
		session, err := s.Links.Session(e.Session)
		// Deciding is passed through at once where there is nothing to decide.
		if err != nil || session.Stage == link.Deciding {
			return
		}
		line := say.LinkStage(session)
		if before, _ := last.Swap(session.ID, line); before == line {
			return
		}
		c.note("%s", line)
		if session.Stage == link.Waiting {
			c.note("%s\n%s", say.OpenPage, session.URL)
		}
	case event.SyncProgress:
		if e.Running && e.Rows > 0 {
			c.note("%s", say.Syncing(e))
		}
	}
}
