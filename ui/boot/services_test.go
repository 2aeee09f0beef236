package boot

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
)

func TestOpenTwice(t *testing.T) {
	c := config(t)
	s := open(t, start(t, c), Choice{Env: core.Practice})
	defer closeAll(t, s)
	if _, err := start(t, c).Open(t.Context(), Choice{Env: core.Practice}); !fault.Is(err, fault.VaultInUse) {
		t.Errorf("a second Open = %v, want VaultInUse", err)
	}
	if err := s.Vault.PutProfile(s.Profile); err != nil {
		t.Errorf("the first can no longer write: %v", err)
	}
}

func TestWithoutKeysEverythingAnswersNoKeys(t *testing.T) {
	s := open(t, start(t, config(t)), Choice{Env: core.Sandbox})
	defer closeAll(t, s)
	ctx, access := t.Context(), secret.New("access")
	for name, ask := range map[string]func(bank.Provider) error{
		"link":         func(p bank.Provider) error { _, err := p.CreateLink(ctx, bank.LinkRequest{}); return err },
		"status":       func(p bank.Provider) error { _, err := p.LinkStatus(ctx, access); return err },
		"exchange":     func(p bank.Provider) error { _, err := p.Exchange(ctx, access); return err },
		"item":         func(p bank.Provider) error { _, err := p.Item(ctx, access); return err },
		"rotate":       func(p bank.Provider) error { _, err := p.RotateToken(ctx, access); return err },
		"remove":       func(p bank.Provider) error { return p.RemoveItem(ctx, access) },
		"accounts":     func(p bank.Provider) error { _, err := p.Accounts(ctx, access); return err },
		"balances":     func(p bank.Provider) error { _, err := p.Balances(ctx, access); return err },
		"numbers":      func(p bank.Provider) error { _, err := p.Numbers(ctx, access); return err },
		"institution":  func(p bank.Provider) error { _, err := p.Institution(ctx, "ins_1"); return err },
		"institutions": func(p bank.Provider) error { _, err := p.SearchInstitutions(ctx, "x"); return err },
		"sync":         func(p bank.Provider) error { _, err := p.Sync(ctx, access, ""); return err },
		"refresh":      func(p bank.Provider) error { return p.Refresh(ctx, access) },
	} {
		if err := ask(s.bank); !fault.Is(err, fault.NoKeys) {
			t.Errorf("%s: %v, want NoKeys", name, err)
		}
	}
	id := instantly(t, s)
	if end, err := s.Links.Wait(ctx, id); err != nil || end.Stage != link.Failed || end.Trouble.Kind != fault.NoKeys {
		t.Errorf("linking ended as %s, %+v, %v", end.Stage, end.Trouble, err)
	}
}

func TestSessionOnlyLeavesNothingBehind(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	c := config(t)
	s := open(t, start(t, c), Choice{Env: core.Practice, SessionOnly: true})
	instantly(t, s)
	closeAll(t, s)
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if _, err := os.Stat(VaultPath(c.DataDir, core.Practice)); err == nil {
		t.Error("there is a vault in the data directory")
	}
	memory := c.Secrets
	if _, err := memory.Get(t.Context(), secret.VaultKeyName(s.Vault.ID(), s.Vault.Info().KeyID)); !fault.Is(err, fault.SecretMissing) {
		t.Errorf("the key of the vault is in the person's keychain: %v", err)
	}
}

func portOf(t *testing.T, s *Services) int {
	t.Helper()
	_, port, err := net.SplitHostPort(s.practice.URL()[len("http://"):])
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestPracticeBankKeepsItsPort(t *testing.T) {
	c := config(t)
	s := open(t, start(t, c), Choice{Env: core.Practice})
	first := portOf(t, s)
	closeAll(t, s)

	s = open(t, start(t, c), Choice{Env: core.Practice})
	if again := portOf(t, s); again != first {
		t.Errorf("listens at %d, before at %d", again, first)
	}
	closeAll(t, s)

	other, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(first))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	s = open(t, start(t, c), Choice{Env: core.Practice})
	if portOf(t, s) == first {
		t.Error("listens where another does")
	}
	closeAll(t, s)
}

