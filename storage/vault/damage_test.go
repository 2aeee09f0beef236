package vault_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"bankbook/core/fault"
	"bankbook/storage/vault"
)

// damageSeed is fixed: a difference between two runs is one of the program.
const damageSeed = 20261121

// damageKinds are the kinds of SECURITY §3, in its order.
func damageKinds() []string {
	return []string{"one bit", "32 bytes", "zeroed sector", "zeroed page", "truncated", "swapped pages", "page head", "zeroed tail"}
}

// damages are ways to spoil a file, after SECURITY §3.
func damages() map[string]func(r *rand.Rand, data []byte) []byte {
	const page = 4096
	zero := func(size int) func(*rand.Rand, []byte) []byte {
		return func(r *rand.Rand, data []byte) []byte {
			at := r.IntN(len(data)/size) * size
			clear(data[at : at+size])
			return data
		}
	}
	return map[string]func(r *rand.Rand, data []byte) []byte{
		"one bit": func(r *rand.Rand, data []byte) []byte { data[r.IntN(len(data))] ^= 1 << r.IntN(8); return data },
		"page head": func(r *rand.Rand, data []byte) []byte {
			data[r.IntN(len(data)/page)*page+r.IntN(16)] ^= 1 << r.IntN(8)
			return data
		},
		"meta page": func(r *rand.Rand, data []byte) []byte { data[r.IntN(2)*page+r.IntN(80)] ^= 1 << r.IntN(8); return data },
		"small page": func(r *rand.Rand, data []byte) []byte {
			data[r.IntN(16)*page+r.IntN(256)] ^= 1 << r.IntN(8)
			return data
		},
		"32 bytes": func(r *rand.Rand, data []byte) []byte {
			for i, at := 0, r.IntN(len(data)-32); i < 32; i++ {
				data[at+i] = byte(r.Uint32())
			}
			return data
		},
		"zeroed sector": zero(512),
		"zeroed page":   zero(page),
		"zeroed tail":   func(r *rand.Rand, data []byte) []byte { clear(data[r.IntN(len(data)):]); return data },
		"truncated":     func(r *rand.Rand, data []byte) []byte { return data[:r.IntN(len(data))] },
		"swapped pages": func(r *rand.Rand, data []byte) []byte {
			a, b := r.IntN(len(data)/page)*page, r.IntN(len(data)/page)*page
			for i := range page {
				data[a+i], data[b+i] = data[b+i], data[a+i]
			}
			return data
		},
	}
}

func TestDamageIsNeverSilent(t *testing.T) {
	h := newHome(t)
	v := filled(t, h, 2500)
	want := get[contents](t)(read(v))
	must(t, v.Close())
	whole := get[[]byte](t)(os.ReadFile(h.path))
	copies := 10
	if *torture {
		copies = 40
	}
	for name, damage := range damages() {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(damageSeed, uint64(len(name))))
			harmless := 0
			for i := range copies {
				path := filepath.Join(t.TempDir(), fmt.Sprint(i), "vault.db")
				must(t, os.Mkdir(filepath.Dir(path), 0o700))
				must(t, os.WriteFile(path, damage(r, append([]byte(nil), whole...)), 0o600))
				if useDamaged(t, h, path, want) == nil {
					harmless++
				}
				must(t, os.RemoveAll(filepath.Dir(path)))
			}
			t.Logf("seed %d: %d of %d copies were found out, the others were whole", damageSeed, copies-harmless, copies)
		})
	}
}

// useDamaged does all that can be done with a damaged vault. Whatever it reads
// must be right, and the error it returns at the first that it cannot read
// must tell of damage.
func useDamaged(t *testing.T, h *home, path string, want contents) error {
	t.Helper()
	opts := h.options()
	opts.Path = path
	v, err := vault.Open(t.Context(), opts)
	if err != nil {
		wantKind(t, err, fault.VaultDamaged, fault.VaultForeign)
		return err
	}
	defer v.Close()
	steps := []func() error{
		func() error { return sameContents(t, v, want) },
		func() error { return v.Verify(t.Context()) },
		func() error { return v.PutSetting("other", "value") },
		func() error { return v.RemoveItem("nobody") },
		func() error { return sameContents(t, v, want) },
		func() error { return v.Verify(t.Context()) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			wantKind(t, err, fault.VaultDamaged)
			return err
		}
	}
	return nil
}

func sameContents(t *testing.T, v *vault.Vault, want contents) error {
	t.Helper()
	got, err := read(v)
	if err == nil && !reflect.DeepEqual(got, want) {
		t.Fatal("a damaged file gave wrong data without an error")
	}
	return err
}

func TestFileCutWhileOpen(t *testing.T) {
	h := newHome(t)
	v := filled(t, h, 2500)
	if err := os.Truncate(h.path, 8192); err != nil {
		t.Skipf("an open file cannot be cut here: %v", err)
	}
	_, err := read(v)
	wantKind(t, err, fault.VaultDamaged)
	wantKind(t, v.PutSetting("a", "b"), fault.VaultDamaged)
	_, err = v.Newest(1)
	wantKind(t, err, fault.VaultDamaged)
	must(t, v.Close())
}
