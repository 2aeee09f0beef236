package torture

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// These variables make the test binary play the script on the vault at
// childPath. The entries of its keychain come on the standard input.
const (
	childMode = "BANKBOOK_TORTURE_CHILD"
	childPath = "BANKBOOK_TORTURE_PATH"
	// childFrom is the first step; childTo is the step to stop before, or "".
	childFrom = "BANKBOOK_TORTURE_FROM"
	childTo   = "BANKBOOK_TORTURE_TO"
)

// What the child says on its standard output, one line each.
const (
	// saysReady comes before the vault is touched.
	saysReady = "ready"
	// saysDone is followed by the number of the last step that is done, by that
	// of the vault's last commit, and by that of the last snapshot.
	saysDone = "done"
	// saysSet and saysDelete tell of the keychain.
	saysSet    = "set"
	saysDelete = "delete"
	// saysFault is followed by a kind: a step went wrong.
	saysFault = "fault"
)

// player plays the script on a vault.
type player struct {
	path string
	keys secret.Store
	// children says that dangerous work is done in a child.
	children bool
	v        *vault.Vault
	// taken is the commit of the last snapshot, 0 if there has been none.
	taken uint64
}

// options are those under which both the child and the parent open a vault.
func options(path string, keys secret.Store) vault.Options {
	return vault.Options{
		Path: path, Env: core.Practice,
		Key: func(ctx context.Context, info vault.Info) (secret.Text, error) { return keys.Get(ctx, keyName(info)) },
		NewKey: func(ctx context.Context, info vault.Info, key secret.Text) error {
			return keys.Set(ctx, keyName(info), key)
		},
		BeforeMigration: func(ctx context.Context, v *vault.Vault) error {
			_, err := v.TakeSnapshot(ctx, vault.Migration)
			return err
		},
	}
}

func keyName(info vault.Info) secret.Name { return secret.VaultKeyName(info.ID, info.KeyID) }

func (p *player) open() (err error) {
	opts := options(p.path, p.keys)
	opts.Children = p.children
	p.v, err = vault.Open(background(), opts)
	return err
}

func (p *player) reopen() error {
	if v := p.v; v != nil {
		p.v = nil
		if err := v.Close(); err != nil {
			return err
		}
	}
	return p.open()
}

func (p *player) snapshot() (core.Snapshot, error) {
	taken, err := p.v.TakeSnapshot(background(), vault.Daily)
	if err == nil {
		p.taken = taken.Commit
	}
	return taken, err
}

// rotate makes new keys, and then destroys all that the old ones open, as
// Bankbook does when something has been deleted.
func (p *player) rotate() error {
	if err := p.v.Rotate(background(), vault.RotateOptions{}); err != nil {
		return err
	}
	fresh, err := p.snapshot()
	if err != nil {
		return err
	}
	if err := vault.RemoveSnapshots(vault.SnapshotDir(p.path), fresh.Path); err != nil {
		return err
	}
	return p.dropOldKeys()
}

func (p *player) dropOldKeys() error {
	return p.v.DropStrays(background(), func(ctx context.Context, info vault.Info) error {
		return p.keys.Delete(ctx, keyName(info))
	})
}

// keychain is a secret.Store whose entries can be listed, and which tells of
// every change.
type keychain struct {
	*secret.Memory
	mu    sync.Mutex
	names map[secret.Name]bool
	// ever are the values that have been kept at any time.
	ever []string
	tell func(line string)
}

func newKeychain() *keychain {
	return &keychain{Memory: secret.NewMemory(), names: map[secret.Name]bool{}, tell: func(string) {}}
}

func (k *keychain) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.names[name] = true
	k.ever = append(k.ever, value.Reveal())
	k.tell(setWords(name, value))
	return k.Memory.Set(ctx, name, value)
}

func (k *keychain) Delete(ctx context.Context, name secret.Name) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.names, name)
	k.tell(saysDelete + " " + string(name))
	return k.Memory.Delete(ctx, name)
}

func setWords(name secret.Name, value secret.Text) string {
	return fmt.Sprintf("%s %s %s", saysSet, name, base64.StdEncoding.EncodeToString([]byte(value.Reveal())))
}

// lines returns the entries as lines that hear understands.
func (k *keychain) lines() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	var s strings.Builder
	for _, name := range slices.Sorted(maps.Keys(k.names)) {
		if value, err := k.Get(background(), name); err == nil {
			s.WriteString(setWords(name, value) + "\n")
		}
	}
	return s.String()
}

// copy returns another keychain with the same entries.
func (k *keychain) copy() *keychain {
	other := newKeychain()
	for line := range strings.Lines(k.lines()) {
		other.hear(strings.Fields(line))
	}
	return other
}

