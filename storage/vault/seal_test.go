package vault

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode/utf16"

	bolt "go.etcd.io/bbolt"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
)

// keepKey returns options that keep the key in *key.
func keepKey(path string, key *secret.Text) Options {
	return Options{
		Path: path, Env: core.Practice,
		Key:    func(context.Context, Info) (secret.Text, error) { return *key, nil },
		NewKey: func(_ context.Context, _ Info, k secret.Text) error { *key = k; return nil },
	}
}

func testSealer(t *testing.T) *sealer {
	t.Helper()
	s, err := newSealer(make([]byte, keySize))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSealHoldsARecordToItsPlace(t *testing.T) {
	s := testSealer(t)
	key := []byte("key")
	value := s.seal(inItems, key, []byte("plain"), 7)
	if plain, stamp, err := s.open(inItems, key, value, nil); string(plain) != "plain" || stamp != 7 || err != nil {
		t.Fatalf("opened: %q, %d, %v", plain, stamp, err)
	}
	other, err := newSealer(append(make([]byte, keySize-1), 1))
	if err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func() ([]byte, uint64, error){
		"another bucket": func() ([]byte, uint64, error) { return s.open(inAccounts, key, value, nil) },
		"another key":    func() ([]byte, uint64, error) { return s.open(inItems, []byte("kez"), value, nil) },
		"another vault":  func() ([]byte, uint64, error) { return other.open(inItems, key, value, nil) },
		"cut":            func() ([]byte, uint64, error) { return s.open(inItems, key, value[:len(value)-1], nil) },
		"nonce only":     func() ([]byte, uint64, error) { return s.open(inItems, key, value[:clearSize+12], nil) },
		"nothing":        func() ([]byte, uint64, error) { return s.open(inItems, key, nil, nil) },
	} {
		if _, _, err := open(); !fault.Is(err, fault.VaultDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for bit := range len(value) * 8 {
		flipped := append([]byte(nil), value...)
		flipped[bit/8] ^= 1 << (bit % 8)
		if _, _, err := s.open(inItems, key, flipped, nil); !fault.Is(err, fault.VaultDamaged) {
			t.Errorf("bit %d flipped: %v", bit, err)
		}
	}
}

// TestRecordsOutOfPlace plays a file whose pages are from two moments: every
// record is a genuine one, at its own key, but not all are of the last commit.
func TestRecordsOutOfPlace(t *testing.T) {
	for name, spoil := range map[string]func(old, now map[string][]byte, tx *bolt.Tx) error{
		"an old item":      restore(inItems),
		"an old chunk":     restore(inChunks),
		"an old directory": restore(inMonths),
		"old totals":       restore(inTotals),
		"an old manifest":  restore(inVault),
		"a lost session":   empty(inSessions),
		"a lost removed":   empty(inRemoved),
		"lost totals":      empty(inTotals),
		"lost chunks":      empty(inChunks),
		"a foreign bucket": func(_, _ map[string][]byte, tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("x")); return err },
		"a lost bucket":    func(_, _ map[string][]byte, tx *bolt.Tx) error { return tx.DeleteBucket([]byte(inTotals)) },
	} {
		t.Run(name, func(t *testing.T) {
			v := everything(t)
			old := raw(t, v)
			day := core.NewDate(2026, 5, 2)
			batch := core.SyncBatch{Item: "item-1", Added: []core.Transaction{{ID: "c", Date: day}, {ID: "a", Date: day}}}
			if _, err := v.ApplySync(batch); err != nil {
				t.Fatal(err)
			}
			if err := v.Verify(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := v.db.Update(func(tx *bolt.Tx) error { return spoil(old, raw(t, v), tx) }); err != nil {
				t.Fatal(err)
			}
			if err := v.Verify(t.Context()); !fault.Is(err, fault.VaultDamaged) {
				t.Errorf("Verify: %v", err)
			}
		})
	}
}

// raw copies all values of the file, by bucket and key.
func raw(t *testing.T, v *Vault) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := v.db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return b.ForEach(func(key, value []byte) error {
				all[string(name)+"/"+string(key)] = append([]byte(nil), value...)
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// restore puts a bucket's records back to their old values.
func restore(b bucket) func(old, now map[string][]byte, tx *bolt.Tx) error {
	return func(old, _ map[string][]byte, tx *bolt.Tx) error {
		for at, value := range old {
			if key, in := strings.CutPrefix(at, string(b)+"/"); in {
				if err := tx.Bucket([]byte(b)).Put([]byte(key), value); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// empty deletes a bucket's records.
func empty(b bucket) func(old, now map[string][]byte, tx *bolt.Tx) error {
	return func(_, now map[string][]byte, tx *bolt.Tx) error {
		for at := range now {
			if key, in := strings.CutPrefix(at, string(b)+"/"); in {
				if err := tx.Bucket([]byte(b)).Delete([]byte(key)); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

func TestNewerVaultIsRefused(t *testing.T) {
	var key secret.Text
	path := filepath.Join(t.TempDir(), "vault.db")
	v, err := Open(t.Context(), keepKey(path, &key))
	if err != nil {
		t.Fatal(err)
	}
	newer := header{Info: Info{Format: Format + 1, ID: "of a later shape"}}
	err = v.db.Update(func(tx *bolt.Tx) error { return tx.Bucket([]byte(inVault)).Put([]byte(headerKey), newer.encode()) })
	if err := errors.Join(err, v.Close()); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(path)
	if _, err := Open(t.Context(), keepKey(path, &key)); !fault.Is(err, fault.VaultNewer) {
		t.Errorf("Open: %v", err)
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) {
		t.Error("a newer vault was changed")
	}
}

// TestNothingInClear searches the file's bytes for what was put into it.
func TestNothingInClear(t *testing.T) {
	var key secret.Text
	path := filepath.Join(t.TempDir(), "vault.db")
	v, err := Open(t.Context(), keepKey(path, &key))
	if err != nil {
		t.Fatal(err)
	}
	words := []string{
		"Tartan-Bank", "item-identifier", "account-identifier", "transaction-identifier", "removed-identifier",
		"cursor-of-the-item", "link-practice-token", "public-practice-token", "https://hosted.example", "session-identifier",
		"Ada-Lovelace", "profile-identifier", "Corner-Bakery", "FOOD_AND_DRINK", "setting-name", "setting-value", "4321-mask", key.Reveal(),
	}
	day := core.NewDate(2026, 5, 1)
	row := func(id core.TransactionID) core.Transaction {
		return core.Transaction{ID: id, Account: "account-identifier", Date: day, Name: "Corner-Bakery", Category: core.Category{Primary: "FOOD_AND_DRINK"}}
	}
	for _, err := range []error{
		v.PutProfile(core.Profile{ID: "profile-identifier", Name: "Ada-Lovelace"}),
		v.PutItemAndAccounts(core.Item{ID: "item-identifier", Institution: core.Institution{Name: "Tartan-Bank"}},
			[]core.Account{{ID: "account-identifier", Mask: "4321-mask"}}),
		v.PutSession(link.Session{
			ID: "session-identifier", Token: secret.New("link-practice-token"), URL: "https://hosted.example",
			Found: []link.Candidate{{Public: secret.New("public-practice-token")}},
		}),
		v.PutSetting("setting-name", "setting-value"),
		second(v.ApplySync(core.SyncBatch{
			Item: "item-identifier", Cursor: "cursor-of-the-item", Removed: []core.TransactionID{"removed-identifier"},
			Added: []core.Transaction{row("transaction-identifier"), row("removed-identifier")},
		})),
		v.DeleteSession("session-identifier"),
		v.Close(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), headerMagic) {
		t.Fatal("the search does not find what is there")
	}
	for _, word := range words {
		for _, form := range forms(word) {
			if strings.Contains(string(data), form) {
				t.Errorf("the file shows %q", word)
			}
		}
	}
}

func second[T any](_ T, err error) error { return err }

// forms are the ways in which a text could lie in a file.
func forms(s string) []string {
	wide := make([]byte, 0, 2*len(s))
	for _, u := range utf16.Encode([]rune(s)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	return []string{s, hex.EncodeToString([]byte(s)), base64.RawStdEncoding.EncodeToString([]byte(s)), string(wide)}
}

func TestKindsOfErrors(t *testing.T) {
	path := func(errno error) error { return &fs.PathError{Op: "write", Path: "vault.db", Err: errno} }
	for _, c := range []struct {
		err  error
		kind fault.Kind
	}{
		{path(syscall.ENOSPC), fault.DiskFull},
		{fmt.Errorf("commit: %w", path(syscall.ENOSPC)), fault.DiskFull},
		{path(syscall.EACCES), fault.Unreadable},
		{path(syscall.EIO), fault.Unreadable},
		{&os.LinkError{Op: "link", Err: syscall.EPERM}, fault.Unreadable},
		{context.Canceled, fault.Canceled},
		{fault.New("keychain: get", fault.KeychainLocked, nil), fault.KeychainLocked},
		{errors.New("something else"), fault.Internal},
	} {
		if got := fault.KindOf(fail("vault: test", c.err)); got != c.kind {
			t.Errorf("%v is of kind %s, not %s", c.err, got, c.kind)
		}
	}
	if fail("vault: test", nil) != nil {
		t.Error("no error became one")
	}
}

func TestPanicsBecomeErrors(t *testing.T) {
	err := guard("vault: test", func() error { panic("page 3 already freed") })
	if !fault.Is(err, fault.VaultDamaged) || !isPanic(err) {
		t.Errorf("got %v", err)
	}
}
