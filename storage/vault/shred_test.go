package vault

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/money"
	"bankbook/core/secret"
)

// fixedKey is a recovery key of a test.
type fixedKey byte

// Derive implements RecoveryKey.
func (k fixedKey) Derive(purpose string, salt []byte) ([]byte, error) {
	sum := sha256.Sum256(slices.Concat([]byte{byte(k)}, []byte(purpose), salt))
	return sum[:], nil
}

// withBank puts a bank with many rows into a vault.
func withBank(t *testing.T, v *Vault, item core.ItemID) {
	t.Helper()
	batch := core.SyncBatch{Item: item, At: time.Unix(0, 0)}
	for i := range 700 {
		id := core.TransactionID(fmt.Sprintf("%s-row-%d", item, i))
		day := core.NewDate(2026, 3, 1).AddDays(i % 90)
		batch.Added = append(batch.Added, core.Transaction{ID: id, Account: "acc", Date: day, Amount: money.Of(-5, money.USD)})
		if i%100 == 0 {
			batch.Removed = append(batch.Removed, id)
		}
	}
	for _, err := range []error{
		v.PutProfile(core.Profile{ID: "profile-of-" + core.ProfileID(item)}),
		v.PutItemAndAccounts(core.Item{ID: item, Profile: "profile-of-" + core.ProfileID(item)}, []core.Account{{ID: "acc"}}),
		v.PutSession(link.Session{ID: "link-" + core.LinkID(item), Stage: link.Done, Items: []core.ItemID{item}}),
		second(v.ApplySync(batch)),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestRemovedDataIsNotInTheFile searches the file for the sealed records, and
// the keys, that were there before.
func TestRemovedDataIsNotInTheFile(t *testing.T) {
	for name, remove := range map[string]func(*Vault) error{
		"bank":    func(v *Vault) error { return v.RemoveItem("leaves") },
		"profile": func(v *Vault) error { return v.RemoveProfile("profile-of-leaves") },
	} {
		t.Run(name, func(t *testing.T) {
			var key secret.Text
			path := filepath.Join(t.TempDir(), "vault.db")
			v, err := Open(t.Context(), keepKey(path, &key))
			if err != nil {
				t.Fatal(err)
			}
			if err := v.SetRecovery(fixedKey(1)); err != nil {
				t.Fatal(err)
			}
			withBank(t, v, "stays")
			withBank(t, v, "leaves")
			before, oldKey := raw(t, v), key
			h, err := decodeHeader(before["vault/header"])
			if err != nil {
				t.Fatal(err)
			}
			if err := remove(v); err != nil {
				t.Fatal(err)
			}
			if found(t, path, before) == 0 {
				t.Fatal("the search finds nothing although nothing was shredded")
			}
			if err := v.Rotate(t.Context(), RotateOptions{}); err != nil {
				t.Fatal(err)
			}
			if n := found(t, path, before); n != 0 {
				t.Errorf("%d of %d records are still there", n, len(before))
			}
			data := readFile(t, path)
			for what, bytesOf := range map[string][]byte{"wrapped key": h.wrapped, "recovery slot": h.slot} {
				if bytes.Contains(data, bytesOf) {
					t.Errorf("the old %s is still there", what)
				}
			}
			for _, form := range append(forms(oldKey.Reveal()), forms(key.Reveal())...) {
				if strings.Contains(string(data), form) {
					t.Error("a master key is in the file")
				}
			}
			if err := v.Close(); err != nil {
				t.Fatal(err)
			}
			opts := keepKey(path, &oldKey)
			if _, err := Open(t.Context(), opts); !fault.Is(err, fault.VaultKey) {
				t.Errorf("with the old key: %v", err)
			}
			v, err = Open(t.Context(), keepKey(path, &key))
			if err != nil || v.Count() != 693 {
				t.Fatalf("%d rows are left, %v", v.Count(), err)
			}
			if err := v.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// found counts the sealed records that a file still holds.
func found(t *testing.T, path string, records map[string][]byte) (n int) {
	t.Helper()
	data := readFile(t, path)
	for at, value := range records {
		// The nonce alone tells one record from all others.
		if at != "vault/header" && bytes.Contains(data, value[clearSize:clearSize+12]) {
			n++
		}
	}
	return n
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestTamperedHeader changes the header of a vault with a recovery key, and its
// checksum with it.
func TestTamperedHeader(t *testing.T) {
	var earlier []byte
	for name, tamper := range map[string]func(h *header){
		"key id":           func(h *header) { h.KeyID += "0" },
		"protector":        func(h *header) { h.Protector = core.ByPassphrase },
		"created":          func(h *header) { h.Created = h.Created.Add(time.Hour) },
		"slot removed":     func(h *header) { h.slot = nil },
		"slot cut":         func(h *header) { h.slot = h.slot[:hashSize] },
		"slot altered":     func(h *header) { h.slot[len(h.slot)-1] ^= 1 },
		"slot's check":     func(h *header) { h.slot[0] ^= 1 },
		"wrapped key":      func(h *header) { h.wrapped[20] ^= 1 },
		"format":           func(h *header) { h.Format = 1 },
		"an earlier state": func(h *header) { *h, _ = decodeHeader(earlier) },
	} {
		t.Run(name, func(t *testing.T) {
			var key secret.Text
			path := filepath.Join(t.TempDir(), "vault.db")
			v, err := Open(t.Context(), keepKey(path, &key))
			if err != nil {
				t.Fatal(err)
			}
			earlier = raw(t, v)["vault/header"]
			if err := v.SetRecovery(fixedKey(1)); err != nil {
				t.Fatal(err)
			}
			h, err := decodeHeader(raw(t, v)["vault/header"])
			if err != nil {
				t.Fatal(err)
			}
			tamper(&h)
			err = v.db.Update(func(tx *bolt.Tx) error { return tx.Bucket([]byte(inVault)).Put([]byte(headerKey), h.encode()) })
			if err != nil {
				t.Fatal(err)
			}
			if err := v.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := Open(t.Context(), keepKey(path, &key)); !fault.Is(err, fault.VaultDamaged) {
				t.Errorf("Open: %v", err)
			}
			opts := keepKey(path, &key)
			opts.Recovery = fixedKey(1)
			if _, err := Open(t.Context(), opts); !fault.Is(err, fault.VaultDamaged, fault.Passphrase) {
				t.Errorf("Open with the recovery key: %v", err)
			}
		})
	}
}

// TestEveryBucketIsResealed makes sure that a rotation knows every bucket.
func TestEveryBucketIsResealed(t *testing.T) {
	v := everything(t)
	before := raw(t, v)
	if err := v.Rotate(t.Context(), RotateOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := v.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	count := func(all map[string][]byte) map[string]int {
		n := map[string]int{}
		for at := range all {
			name, _, _ := strings.Cut(at, "/")
			n[name]++
		}
		return n
	}
	after := raw(t, v)
	if got, want := fmt.Sprint(count(after)), fmt.Sprint(count(before)); got != want {
		t.Errorf("records in buckets: %s, before %s", got, want)
	}
	for at := range before {
		name, key, _ := strings.Cut(at, "/")
		if _, same := after[at]; same && len(key) == hashSize {
			t.Errorf("a record of %s has the key that it had before", name)
		}
	}
}