func TestPracticeBankThatDoesNotStart(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	dir := t.TempDir()
	damaged := filepath.Join(dir, "damaged.json")
	if err := os.WriteFile(damaged, []byte("half of it"), 0o600); err != nil {
		t.Fatal(err)
	}
	inUse := filepath.Join(dir, "open.json")
	other, err := ServeBank(t.Context(), BankConfig{Listen: "127.0.0.1:0", ClientID: "a", Secret: "b", StateFile: inUse})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	for name, c := range map[string]struct {
		config BankConfig
		want   fault.Kind
	}{
		"state in use":       {BankConfig{Listen: "127.0.0.1:0", ClientID: "a", Secret: "b", StateFile: inUse}, fault.PracticeInUse},
		"port in use":        {BankConfig{Listen: taken.Addr().String(), ClientID: "a", Secret: "b"}, fault.Invalid},
		"not this machine":   {BankConfig{Listen: "192.0.2.1:0", ClientID: "a", Secret: "b"}, fault.Invalid},
		"no address":         {BankConfig{Listen: "nonsense", ClientID: "a", Secret: "b"}, fault.Invalid},
		"no such port":       {BankConfig{Listen: "127.0.0.1:99999", ClientID: "a", Secret: "b"}, fault.Invalid},
		"no keys":            {BankConfig{Listen: "127.0.0.1:0"}, fault.Invalid},
		"damaged state":      {BankConfig{Listen: "127.0.0.1:0", ClientID: "a", Secret: "b", StateFile: damaged}, fault.PracticeDamaged},
		"state is a folder":  {BankConfig{Listen: "127.0.0.1:0", ClientID: "a", Secret: "b", StateFile: dir}, fault.Unreadable},
		"state in no folder": {BankConfig{Listen: "127.0.0.1:0", ClientID: "a", Secret: "b", StateFile: filepath.Join(dir, "x", "y")}, fault.Unreadable},
		"state below a file": {BankConfig{Listen: "127.0.0.1:0", ClientID: "a", Secret: "b", StateFile: filepath.Join(damaged, "y")}, fault.Unreadable},
	} {
		if _, err := ServeBank(t.Context(), c.config); !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if kept, err := os.ReadFile(damaged); err != nil || string(kept) != "half of it" {
		t.Errorf("the damaged file holds %q, %v", kept, err)
	}
}

func TestDamagedPracticeBankLeavesTheVaultReadable(t *testing.T) {
	c := config(t)
	p := start(t, c)
	closeAll(t, open(t, p, Choice{Env: core.Practice}))
	state := filepath.Join(c.DataDir, string(core.Practice), "bank.json")
	whole, err := os.ReadFile(state)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(state, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, p, Choice{Env: core.Practice})
	if _, err := s.Vault.Items(); err != nil {
		t.Errorf("the vault cannot be read: %v", err)
	}
	if _, err := s.bank.Sync(t.Context(), secret.New("token"), ""); !fault.Is(err, fault.PracticeDamaged) {
		t.Errorf("Sync = %v, want PracticeDamaged", err)
	}
	closeAll(t, s)
	if kept, err := os.ReadFile(state); err != nil || !bytes.Equal(kept, whole[:len(whole)/2]) {
		t.Errorf("the damaged file was changed: %v", err)
	}
	if err := os.WriteFile(state, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	closeAll(t, open(t, p, Choice{Env: core.Practice}))
}

// held is a Store whose Get of an entry waits for the end of the context.
type held struct {
	secret.Store
	name    secret.Name
	reached chan struct{}
}

func (h held) Get(ctx context.Context, name secret.Name) (secret.Text, error) {
	if name != h.name {
		return h.Store.Get(ctx, name)
	}
	close(h.reached)
	<-ctx.Done()
	return secret.Text{}, secret.Ended(ctx, "held: get")
}

func TestOpenEndsWithItsContext(t *testing.T) {
	c := config(t)
	asked := make(chan struct{})
	c.Secrets = held{c.Secrets, secret.KeysName(core.Sandbox), asked}
	p := start(t, c)
	ctx, cancel := context.WithCancel(t.Context())
	opened := make(chan error, 1)
	go func() {
		_, err := p.Open(ctx, Choice{Env: core.Sandbox})
		opened <- err
	}()
	<-asked
	cancel()
	if err := <-opened; !fault.Is(err, fault.Canceled) {
		t.Errorf("Open = %v, want Canceled", err)
	}
}

// attended notes whether anybody was said to wait for an entry.
type attended struct {
	secret.Store
	seen chan bool
}

func (a attended) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	a.seen <- secret.IsAttended(ctx)
	return a.Store.Set(ctx, name, value)
}

func TestNobodyAttendsToTheBackground(t *testing.T) {
	c := config(t)
	seen := make(chan bool, 10)
	c.Secrets = attended{c.Secrets, seen}
	s, err := start(t, c).Open(secret.Attended(t.Context()), Choice{Env: core.Practice})
	if err != nil {
		t.Fatal(err)
	}
	defer closeAll(t, s)
	if !<-seen {
		t.Error("nobody waits for the key of the vault")
	}
	instantly(t, s)
	if <-seen {
		t.Error("somebody is said to wait for what runs in the background")
	}
}

func TestCyclesOfOpenLinkAndClose(t *testing.T) {
	c := config(t)
	waiting, leave := make(chan struct{}, 10), make(chan struct{})
	defer close(leave)
	c.OpenURL = func(string) error { // a browser that outlives everything
		waiting <- struct{}{}
		<-leave
		return errors.New("it has crashed")
	}
	p := start(t, c)
	for cycle := range 4 {
		s := open(t, p, Choice{Env: core.Practice})
		if err := s.Resume(t.Context()); err != nil {
			t.Fatal(err)
		}
		instantly(t, s)
		if _, err := s.Links.Begin(t.Context(), link.Options{Profile: s.Profile.ID, HistoryDays: 30}); err != nil {
			t.Fatal(err)
		}
		synced := make(chan error, 1)
		go func() { synced <- s.Sync.SyncAll(t.Context()) }()
		<-waiting // another cycle closes while a browser is open
		closeAll(t, s)
		closeAll(t, s)
		if err := <-synced; err != nil && !fault.Is(err, fault.Canceled, fault.NotReady) {
			t.Errorf("cycle %d: SyncAll = %v", cycle, err)
		}
	}
	s := open(t, p, Choice{Env: core.Practice})
	defer closeAll(t, s)
	if err := s.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	whole := instantly(t, s)
	if end, err := s.Links.Wait(t.Context(), whole); err != nil || end.Stage == link.Failed {
		t.Fatalf("linking ended as %s, %+v, %v", end.Stage, end.Trouble, err)
	}
	noOrphans(t, c, s)
}

// noOrphans makes sure that every Item in the vault has its token, and that no
// token stands in a file.
func noOrphans(t *testing.T, c Config, s *Services) {
	t.Helper()
	items, err := s.Vault.Items()
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		token, err := s.Secrets.Get(t.Context(), secret.TokenName(core.Practice, item.ID))
		if err != nil {
			t.Errorf("item %s has no token: %v", item.ID, err)
			continue
		}
		err = filepath.WalkDir(c.DataDir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := os.ReadFile(path)
			if bytes.Contains(content, []byte(token.Reveal())) {
				t.Errorf("%s holds an access token", path)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}
