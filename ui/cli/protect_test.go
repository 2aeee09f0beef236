package cli

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/ui/boot"
)

// TestMain lets the test binary be the program's child, as main does.
func TestMain(m *testing.M) {
	if code, handled := boot.ServeChild(os.Args[1:], os.Stdin, os.Stdout); handled {
		os.Exit(code)
	}
	os.Exit(m.Run())
}

// home is a data directory in which a passphrase protects the practice bank.
type home struct {
	t       *testing.T
	dir     string
	current string
	// plaid is what takes Plaid's place; nil is nothing.
	plaid *http.Client
}

func newHome(t *testing.T) *home {
	t.Helper()
	h := &home{t: t, dir: filepath.Join(t.TempDir(), "data")}
	h.current = h.file("correct horse battery\n")
	h.must("protect", "passphrase", "--new-passphrase-file", h.current)
	return h
}

// file writes a file and returns its path.
func (h *home) file(content string) string {
	h.t.Helper()
	path := filepath.Join(h.t.TempDir(), "words")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return path
}

func (h *home) runWith(in string, args ...string) outcome {
	h.t.Helper()
	var out, noise bytes.Buffer
	args = append([]string{"--data-dir", h.dir, "--env", "practice"}, args...)
	code := Main(Program{Args: args, In: strings.NewReader(in), Out: &out, Err: &noise, Version: "1.2.3"})
	return outcome{code, out.String(), noise.String()}
}

func (h *home) run(args ...string) outcome {
	h.t.Helper()
	return h.runWith("", args...)
}

func (h *home) must(args ...string) outcome {
	h.t.Helper()
	o := h.run(args...)
	if o.code != exitOK {
		h.t.Fatalf("bankbook %v: exit code %d\n%s%s", args, o.code, o.out, o.err)
	}
	return o
}

func (h *home) wantCode(want int, o outcome) {
	h.t.Helper()
	if o.code != want {
		h.t.Errorf("exit code %d, want %d\n%s%s", o.code, want, o.out, o.err)
	}
}

func TestPassphraseOpensEveryCommand(t *testing.T) {
	h := newHome(t)
	wrong := h.file("a wrong passphrase\n")
	for _, args := range [][]string{{"banks"}, {"accounts"}, {"transactions"}, {"summary"}, {"check"}, {"protect"}} {
		locked := h.run(args...)
		h.wantCode(exitKeychain, locked)
		if !strings.Contains(locked.err, "protected by a passphrase") {
			t.Errorf("%v says %q", args, locked.err)
		}
		h.must(append(args, "--passphrase-file", h.current)...)
	}
	h.wantCode(exitKeychain, h.run("banks", "--passphrase-file", wrong))
	h.wantCode(exitOK, h.runWith("correct horse battery\n", "banks", "--passphrase-file", "-"))
	h.wantCode(exitVault, h.run("banks", "--passphrase-file", filepath.Join(h.dir, "missing")))
	h.wantCode(exitUsage, h.run("banks", "--passphrase-file", h.file(strings.Repeat("x", maxLine+1))))
}

func TestProtectionIsShown(t *testing.T) {
	h := newHome(t)
	if o := h.must("protect", "--passphrase-file", h.current); !strings.Contains(o.out, "Your passphrase") || !strings.Contains(o.out, "15 minutes") {
		t.Errorf("it says\n%s", o.out)
	}
	var got protectionRecord
	if err := json.Unmarshal([]byte(h.must("protect", "--json", "--passphrase-file", h.current).out), &got); err != nil {
		t.Fatal(err)
	}
	if want := (protectionRecord{Protector: core.ByPassphrase, LockAfterSeconds: 900}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestPassphraseIsChangedAndReplaced(t *testing.T) {
	h := newHome(t)
	h.wantCode(exitUsage, h.run("passphrase", "--passphrase-file", h.current, "--new-passphrase-file", h.file("short\n")))
	h.wantCode(exitOK, h.runWith("correct horse battery\nthe second passphrase\n", "passphrase", "--passphrase-file", "-", "--new-passphrase-file", "-"))
	h.wantCode(exitKeychain, h.run("banks", "--passphrase-file", h.current))
	h.current = h.file("the second passphrase")

	printed := h.must("recovery-key", "--passphrase-file", h.current).out
	key := regexp.MustCompile(`(?:[0-9A-Z]{5}-){7}[0-9A-Z]{5}`).FindString(printed)
	if key == "" {
		t.Fatalf("no recovery key in %q", printed)
	}
	onPaper := h.file(strings.ToLower(strings.ReplaceAll(key, "-", " ")) + "\n")
	third := h.file("the third passphrase\n")
	h.wantCode(exitUsage, h.run("passphrase", "--forgotten", "--passphrase-file", h.file(key[1:]), "--new-passphrase-file", third))
	h.must("passphrase", "--forgotten", "--passphrase-file", onPaper, "--new-passphrase-file", third)
	h.wantCode(exitKeychain, h.run("banks", "--passphrase-file", h.current))
	h.must("recovery-key", "--remove", "--passphrase-file", third)
	h.wantCode(exitKeychain, h.run("passphrase", "--forgotten", "--passphrase-file", onPaper, "--new-passphrase-file", third))
	h.must("banks", "--passphrase-file", third)
}

func TestNobodyToAsk(t *testing.T) {
	h := newHome(t)
	h.wantCode(exitKeychain, h.run("passphrase", "--passphrase-file", h.current))
	h.wantCode(exitUsage, h.run("protect", "passphrase", "--passphrase-file", h.current, "--new-passphrase-file", h.file("another passphrase")))
	empty := &home{t: t, dir: filepath.Join(t.TempDir(), "empty")}
	empty.wantCode(exitKeychain, empty.run("protect", "passphrase"))
	empty.wantCode(exitUsage, empty.run("passphrase", "--forgotten", "--passphrase-file", h.current, "--new-passphrase-file", h.current))
}

func TestLinkingEndsWithASnapshot(t *testing.T) {
	h := newHome(t)
	h.must("link", "--instant", "--passphrase-file", h.current)
	if o := h.must("check", "--passphrase-file", h.current); !strings.Contains(o.out, "Daily") {
		t.Errorf("there is no snapshot in\n%s", o.out)
	}
}
