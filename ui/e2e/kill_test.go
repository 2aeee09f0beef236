package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/plaid"
	"bankbook/core/sandbox"
	"bankbook/core/secret"
	"bankbook/storage/keychain"
	"bankbook/storage/keychain/keychaintest"
	"bankbook/ui/boot"
)

// The keys of the practice bank of these tests.
const (
	bankID     = "client-of-the-kill-test"
	bankSecret = "secret-of-the-kill-test"
)

// leastKillPoints is how many places to be killed at the flow must offer, so
// that the test notices when it no longer looks closely.
const leastKillPoints = 50

// bankClock is a clock that a test moves.
type bankClock struct {
	mu     sync.Mutex
	offset time.Duration
}

func (c *bankClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.offset)
}

func (c *bankClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset += d
}

// killBench is a practice bank and a keychain, and data directories to be
// killed over.
type killBench struct {
	session *keychaintest.Session
	bank    *sandbox.Running
	clock   *bankClock
}

func newKillBench(t *testing.T, singleUse bool) *killBench {
	t.Helper()
	b := &killBench{session: keychaintest.StartAttended(t), clock: &bankClock{}}
	running, err := sandbox.Listen(t.Context(), sandbox.Config{
		ClientID: bankID, Secret: bankSecret, Now: b.clock.now, SingleUsePublicTokens: singleUse,
		InitialDelay: sandbox.Immediately, HistoryDelay: 200 * time.Millisecond, KeepItems: true,
	}, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := running.Close(); err != nil {
			t.Error(err)
		}
	})
	b.bank = running
	return b
}

// child runs the flow in a process of its own, which kills itself at a step.
// It returns the step at which it was killed, or "" and its exit code.
func (b *killBench) child(t *testing.T, data string, step int) (killed string, code int, stderr string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(b.session.Env(), childVariable+"="+linkRole, dataVariable+"="+data, bankVariable+"="+b.bank.URL(), killVariable+"="+strconv.Itoa(step))
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return strings.TrimSpace(out.String()), 0, errOut.String()
	}
	return "", cmd.ProcessState.ExitCode(), errOut.String()
}

// open opens what a child has left.
func (b *killBench) open(t *testing.T, data string) *boot.Services {
	t.Helper()
	p, err := boot.New(boot.Config{
		DataDir: data, PlaidURL: nowhere, Secrets: keychain.New(keychain.Options{Env: b.session.Env()}),
		Keys: plaid.Keys{ClientID: secret.New(bankID), Secret: secret.New(bankSecret)},
	})
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Open(t.Context(), boot.Choice{Env: core.Practice})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(s.Close(), p.Close()); err != nil {
			t.Error(err)
		}
	})
	return s
}

// holdsTheBank checks that a vault holds one Item, its token, and row for row
// what the bank holds.
func (b *killBench) holdsTheBank(t *testing.T, data string) {
	t.Helper()
	s := b.open(t, data)
	items, err := s.Vault.Items()
	if err != nil {
		t.Fatal(err)
	}
	if len(items) != 1 {
		t.Fatalf("the vault holds %d items, want one", len(items))
	}
	if _, err := s.Secrets.Get(t.Context(), secret.TokenName(core.Practice, items[0].ID)); err != nil {
		t.Fatalf("the access token is lost: %v", err)
	}
	truth, err := b.bank.Server().Truth(string(items[0].ID))
	if err != nil {
		t.Fatal(err)
	}
	sameRows(t, s.Vault, truth)
	if err := s.Vault.Verify(t.Context()); err != nil {
		t.Fatalf("verify: %v", err)
	}
	if active := s.Links.Active(); len(active) != 0 {
		t.Fatalf("%d link sessions are left over", len(active))
	}
	search, _ := secretsOf(t, s)
	searchFolder(t, data, search)
}

// TestKilledAtEachStep kills the program at every step of linking and the first
// sync: the next start resumes, and ends with one Item and every row once.
func TestKilledAtEachStep(t *testing.T) {
	b := newKillBench(t, false)
	points := b.killEverywhere(t, func(t *testing.T, data string) {
		if _, code, stderr := b.child(t, data, 0); code != childDone {
			t.Fatalf("the next start ended with %d: %s", code, stderr)
		}
		b.holdsTheBank(t, data)
	})
	if points < leastKillPoints {
		t.Errorf("the flow was killed at %d points, want at least %d", points, leastKillPoints)
	}
	t.Logf("killed at %d points", points)
}

// TestKilledWithSingleUseTokens does the same with a bank that exchanges a
// public token only once: the next start resumes, or says what is lost, and
// linking again then ends with one Item.
func TestKilledWithSingleUseTokens(t *testing.T) {
	b := newKillBench(t, true)
	lost := 0
	b.killEverywhere(t, func(t *testing.T, data string) {
		_, code, stderr := b.child(t, data, 0)
		if code == childLost {
			lost++
			_, code, stderr = b.child(t, data, 0)
		}
		if code != childDone {
			t.Fatalf("the next start ended with %d: %s", code, stderr)
		}
		b.holdsTheBank(t, data)
	})
	if lost == 0 || lost > 3 {
		t.Errorf("access was lost at %d points; only between the bank's answer and the keychain can it be", lost)
	}
	t.Logf("access lost, and said so, at %d points", lost)
}

// TestKilledWhileSyncing kills the program at every step of a later sync, with
// pending rows that post and others that vanish in it.
func TestKilledWhileSyncing(t *testing.T) {
	b := newKillBench(t, false)
	data := filepath.Join(t.TempDir(), "data")
	if _, code, stderr := b.child(t, data, 0); code != childDone {
		t.Fatalf("linking ended with %d: %s", code, stderr)
	}
	for step := 1; ; step++ {
		b.clock.advance(36 * time.Hour)
		killed, code, stderr := b.child(t, data, step)
		if killed == "" {
			if code != childDone {
				t.Fatalf("the sync ended with %d: %s", code, stderr)
			}
			if step < 5 {
				t.Fatalf("a sync has only %d steps", step-1)
			}
			break
		}
		if _, code, stderr := b.child(t, data, 0); code != childDone {
			t.Fatalf("after %q the next start ended with %d: %s", killed, code, stderr)
		}
		t.Run("after "+killed, func(t *testing.T) { b.holdsTheBank(t, data) })
	}
}

// killEverywhere runs the flow once for each of its steps, killed there, and
// calls after with what is left. It returns the number of steps.
func (b *killBench) killEverywhere(t *testing.T, after func(t *testing.T, data string)) int {
	t.Helper()
	for step := 1; ; step++ {
		data := filepath.Join(t.TempDir(), "data")
		killed, code, stderr := b.child(t, data, step)
		if killed == "" {
			if code != childDone {
				t.Fatalf("unkilled, the flow ended with %d: %s", code, stderr)
			}
			return step - 1
		}
		t.Run(fmt.Sprintf("killed at %s", killed), func(t *testing.T) { after(t, data) })
	}
}
