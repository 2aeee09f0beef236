package keychain_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/keychain"
	"bankbook/storage/keychain/keychaintest"
)

func currentUser(t *testing.T) string {
	t.Helper()
	u, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	return u.Uid
}

// await waits for a state of another process or of the runtime.
func await(t *testing.T, what string, reached func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), lenient)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !reached() {
		select {
		case <-ctx.Done():
			t.Fatalf("it is still not so that %s", what)
		case <-tick.C:
		}
	}
}

// ownChildren returns the processes, dead or alive, that are operations of a
// Store in this test: children of ours with Verb in the argument list, and
// children that nobody has waited for.
func ownChildren(t *testing.T) []int {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("processes are looked up in /proc, which is not here")
	}
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	var found []int
	for _, file := range files {
		stat, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		// pid (comm) state ppid …; comm can hold blanks.
		rest := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
		if len(rest) < 2 || rest[1] != strconv.Itoa(os.Getpid()) {
			continue
		}
		argv, _ := os.ReadFile(filepath.Join(filepath.Dir(file), "cmdline"))
		if rest[0] == "Z" || bytes.Contains(argv, []byte("\x00"+keychain.Verb+"\x00")) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
			found = append(found, pid)
		}
	}
	return found
}

func wantNoChildren(t *testing.T) {
	t.Helper()
	if left := ownChildren(t); len(left) != 0 {
		t.Errorf("processes %v are left over", left)
	}
}

// While a child waits for the person, nobody can read the secret off the list
// of processes.
func TestSecretIsNeitherArgumentNorEnvironment(t *testing.T) {
	session := keychaintest.StartBus(t)
	service := serve(t, session, never)
	store := open(t, session, lenient)
	ended := make(chan error, 1)
	go func() { ended <- store.Set(t.Context(), name, secret.New(token)) }()
	<-service.prompted
	children := ownChildren(t)
	if len(children) != 1 {
		t.Fatalf("children %v, want one", children)
	}
	for _, file := range []string{"cmdline", "environ"} {
		content, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(children[0]), file))
		if err != nil || len(content) == 0 {
			t.Fatalf("%s: %d bytes, %v", file, len(content), err)
		}
		if bytes.Contains(content, []byte(token)) {
			t.Errorf("the secret stands in the child's %s", file)
		}
	}
	service.answerPrompts()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if users := service.users(); !slices.Contains(users, string(name)) {
		t.Errorf("stored for %q", users)
	}
}

// A killed parent closes the child's stdin. The child then ends, although the
// keychain still waits for the person.
func TestChildEndsWithItsParent(t *testing.T) {
	session := keychaintest.StartBus(t)
	service := serve(t, session, never)
	ctx, cancel := context.WithTimeout(t.Context(), lenient)
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0], keychain.Verb, "get", "bankbook", string(name))
	child.Env = session.Env()
	stdin, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	<-service.prompted
	if err := stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if err := child.Wait(); child.ProcessState.ExitCode() != 3 {
		t.Errorf("the child ended with %v, want the exit code of one that is alone", err)
	}
}

// What the child has started is killed with it.
func TestStopKillsTheGroup(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("processes are looked up in /proc, which is not here")
	}
	file := filepath.Join(t.TempDir(), "pid")
	store := keychain.New(keychain.Options{
		Command:  shell(t, "sleep 600 & echo $! >'"+file+".new'; mv '"+file+".new' '"+file+"'; wait"),
		Deadline: lenient,
	})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- store.Delete(ctx, name) }()
	var pid []byte
	await(t, "the child has started its program", func() (up bool) {
		var err error
		pid, err = os.ReadFile(file)
		return err == nil
	})
	stop()
	if err := <-ended; !fault.Is(err, fault.Canceled) {
		t.Errorf("%v, want the kind %s", err, fault.Canceled)
	}
	cmdline := filepath.Join("/proc", strings.TrimSpace(string(pid)), "cmdline")
	await(t, "that program is gone", func() bool {
		// A killed orphan has no command line until it is buried.
		content, err := os.ReadFile(cmdline)
		return err != nil || len(content) == 0
	})
}

func TestNothingLeaks(t *testing.T) {
	session := keychaintest.StartBus(t)
	serve(t, session, never)
	store := open(t, session, 50*time.Millisecond)
	before := runtime.NumGoroutine()
	for range 5 {
		wantAll(t, store, fault.KeychainTimeout)
	}
	wantNoChildren(t)
	await(t, "every goroutine of the calls has ended", func() bool { return runtime.NumGoroutine() <= before })
}

