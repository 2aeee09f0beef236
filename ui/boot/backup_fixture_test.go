package boot

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/plaid"
	"bankbook/core/secret"
	"bankbook/storage/vault"
	"bankbook/storage/vault/vaulttest"
)

var (
	backupPassphrase = secret.New("correct horse battery staple")
	newPassphrase    = secret.New("another horse altogether")
	sandboxKeys      = plaid.Keys{ClientID: secret.New("5f2f3c1e0d544d2e9d5c0c8a"), Secret: secret.New("0123456789abcdef0123456789abcd")}
)

// cheapWork is the work of a scrypt that nobody waits for.
const cheapWork = 4

// backupConfig is config with such a scrypt.
func backupConfig(t *testing.T) Config {
	t.Helper()
	c := config(t)
	c.backupWork, c.Version, c.Secrets = cheapWork, "1.2.3", fileStore(t.TempDir())
	return c
}

// contents is everything that an environment keeps.
type contents struct {
	Profiles []core.Profile
	Items    []core.Item
	Accounts []core.Account
	Sessions []link.Session
	Totals   []core.Total
	Rows     map[core.TransactionID]core.Transaction
	// Secrets are by name, but for the vault's key.
	Secrets map[secret.Name]secret.Text
}

func contentsOf(t *testing.T, v *vault.Vault, store secret.Store) (c contents) {
	t.Helper()
	c.Rows, c.Secrets = map[core.TransactionID]core.Transaction{}, map[secret.Name]secret.Text{}
	names, err := namesOf(v)
	for _, step := range []func() error{
		func() error { return err },
		func() (err error) { c.Profiles, err = v.Profiles(); return err },
		func() (err error) { c.Items, err = v.Items(); return err },
		func() (err error) { c.Accounts, err = v.Accounts(); return err },
		func() (err error) { c.Sessions, err = v.Sessions(); return err },
		func() (err error) { c.Totals, err = v.Totals(); return err },
		func() error { return v.Each(func(tx core.Transaction) error { c.Rows[tx.ID] = tx; return nil }) },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range names[2:] { // without the vault's key and the mark
		value, err := store.Get(t.Context(), name)
		if err == nil {
			c.Secrets[name] = value
		} else if !fault.Is(err, fault.SecretMissing) {
			t.Fatal(err)
		}
	}
	return c
}

func wantContents(t *testing.T, got, want contents) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("it holds %d items, %d accounts, %d sessions, %d rows, %d secrets, or other ones than the %d, %d, %d, %d, %d",
			len(got.Items), len(got.Accounts), len(got.Sessions), len(got.Rows), len(got.Secrets),
			len(want.Items), len(want.Accounts), len(want.Sessions), len(want.Rows), len(want.Secrets))
	}
}

// made is a program with a little of everything that a backup has to do with: a
// made-up bank with token and numbers, a link session, Plaid keys, and a second
// source. It returns the services of the first, which end with the test.
func made(t *testing.T, c Config) *Services {
	t.Helper()
	s := chosen(t, c)
	if err := vaulttest.Fill(s.Vault, 400, 1); err != nil {
		t.Fatal(err)
	}
	accounts, err := s.Vault.Accounts()
	if err != nil {
		t.Fatal(err)
	}
	accounts[0].ACH = core.ACHAccount{Status: core.Verified, From: core.ByPlaid}
	numbers := bank.Numbers{Routing: secret.New("011401533"), Number: secret.New("1111222233330000")}
	for _, err := range []error{
		s.Vault.PutAccounts(vaulttest.Item, accounts),
		s.Secrets.Set(t.Context(), secret.NumbersName(s.Env, accounts[0].ID), numbers.Pack()),
		s.Secrets.Set(t.Context(), secret.TokenName(s.Env, vaulttest.Item), secret.New("access-sandbox-5f2f3c1e-0d54-4d2e-9d5c-0c8a1f3b7a11")),
		s.Vault.PutSession(link.Session{ID: "left", Purpose: link.New, Stage: link.Exited, Created: s.Now().UTC(), Token: secret.New("link-sandbox-token")}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// chosen is a program on which a person has made choices, with its first source
// open and a second one closed.
func chosen(t *testing.T, c Config) *Services {
	t.Helper()
	p := start(t, c)
	if err := p.SetEnvironment(core.Practice); err != nil {
		t.Fatal(err)
	}
	if err := p.SetAppearance("dark"); err != nil {
		t.Fatal(err)
	}
	closeAll(t, open(t, p, Choice{Env: core.Sandbox, Keys: sandboxKeys}))
	s := open(t, p, Choice{Env: core.Practice})
	t.Cleanup(func() { closeAll(t, s) })
	return s
}

// lived is chosen with two banks, linked with their numbers, and a link that
// somebody has left.
func lived(t *testing.T, c Config) *Services {
	t.Helper()
	s := chosen(t, c)
	for _, institution := range []core.InstitutionID{"ins_109508", "ins_109509"} {
		id, err := s.Links.Instant(t.Context(), link.Options{Profile: s.Profile.ID, HistoryDays: 90, Numbers: true}, bank.InstantRequest{
			Institution: institution, User: "user_good", Password: secret.New("pass_good"), Products: []core.Product{core.Transactions, core.Auth},
		})
		if err != nil {
			t.Fatal(err)
		}
		if end, err := s.Links.Wait(t.Context(), id); err != nil || end.Stage != link.Done {
			t.Fatalf("linking ended as %s, %+v, %v", end.Stage, end.Trouble, err)
		}
	}
	err := s.Vault.PutSession(link.Session{
		ID: "left-in-the-middle", Purpose: link.New, Stage: link.Exited, Created: s.Now().UTC(), Token: secret.New("link-sandbox-token"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if c := contentsOf(t, s.Vault, s.Secrets); len(c.Items) != 2 || len(c.Secrets) < 4 || len(c.Rows) < 20 {
		t.Fatalf("%d items, %d secrets and %d rows are too few to test with", len(c.Items), len(c.Secrets), len(c.Rows))
	}
	return s
}

func backUp(t *testing.T, s *Services) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bankbook.backup")
	report, err := s.Backup(t.Context(), BackupOrder{Path: path, Passphrase: backupPassphrase})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.LeftOut) > 0 || len(report.Sources) != 2 || report.Sources[0].Rows != s.Vault.Count() || report.Bytes == 0 {
		t.Fatalf("the report is %+v", report)
	}
	return path
}

// onlyIn makes sure that a folder holds these names and the program's own.
func onlyIn(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		// A killed program can leave half-written settings.
		halfWritten := strings.HasPrefix(entry.Name(), ".settings.json.new-")
		if !halfWritten && !slices.Contains(append(want, "logs", "settings.json", restoringLock), entry.Name()) {
			t.Errorf("%s is left in the data directory", entry.Name())
		}
	}
}