// hear does what a line tells of another keychain, and reports whether it does.
func (k *keychain) hear(words []string) bool {
	switch {
	case len(words) == 3 && words[0] == saysSet:
		value, err := base64.StdEncoding.DecodeString(words[2])
		return err == nil && k.Set(background(), secret.Name(words[1]), secret.New(string(value))) == nil
	case len(words) == 2 && words[0] == saysDelete:
		return k.Delete(background(), secret.Name(words[1])) == nil
	}
	return false
}

// playChild plays the part that childMode names.
func playChild(mode string) int {
	runtime.LockOSThread() // strace counts the calls of a thread
	keys := newKeychain()
	entries := bufio.NewScanner(os.Stdin)
	for entries.Scan() {
		if !keys.hear(strings.Fields(entries.Text())) {
			return failChild(errors.New("the entries of the keychain are none"))
		}
	}
	keys.tell = func(line string) { say(line) }
	p := &player{path: os.Getenv(childPath), keys: keys, children: mode == modeTraced || mode == modeRecover}
	from, err := strconv.Atoi(os.Getenv(childFrom))
	if err != nil {
		return failChild(err)
	}
	to := -1
	if text := os.Getenv(childTo); text != "" {
		if to, err = strconv.Atoi(text); err != nil {
			return failChild(err)
		}
	}
	say(saysReady)
	switch mode {
	case modeFaults:
		return p.withFaults(from, to)
	case modeRecover, modeRecoverFaults:
		return p.recover()
	}
	return p.play(from, to)
}

// The parts.
const (
	modePlay = "play"
	// modeTraced does dangerous work in a child of its own, as Bankbook does.
	modeTraced = "traced"
	modeFaults = "faults"
	// modeRecover recovers a damaged vault.
	modeRecover = "recover"
	// modeRecoverFaults does the same although calls fail.
	modeRecoverFaults = "recover with faults"
)

// say tells the parent something. It is heard even if the disk is full.
func say(words ...any) { sayTo(os.Stdout, words...) }

func sayTo(out *os.File, words ...any) {
	line := fmt.Sprintln(words...)
	for _, err := out.WriteString(line); err != nil; {
		_, err = out.WriteString(line)
	}
}

// done tells that a step is done.
func (p *player) done(n int) { say(saysDone, n, p.v.Commit(), p.taken) }

func failChild(err error) int {
	sayTo(os.Stderr, err)
	return 1
}

// play opens the vault and goes through the script until it is killed or done.
func (p *player) play(from, to int) int {
	if err := p.open(); err != nil {
		return failChild(fmt.Errorf("open: %w", err))
	}
	p.done(from - 1)
	for n := from; n != to; n++ {
		s := stepAt(n)
		if err := s.do(p); err != nil {
			return failChild(fmt.Errorf("step %d, %s: %w", n, s.name, err))
		}
		p.done(n)
	}
	if err := p.v.Close(); err != nil {
		return failChild(err)
	}
	return 0
}

// childOf prepares the test binary to play the steps from one up to another;
// a negative last one means no end.
func childOf(t testing.TB, mode, path string, keys *keychain, from, to int) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	cmd := exec.CommandContext(t.Context(), self, "-test.run=^$")
	cmd.Env = append(os.Environ(), childMode+"="+mode, childPath+"="+path, childFrom+"="+strconv.Itoa(from))
	if to >= 0 {
		cmd.Env = append(cmd.Env, childTo+"="+strconv.Itoa(to))
	}
	cmd.Stdin = strings.NewReader(keys.lines())
	cmd.Stderr = os.Stderr
	return cmd
}

// untouched is what the number of the last step is before the vault has ever
// been opened.
const untouched = opened - 1

// told is what a child has told so far.
type told struct {
	// step is the last that it called done.
	step   int
	commit uint64
	// snapshot is the commit of the last snapshot that it has taken.
	snapshot uint64
	keys     *keychain
	faults   []string
}

// hear takes a line of the child.
func (s *told) hear(line string) error {
	words := strings.Fields(line)
	switch {
	case len(words) == 0, words[0] == saysReady:
		return nil
	case words[0] == saysDone:
		var snapshot uint64
		_, err := fmt.Sscan(strings.Join(words[1:], " "), &s.step, &s.commit, &snapshot)
		s.snapshot = max(s.snapshot, snapshot)
		return err
	case words[0] == saysFault:
		s.faults = append(s.faults, strings.Join(words[1:], " "))
		return nil
	case s.keys.hear(words):
		return nil
	}
	return fmt.Errorf("the child says %q", line)
}

// listen hears all lines until the child closes its output; each is called
// after each.
func (s *told) listen(from io.Reader, each func(line string)) error {
	lines := bufio.NewScanner(from)
	for lines.Scan() {
		if err := s.hear(lines.Text()); err != nil {
			return err
		}
		each(lines.Text())
	}
	return lines.Err()
}

// vaultIn is the path of the vault in a folder. Its own folder does not exist
// at first, as at a person's first start.
func vaultIn(dir string) string { return filepath.Join(dir, "data", "vault.db") }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
