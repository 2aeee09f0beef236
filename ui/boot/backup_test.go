package boot

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
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
	"bankbook/storage/backup"
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
	accounts[0].Numbers = true
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

func TestBackupAndRestore(t *testing.T) {
	c := backupConfig(t)
	s := lived(t, c)
	want := contentsOf(t, s.Vault, s.Secrets)
	path := backUp(t, s)
	onlyIn(t, c.DataDir, "practice", "sandbox")
	key, err := s.Secrets.Get(t.Context(), secret.VaultKeyName(s.Vault.ID(), s.Vault.Info().KeyID))
	if err != nil {
		t.Fatal(err)
	}
	closeAll(t, s)

	there := backupConfig(t)
	p := start(t, there)
	var told int64
	report, err := p.Restore(t.Context(), RestoreOrder{
		Path: path, Passphrase: backupPassphrase, Progress: func(done, total int64) { told = total - done },
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Sources) != 2 || report.Review || report.Quarantine != "" || told != 0 {
		t.Errorf("the report is %+v", report)
	}
	if p.Environment() != core.Practice || p.Appearance() != "dark" {
		t.Errorf("the choices are %q and %q", p.Environment(), p.Appearance())
	}
	onlyIn(t, there.DataDir, "practice", "sandbox")
	restored := open(t, p, Choice{Env: core.Practice})
	defer closeAll(t, restored)
	wantContents(t, contentsOf(t, restored.Vault, restored.Secrets), want)
	if err := restored.Vault.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if again, _ := there.Secrets.Get(t.Context(), secret.VaultKeyName(restored.Vault.ID(), restored.Vault.Info().KeyID)); again == key || again.IsEmpty() {
		t.Error("the restored vault shares its key with the old one")
	}
	if restored.Vault.HasStrays() {
		t.Error("the restored vault would destroy keys of the old one")
	}
	if err := restored.Sync.SyncAll(t.Context()); err != nil {
		t.Errorf("the practice bank no longer knows the banks: %v", err)
	}
	if has, err := p.HasKeys(t.Context(), core.Sandbox); err != nil || !has {
		t.Errorf("the Plaid keys are not there: %v", err)
	}
	closeAll(t, open(t, p, Choice{Env: core.Sandbox}))
}

// The computer that the backup comes from can restore beside what it has: both
// live on, whatever becomes of the other.
func TestRestoreBesideTheOriginal(t *testing.T) {
	c := backupConfig(t)
	s := lived(t, c)
	want := contentsOf(t, s.Vault, s.Secrets)
	path := backUp(t, s)
	closeAll(t, s)
	before := entriesOf(c.Secrets)
	beside := backupConfig(t)
	beside.Secrets = c.Secrets
	p := start(t, beside)
	if _, err := p.Restore(t.Context(), RestoreOrder{Path: path, Passphrase: backupPassphrase}); err != nil {
		t.Fatal(err)
	}
	restored := open(t, p, Choice{Env: core.Practice})
	wantContents(t, contentsOf(t, restored.Vault, restored.Secrets), want)
	for _, item := range want.Items {
		if err := restored.RemoveBank(t.Context(), item.ID); err != nil {
			t.Fatal(err)
		}
	}
	closeAll(t, restored)
	after := entriesOf(c.Secrets)
	for name, value := range before {
		if after[name] != value {
			t.Errorf("the entry %s of the original has changed", name)
		}
	}
	again := open(t, start(t, c), Choice{Env: core.Practice})
	if back, is := again.RolledBack(); is {
		t.Errorf("the original is said to be older than it was: %+v", back)
	}
	wantContents(t, contentsOf(t, again.Vault, again.Secrets), want)
	if err := again.Sync.SyncAll(t.Context()); err != nil {
		t.Errorf("the original no longer gets at its banks: %v", err)
	}
	closeAll(t, again)
	restored = open(t, p, Choice{Env: core.Practice})
	if back, is := restored.RolledBack(); is {
		t.Errorf("the restored vault is said to be older than it was: %+v", back)
	}
	closeAll(t, restored)
}

func TestRestoreUnderAPassphrase(t *testing.T) {
	s := made(t, backupConfig(t))
	recoveryKey, err := s.NewRecoveryKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := contentsOf(t, s.Vault, s.Secrets)
	path := backUp(t, s)
	there := backupConfig(t)
	p := start(t, there)
	order := RestoreOrder{
		Path: path, Passphrase: backupPassphrase, Env: core.Practice, Protector: core.ByPassphrase, NewPassphrase: secret.New("short"),
	}
	if _, err := p.Restore(t.Context(), order); !fault.Is(err, fault.Invalid) {
		t.Errorf("a short passphrase: %v", err)
	}
	order.NewPassphrase = newPassphrase
	if _, err := p.Restore(t.Context(), order); err != nil {
		t.Fatal(err)
	}
	onlyIn(t, there.DataDir, "practice")
	if _, err := p.Open(t.Context(), Choice{Env: core.Practice}); !fault.Is(err, fault.Locked) {
		t.Errorf("without the passphrase: %v", err)
	}
	restored := open(t, p, Choice{Env: core.Practice, Passphrase: newPassphrase})
	wantContents(t, contentsOf(t, restored.Vault, restored.Secrets), want)
	closeAll(t, restored)
	// The recovery key of then opens it, too.
	restored = open(t, p, Choice{Env: core.Practice, RecoveryKey: recoveryKey})
	wantContents(t, contentsOf(t, restored.Vault, restored.Secrets), want)
	closeAll(t, restored)
	if left := entriesOf(there.Secrets); len(left) > 0 {
		t.Errorf("the keychain holds %v", slices.Collect(maps.Keys(left)))
	}
}

func TestRestoreWhereSomethingIs(t *testing.T) {
	s := made(t, backupConfig(t))
	want := contentsOf(t, s.Vault, s.Secrets)
	path := backUp(t, s)

	c := backupConfig(t)
	p := start(t, c)
	old := open(t, p, Choice{Env: core.Practice})
	if err := old.Vault.PutProfile(core.Profile{ID: "precious", Name: "Precious"}); err != nil {
		t.Fatal(err)
	}
	precious := contentsOf(t, old.Vault, old.Secrets)
	order := RestoreOrder{Path: path, Passphrase: backupPassphrase}
	if _, err := p.Restore(t.Context(), order); !fault.Is(err, fault.Occupied) {
		t.Errorf("where something is: %v", err)
	}
	order.Replace = true
	if _, err := p.Restore(t.Context(), order); !fault.Is(err, fault.VaultInUse) {
		t.Errorf("where something is in use: %v", err)
	}
	wantContents(t, contentsOf(t, old.Vault, old.Secrets), precious)
	closeAll(t, old)
	onlyIn(t, c.DataDir, "practice")
	before := entriesOf(c.Secrets)

	report, err := p.Restore(t.Context(), order)
	if err != nil {
		t.Fatal(err)
	}
	restored := open(t, p, Choice{Env: core.Practice})
	defer closeAll(t, restored)
	wantContents(t, contentsOf(t, restored.Vault, restored.Secrets), want)
	onlyIn(t, c.DataDir, "practice", "sandbox", "quarantine")
	found, err := filepath.Glob(filepath.Join(report.Quarantine, "practice-*", "vault.db"))
	if err != nil || len(found) != 1 {
		t.Fatalf("in quarantine: %v, %v", found, err)
	}
	kept, err := vault.Open(t.Context(), vault.Options{Path: found[0], Env: core.Practice, Key: keyFrom(c.Secrets)})
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	if profiles, err := kept.Profiles(); err != nil || !slices.ContainsFunc(profiles, func(p core.Profile) bool { return p.ID == "precious" }) {
		t.Errorf("in quarantine is not what was there: %v, %v", profiles, err)
	}
	for name, value := range before {
		if got, err := c.Secrets.Get(t.Context(), name); err != nil || got != value {
			t.Errorf("the entry %s has changed: %v", name, err)
		}
	}
}

// An entry of the keychain that is somebody's is not overwritten unasked.
func TestRestoreWhereASecretIs(t *testing.T) {
	s := made(t, backupConfig(t))
	path := backUp(t, s)
	c := backupConfig(t)
	p := start(t, c)
	if err := c.Secrets.Set(t.Context(), secret.KeysName(core.Sandbox), secret.New("id\nnewer")); err != nil {
		t.Fatal(err)
	}
	before := entriesOf(c.Secrets)
	order := RestoreOrder{Path: path, Passphrase: backupPassphrase}
	if _, err := p.Restore(t.Context(), order); !fault.Is(err, fault.Occupied) {
		t.Fatalf("%v, want Occupied", err)
	}
	if !maps.Equal(entriesOf(c.Secrets), before) {
		t.Error("the keychain has changed")
	}
	onlyIn(t, c.DataDir)
	order.Replace = true
	if _, err := p.Restore(t.Context(), order); err != nil {
		t.Fatal(err)
	}
	got, err := p.plaidKeys(t.Context(), c.Secrets, core.Sandbox)
	if err != nil || got != sandboxKeys {
		t.Errorf("the keys are not those of the backup: %v", err)
	}
}

func TestRestoreOfWhatIsNone(t *testing.T) {
	s := made(t, backupConfig(t))
	path := backUp(t, s)
	c := backupConfig(t)
	p := start(t, c)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(t.TempDir(), "half")
	if err := os.WriteFile(half, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		order RestoreOrder
		want  fault.Kind
	}{
		"half":             {RestoreOrder{Path: half, Passphrase: backupPassphrase}, fault.BackupDamaged},
		"wrong passphrase": {RestoreOrder{Path: path, Passphrase: newPassphrase}, fault.Passphrase},
		"not there":        {RestoreOrder{Path: half + "s", Passphrase: backupPassphrase}, fault.Unreadable},
		"not in it":        {RestoreOrder{Path: path, Passphrase: backupPassphrase, Env: core.Production}, fault.NotFound},
		"not kept":         {RestoreOrder{Path: path, Passphrase: backupPassphrase, Protector: core.ThisSessionOnly}, fault.Invalid},
	} {
		if _, err := p.Restore(t.Context(), tc.order); !fault.Is(err, tc.want) {
			t.Errorf("%s: %v, want %s", name, err, tc.want)
		}
		onlyIn(t, c.DataDir)
		if left := entriesOf(c.Secrets); len(left) > 0 {
			t.Errorf("%s: the keychain holds %v", name, slices.Collect(maps.Keys(left)))
		}
	}
}

func TestBackupTellsWhatItLeavesOut(t *testing.T) {
	c := backupConfig(t)
	s := made(t, c)
	sandbox := VaultPath(c.DataDir, core.Sandbox)
	other, err := vault.Open(t.Context(), vault.Options{Path: sandbox, Env: core.Sandbox, Key: keyFrom(c.Secrets)})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "backup")
	report, err := s.Backup(t.Context(), BackupOrder{Path: path, Passphrase: backupPassphrase})
	if err != nil {
		t.Fatal(err)
	}
	want := []core.LeftOut{{Env: core.Sandbox, Why: fault.VaultInUse}}
	if len(report.Sources) != 1 || !slices.Equal(report.LeftOut, want) {
		t.Errorf("the report is %+v", report)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(sandbox, []byte("what is this"), 0o600); err != nil {
		t.Fatal(err)
	}
	report, err = s.Backup(t.Context(), BackupOrder{Path: path, Passphrase: backupPassphrase, Overwrite: true})
	if err != nil || len(report.LeftOut) != 1 || report.LeftOut[0].Why != fault.VaultForeign {
		t.Errorf("the report is %+v, %v", report, err)
	}
}

func TestReviewersCopy(t *testing.T) {
	c := backupConfig(t)
	s := lived(t, c)
	original := contentsOf(t, s.Vault, s.Secrets)
	path := filepath.Join(t.TempDir(), "for review")
	report, err := s.Backup(t.Context(), BackupOrder{Path: path, Passphrase: backupPassphrase, Reviewer: true})
	if err != nil || !report.Review || len(report.Sources) != 1 {
		t.Fatalf("the report is %+v, %v", report, err)
	}
	onlyIn(t, c.DataDir, "practice", "sandbox")
	noSecrets(t, path, s)

	there := backupConfig(t)
	p := start(t, there)
	if report, err = p.Restore(t.Context(), RestoreOrder{Path: path, Passphrase: backupPassphrase}); err != nil || !report.Review {
		t.Fatalf("the report is %+v, %v", report, err)
	}
	copied := open(t, p, Choice{Env: core.Practice})
	defer closeAll(t, copied)
	got := contentsOf(t, copied.Vault, copied.Secrets)
	if !maps.Equal(got.Rows, original.Rows) || !slices.Equal(got.Totals, original.Totals) || !slices.Equal(got.Profiles, original.Profiles) ||
		len(got.Items) != len(original.Items) || len(got.Accounts) != len(original.Accounts) || len(got.Sessions)+len(got.Secrets) > 0 {
		t.Errorf("the copy holds %d rows, %d items, %d sessions, %d secrets", len(got.Rows), len(got.Items), len(got.Sessions), len(got.Secrets))
	}
	if mine, theirs := newest(t, s.Vault), newest(t, copied.Vault); !slices.Equal(mine, theirs) {
		t.Error("the copy lists the transactions in another order")
	}
	if err := copied.Sync.SyncAll(t.Context()); !fault.Is(err, fault.ReviewCopy) {
		t.Errorf("sync: %v, want ReviewCopy", err)
	}
	if err := copied.RemoveBank(t.Context(), got.Items[0].ID); !fault.Is(err, fault.ReviewCopy) {
		t.Errorf("remove: %v, want ReviewCopy", err)
	}
	if end, err := copied.Links.Wait(t.Context(), instantly(t, copied)); err != nil || end.Trouble.Kind != fault.ReviewCopy {
		t.Errorf("linking ended as %s, %+v, %v", end.Stage, end.Trouble, err)
	}
	if _, err := os.Stat(filepath.Join(there.DataDir, "practice", "bank.json")); err == nil {
		t.Error("the practice bank was started")
	}
}

// newest are all transactions of a vault in the order in which they are listed.
func newest(t *testing.T, v *vault.Vault) []core.Transaction {
	t.Helper()
	list, err := v.Newest(v.Count())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// noSecrets unpacks a reviewer's copy and looks for the secrets of where it comes
// from.
func noSecrets(t *testing.T, path string, s *Services) {
	t.Helper()
	dir := t.TempDir()
	read, err := backup.Read(t.Context(), path, backupPassphrase, backup.Tools{Dir: dir, Verify: s.program.verifySource})
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(t.Context(), vault.Options{Path: read.Sources[0].Vault, Env: s.Env, Key: keyIn(read.Sources[0].Secrets)})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	found := contentsOf(t, v, secret.NewMemory())
	opened, err := json.Marshal(struct {
		A, B, C, D any
	}{found.Items, found.Accounts, found.Profiles, found.Rows})
	if err != nil {
		t.Fatal(err)
	}
	files := [][]byte{opened, read.Settings}
	for name, value := range read.Sources[0].Secrets {
		files = append(files, []byte(name), []byte(value.Reveal()))
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files = append(files, data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range entriesOf(s.program.config.Secrets) {
		if strings.HasSuffix(string(name), "/seen") {
			continue // a small number
		}
		for _, part := range strings.Fields(value.Reveal()) {
			for _, data := range files {
				if bytes.Contains(data, []byte(part)) {
					t.Errorf("%s is in the copy", name)
				}
			}
		}
	}
}
