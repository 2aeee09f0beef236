package boot

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// torture makes every call fail in every way, in the place of one way each.
var torture = flag.Bool("torture", false, "let every call of a keychain fail in every way")

// exchanging is a session that was killed after its exchange.
func exchanging(id core.LinkID) link.Session {
	return link.Session{
		ID: id, Purpose: link.New, Stage: link.Exchanging,
		Found: []link.Candidate{{Public: secret.New("public"), Accounts: []bank.LinkAccount{{ID: "acc-9"}}}},
	}
}

// direction is a change from one protector to the other.
type direction struct {
	name   string
	before Choice
	change func(*testing.T, *Services) error
}

func directions() []direction {
	return []direction{
		{"to a passphrase", Choice{Env: core.Sandbox}, func(t *testing.T, s *Services) error {
			return s.UsePassphrase(t.Context(), secret.New(words))
		}},
		{"to the keychain", byPassphrase, func(t *testing.T, s *Services) error { return s.UseKeychain(t.Context()) }},
	}
}

func TestSwitch(t *testing.T) {
	c := newChain()
	p := start(t, chainConfig(t, c))
	s := open(t, p, Choice{Env: core.Sandbox})
	furnish(t, s)
	key := newRecoveryKey(t, s)
	wantKind(t, "to what it is", s.UseKeychain(t.Context()), fault.Invalid)
	wantKind(t, "a short passphrase", s.UsePassphrase(t.Context(), secret.New("short")), fault.Invalid)
	for range 2 {
		if err := s.UsePassphrase(t.Context(), secret.New(words)); err != nil {
			t.Fatal(err)
		}
		wantBelongings(t, s)
		wantOnePlace(t, s, c)
		closeAll(t, s)
		s = open(t, p, Choice{Env: core.Sandbox, RecoveryKey: key})
		wantBelongings(t, s) // the recovery key opens a lockbox that was made after it
		closeAll(t, s)
		s = open(t, p, byPassphrase)
		wantBelongings(t, s)
		if err := s.UseKeychain(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantBelongings(t, s)
		wantOnePlace(t, s, c)
		closeAll(t, s)
		s = open(t, p, Choice{Env: core.Sandbox})
		wantBelongings(t, s)
	}
	closeAll(t, s)
}

func TestSwitchSetsAForeignLockboxAside(t *testing.T) {
	c := newChain()
	p := start(t, chainConfig(t, c))
	s := open(t, p, Choice{Env: core.Sandbox})
	furnish(t, s)
	if err := os.WriteFile(s.lockboxPath(), []byte("of somebody"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.UsePassphrase(t.Context(), secret.New(words)); err != nil {
		t.Fatal(err)
	}
	wantOnePlace(t, s, c)
	closeAll(t, s)
	aside, err := filepath.Glob(filepath.Join(s.dir, "quarantine", "*.lockbox"))
	if err != nil || len(aside) != 1 {
		t.Fatalf("set aside: %q, %v", aside, err)
	}
	if data, err := os.ReadFile(aside[0]); err != nil || string(data) != "of somebody" {
		t.Errorf("set aside is %q, %v", data, err)
	}
}

// TestSwitchWithAFailingKeychain lets every call to the keychain fail, before
// and after it has been done. Whatever comes of it, nothing is lost at once and
// after the next start, and then nothing is left at the other end.
func TestSwitchWithAFailingKeychain(t *testing.T) {
	for _, d := range directions() {
		t.Run(d.name, func(t *testing.T) {
			for n, came := 1, true; came; n++ {
				kinds, times := keychainKinds(), []bool{false, true}
				if !*torture {
					kinds, times = kinds[n%len(kinds):][:1], times[n%2:][:1]
				}
				for _, kind := range kinds {
					for _, after := range times {
						came = switchFailing(t, d, failure{n, kind, after})
					}
				}
			}
		})
	}
}

type failure struct {
	n     int
	kind  fault.Kind
	after bool
}

// switchFailing reports whether the call that was to fail came at all.
func switchFailing(t *testing.T, d direction, f failure) (came bool) {
	t.Helper()
	c := newChain()
	p := start(t, chainConfig(t, c))
	s := open(t, p, d.before)
	furnish(t, s)
	from := s.Vault.Info().Protector
	c.fail(f.n, f.kind, f.after)
	err := d.change(t, s)
	came = c.failed()
	c.heal()
	if err != nil {
		wantKind(t, fmt.Sprintf("%s, %+v", d.name, f), err, f.kind)
		if got := s.Vault.Info().Protector; got != from {
			t.Errorf("%s, %+v: failed, and the protector is %s", d.name, f, got)
		}
	}
	wantBelongings(t, s)
	if err := s.Secrets.Set(t.Context(), secret.TokenName(core.Sandbox, "item-1"), secret.New("access-1")); err != nil {
		t.Errorf("%s, %+v: then Set gives %v", d.name, f, err)
	}
	closeAll(t, s)
	s = open(t, p, Choice{Env: core.Sandbox, Passphrase: secret.New(words)})
	wantBelongings(t, s)
	wantOnePlace(t, s, c)
	closeAll(t, s)
	if t.Failed() {
		t.Fatalf("%s, %+v", d.name, f)
	}
	return came
}

// TestSwitchKilledAtEachStep takes a copy of everything at each step of a
// change, as a kill there would leave it, and starts from that.
func TestSwitchKilledAtEachStep(t *testing.T) {
	for _, d := range directions() {
		t.Run(d.name, func(t *testing.T) {
			c := newChain()
			config := chainConfig(t, c)
			var mu sync.Mutex // what is noted in the background comes in between
			var taken []state
			watching := false
			config.Trace = func(step string) {
				mu.Lock()
				defer mu.Unlock()
				if watching {
					taken = append(taken, stateOf(t, config.DataDir, c, step))
				}
			}
			watch := func(on bool) {
				mu.Lock()
				defer mu.Unlock()
				watching = on
			}
			chainHook := &hooked{chain: c, hook: config.Trace}
			config.Secrets = chainHook
			s := open(t, start(t, config), d.before)
			furnish(t, s)
			watch(true)
			if err := d.change(t, s); err != nil {
				t.Fatal(err)
			}
			watch(false)
			closeAll(t, s)
			if len(taken) < 20 {
				t.Fatalf("only %d steps", len(taken))
			}
			protectors := map[core.Protector]int{}
			for _, at := range taken {
				protectors[startFrom(t, at)]++
			}
			if protectors[core.ByKeychain] == 0 || protectors[core.ByPassphrase] == 0 {
				t.Errorf("the kills left %v", protectors)
			}
		})
	}
}

// hooked tells of each call to a keychain before and after it.
type hooked struct {
	*chain
	hook func(string)
}

func (h *hooked) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	return around(h.hook, "set "+string(name), func() error { return h.chain.Set(ctx, name, value) })
}

func (h *hooked) Delete(ctx context.Context, name secret.Name) error {
	return around(h.hook, "delete "+string(name), func() error { return h.chain.Delete(ctx, name) })
}

// state is what a kill leaves.
type state struct {
	step  string
	dir   string
	chain *chain
}

func stateOf(t *testing.T, dir string, c *chain, step string) state {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "data")
	if err := os.MkdirAll(envDir(copied, core.Sandbox), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"vault.db", lockboxName} {
		data, err := os.ReadFile(filepath.Join(envDir(dir, core.Sandbox), name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(envDir(copied, core.Sandbox), name), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return state{step, copied, c.clone()}
}

// startFrom starts from a state, checks that nothing is lost or left over, and
// returns the protector.
func startFrom(t *testing.T, at state) core.Protector {
	t.Helper()
	config := chainConfig(t, at.chain)
	config.DataDir = at.dir
	p := start(t, config)
	s := open(t, p, Choice{Env: core.Sandbox, Passphrase: secret.New(words)})
	wantBelongings(t, s)
	wantOnePlace(t, s, at.chain)
	protector := s.Vault.Info().Protector
	closeAll(t, s)
	if t.Failed() {
		t.Fatalf("killed %s", at.step)
	}
	return protector
}

// TestSnapshotOfAnotherProtector recovers from a snapshot that was taken when
// another protector kept the key.
func TestSnapshotOfAnotherProtector(t *testing.T) {
	for _, d := range directions() {
		t.Run(d.name, func(t *testing.T) {
			c := newChain()
			p := start(t, chainConfig(t, c))
			s := open(t, p, d.before)
			furnish(t, s)
			if _, err := s.Vault.TakeSnapshot(t.Context(), vault.Asked); err != nil {
				t.Fatal(err)
			}
			if err := d.change(t, s); err != nil {
				t.Fatal(err)
			}
			want := s.Vault.Info().Protector
			closeAll(t, s)
			if err := os.WriteFile(s.Vault.Path(), make([]byte, 1<<16), 0o600); err != nil {
				t.Fatal(err)
			}
			if want == core.ByPassphrase {
				_, err := p.Recover(t.Context(), Choice{Env: core.Sandbox})
				wantKind(t, "without the passphrase", err, fault.Locked)
			}
			choice := Choice{Env: core.Sandbox, Passphrase: secret.New(words)}
			if _, err := p.Recover(t.Context(), choice); err != nil {
				t.Fatal(err)
			}
			s = open(t, p, choice)
			if got := s.Vault.Info().Protector; got != want {
				t.Errorf("protected by %s, want %s", got, want)
			}
			wantBelongings(t, s)
			wantOnePlace(t, s, c)
			closeAll(t, s)
		})
	}
}