// A child that is not what it should be: the kind tells a crash from a
// mistake, the cause holds one clean line and never the secret.
func TestStrangeChildren(t *testing.T) {
	tests := []struct {
		what, script string
		want         fault.Kind
		says         string
	}{
		{"silent", "exit 0", fault.Internal, ""},
		{"knows no such command", "echo 'unknown command' >&2; exit 1", fault.Internal, "unknown command"},
		{"talks first", "echo hello, nice to meet you", fault.Internal, ""},
		{"cut answer", `printf 'BBK1\0\0\0\0'`, fault.Internal, ""},
		{"crashes", "echo 'panic: no bus' >&2; exit 2", fault.KeychainTimeout, "panic: no bus"},
		{"is killed", "kill -9 $$", fault.KeychainTimeout, "killed"},
		{"floods", "head -c 2000000 /dev/zero; head -c 2000000 /dev/zero >&2; exit 2", fault.KeychainTimeout, ""},
		{"tells the secret", "echo 'stored " + token + "' >&2; exit 2", fault.KeychainTimeout, "***"},
		{"many lines", `printf 'first \033[31m\nsecond\n' >&2; exit 2`, fault.KeychainTimeout, "first  [31m"},
	}
	for _, tt := range tests {
		t.Run(tt.what, func(t *testing.T) {
			store := keychain.New(keychain.Options{Command: shell(t, tt.script), Deadline: 10 * time.Second})
			err := store.Set(t.Context(), name, secret.New(token))
			if !fault.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) {
				t.Fatalf("%v, want the kind %s and the words %q", err, tt.want, tt.says)
			}
			if text := err.Error(); strings.Contains(text, token) || strings.Contains(text, "second") || len(text) > 400 {
				t.Errorf("the error tells too much: %q", text)
			}
		})
	}
	missing := keychain.New(keychain.Options{Command: []string{filepath.Join(t.TempDir(), "none")}})
	if _, err := missing.Get(t.Context(), name); !fault.Is(err, fault.Internal) {
		t.Errorf("no such program: %v", err)
	}
}

// A program that forgets to call Serve starts itself once, not for ever.
func TestChildStartsNoChild(t *testing.T) {
	asks := keychain.New(keychain.Options{Command: shell(t, `echo "child=$BANKBOOK_CHILD" >&2; exit 1`)})
	if _, err := asks.Get(t.Context(), name); err == nil || !strings.Contains(err.Error(), "child=1") {
		t.Errorf("the child does not learn that it is one: %v", err)
	}
	t.Setenv("BANKBOOK_CHILD", "1")
	if _, err := asks.Get(t.Context(), name); !fault.Is(err, fault.Internal) || strings.Contains(err.Error(), "child=1") {
		t.Errorf("a child has started a child: %v", err)
	}
}

// Whatever happens to a Set, its error does not hold the secret.
func TestErrorsHoldNoSecret(t *testing.T) {
	for _, m := range []mode{createDismissed, createGarbles, createTells, unlockDismissed, saysLocked, noKeychain, busDies} {
		session := keychaintest.StartBus(t)
		serve(t, session, m)
		err := open(t, session, lenient).Set(t.Context(), name, secret.New(token))
		if err == nil || strings.Contains(err.Error(), token) {
			t.Errorf("mode %d: %v", m, err)
		}
	}
}

func TestServeLeavesOthersAlone(t *testing.T) {
	for _, args := range [][]string{nil, {}, {"sync"}, {"get", keychain.Verb}, {"--" + keychain.Verb, "get", "a", "b"}} {
		var out bytes.Buffer
		if handled, code := keychain.Serve(args, strings.NewReader(""), &out); handled || code != 0 || out.Len() != 0 {
			t.Errorf("%q: handled %v, code %d, %d bytes", args, handled, code, out.Len())
		}
	}
	for _, args := range [][]string{{keychain.Verb}, {keychain.Verb, "get", "bankbook"}, {keychain.Verb, "set", "bankbook", "a"}} {
		var out bytes.Buffer
		if handled, code := keychain.Serve(args, strings.NewReader("no frame"), &out); !handled || code == 0 || out.Len() != 0 {
			t.Errorf("%q: handled %v, code %d, %d bytes", args, handled, code, out.Len())
		}
	}
}
