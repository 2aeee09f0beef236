package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"bankbook/core/fault"
	"bankbook/core/link"
)

// outcome is what a command printed and returned.
type outcome struct {
	code     int
	out, err string
}

// run runs a command that keeps nothing, in a data directory of the test.
func run(t *testing.T, args ...string) outcome {
	t.Helper()
	var out, noise bytes.Buffer
	args = append([]string{"--data-dir", filepath.Join(t.TempDir(), "data"), "--session-only"}, args...)
	code := Main(Program{Args: args, In: strings.NewReader(""), Out: &out, Err: &noise, Version: "1.2.3"})
	return outcome{code, out.String(), noise.String()}
}

func TestExitCodeOfEveryKind(t *testing.T) {
	want := map[int][]fault.Kind{
		exitInternal: {fault.Internal},
		exitUsage:    {fault.Invalid, fault.NotFound, fault.ByHand, fault.Shared},
		exitKeys:     {fault.Keys, fault.NoKeys, fault.ReviewCopy},
		exitUnreachable: {
			fault.Network, fault.RateLimit, fault.BankDown, fault.NotReady, fault.Nonsense, fault.Unsupported,
			fault.Refused, fault.Mutation, fault.StaleCursor,
		},
		exitUser: {fault.SignIn, fault.Consent, fault.BankSite, fault.Gone},
		exitVault: {
			fault.VaultInUse, fault.VaultNewer, fault.VaultForeign, fault.VaultDamaged, fault.VaultKey,
			fault.VaultReplaced, fault.PracticeDamaged, fault.PracticeInUse, fault.LockboxDamaged, fault.BackupDamaged,
			fault.Occupied, fault.Unreadable, fault.DiskFull,
		},
		exitKeychain: {
			fault.KeychainMissing, fault.KeychainLocked, fault.KeychainTimeout, fault.KeychainLied, fault.SecretMissing,
			fault.Locked, fault.Passphrase,
		},
		exitNotLinked:   {fault.Expired},
		exitNoScreen:    {fault.NoDisplay, fault.NoBrowser},
		exitInterrupted: {fault.Canceled, fault.Interrupted},
	}
	missing := fault.Kinds()
	for code, kinds := range want {
		for _, kind := range kinds {
			err := fmt.Errorf("outer: %w", fault.New("test", kind, nil))
			if got := (&command{}).exitCode(err); got != code {
				t.Errorf("%s exits with %d, want %d", kind, got, code)
			}
			missing = slices.DeleteFunc(missing, func(k fault.Kind) bool { return k == kind })
		}
	}
	if len(missing) != 0 {
		t.Errorf("no exit code is expected of %v", missing)
	}
	if got := (&command{}).exitCode(nil); got != exitOK {
		t.Errorf("success exits with %d", got)
	}
	if got := (&command{}).exitCode(errors.New("anything")); got != exitInternal {
		t.Errorf("any other error exits with %d", got)
	}
}

func TestExitCodeOfALinkWithoutABank(t *testing.T) {
	for stage, want := range map[link.Stage]int{
		link.Exited: exitNotLinked, link.Expired: exitNotLinked, link.Discarded: exitNotLinked,
		link.Failed: exitKeychain, link.Exchanging: exitKeychain,
	} {
		s := link.Session{Stage: stage}
		s.Trouble.Kind = fault.KeychainLocked
		if got := (&command{}).exitCode(notLinked(s)); got != want {
			t.Errorf("%s exits with %d, want %d", stage, got, want)
		}
	}
}

func TestExitCodesAreDescribedOnceAndAlike(t *testing.T) {
	lines := strings.Split(exitCodesText, "\n")
	if len(lines) != exitInterrupted+1 {
		t.Errorf("%d codes are described, there are %d", len(lines), exitInterrupted+1)
	}
	for code, line := range lines {
		if first, _, _ := strings.Cut(line, " "); first != strconv.Itoa(code) {
			t.Errorf("line %d describes %s", code, first)
		}
	}
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var inDoc []string
	for _, m := range regexp.MustCompile(`(?m)^//\t(\d.*)$`).FindAllSubmatch(doc, -1) {
		inDoc = append(inDoc, string(m[1]))
	}
	if !slices.Equal(inDoc, lines) {
		t.Errorf("doc.go says\n%s\nthe topic says\n%s", strings.Join(inDoc, "\n"), exitCodesText)
	}
	if r := run(t, "exit-codes"); r.code != exitOK || !strings.Contains(r.out, exitCodesText) {
		t.Errorf("bankbook exit-codes: %+v", r)
	}
}

func TestUsageErrors(t *testing.T) {
	for _, c := range []struct {
		args []string
		word string
	}{
		{[]string{"bnaks"}, "bnaks"},
		{[]string{"banks", "extra"}, "takes no arguments"},
		{[]string{"banks", "--nonsense"}, "nonsense"},
		{[]string{"banks", "--env=development"}, "--env"},
		{[]string{"link", "--days=0"}, "1 and 730"},
		{[]string{"link", "--days=731"}, "1 and 730"},
		{[]string{"link", "--days=many"}, "days"},
		{[]string{"link", "--env=production", "--instant"}, "--instant"},
		{[]string{"transactions", "--limit=-1"}, "below zero"},
		{[]string{"transactions", "--account=none"}, ""},
		{[]string{"transactions", "--month=March"}, "--month"},
		{[]string{"transactions", "--month=2026-13"}, "--month"},
		{[]string{"transactions", "--offset=-1"}, "below zero"},
		{[]string{"transactions", "--sort=colour"}, "colour"},
		{[]string{"transactions", "--sort=name pending"}, "name pending"},
		{[]string{"transactions", "--group-by=colour"}, "colour"},
		{[]string{"transactions", "--csv", "--totals"}, "totals"},
		{[]string{"sandbox", "--listen=0.0.0.0:0"}, "loopback"},
		{[]string{"sandbox", "--client-id="}, "client id"},
		{[]string{"sandbox", "--time=yesterday"}, "--time"},
		{[]string{"sandbox", "--advance=-1h"}, "--advance"},
		{[]string{"sandbox", "--initial-delay=-1s"}, "--initial-delay"},
		{[]string{"sandbox", "--rate-limits=perhaps"}, "rate-limits"},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			r := run(t, c.args...)
			if r.code != exitUsage || r.out != "" || !strings.Contains(r.err, c.word) || r.err == "" {
				t.Errorf("%+v, want %d and %q", r, exitUsage, c.word)
			}
		})
	}
}

func TestMissingKeychainTellsOfThePassphrase(t *testing.T) {
	if m := message(fault.New("test", fault.KeychainMissing, nil)); !strings.Contains(m.Hint, "bankbook protect passphrase") {
		t.Errorf("the hint is %q", m.Hint)
	}
}

func TestErrorsForMachines(t *testing.T) {
	damaged := filepath.Join(t.TempDir(), "bank.json")
	if err := os.WriteFile(damaged, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		kind fault.Kind
		code int
	}{
		{[]string{"--json", "link", "--days=0"}, fault.Invalid, exitUsage},
		{[]string{"--json", "bnaks"}, fault.Invalid, exitUsage},
		{[]string{"--json", "transactions", "--account=none"}, fault.NotFound, exitUsage},
		{[]string{"--json", "sandbox", "--state", damaged}, fault.PracticeDamaged, exitVault},
		{[]string{"--json", "link", "--env=sandbox", "--instant"}, fault.NoKeys, exitKeys},
	} {
		r := run(t, c.args...)
		lines := strings.Split(strings.TrimSpace(r.err), "\n")
		var got map[string]errorRecord
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &got); err != nil {
			t.Errorf("%v: %v in %q", c.args, err, r.err)
			continue
		}
		if e := got["error"]; e.Kind != c.kind || e.ExitCode != c.code || r.code != c.code || e.Message == "" || r.out != "" {
			t.Errorf("%v: %+v, %+v", c.args, r, e)
		}
	}
}

func TestJSONOfNothing(t *testing.T) {
	for _, name := range []string{"banks", "accounts", "transactions", "summary", "activity", "sync"} {
		if r := run(t, name, "--json"); r.code != exitOK || r.out != "[]\n" {
			t.Errorf("%s: %+v", name, r)
		}
		if r := run(t, name); r.code != exitOK || !strings.HasSuffix(r.out, ".\n") && !strings.HasSuffix(r.out, "link\n") {
			t.Errorf("%s says nothing of it: %+v", name, r)
		}
	}
}

func TestNotesOfManyWorkersAreWhole(t *testing.T) {
	var noise bytes.Buffer
	c := &command{program: Program{Err: &noise}}
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() { c.note("%s", "one line of progress") })
	}
	wg.Wait()
	if want := strings.Repeat("one line of progress\n", 50); noise.String() != want {
		t.Errorf("printed %q", noise.String())
	}
}

func TestPortalIsMetOnlyBeforeAWindow(t *testing.T) {
	t.Setenv("DISPLAY", ":0")
	t.Setenv(secretVariable, "")
	for line, want := range map[string]bool{
		"":                                  true,
		"--env practice --data-dir sync":    true,
		"--session-only":                    true,
		"sync":                              false,
		"--env practice sync":               false,
		"link --instant":                    false,
		"keychain-op get bankbook a":        false,
		"--help":                            false,
		"--no-such-flag":                    false,
		"no-such-command":                   false,
		"restore --replace some-backup.age": false,
	} {
		if got := meetsPortal(strings.Fields(line)); got != want {
			t.Errorf("bankbook %s: %t", line, got)
		}
	}
	t.Setenv(secretVariable, "my secret")
	if meetsPortal(nil) {
		t.Error("keys stay open to others while the portal looks")
	}
}

func TestKeysLeaveTheEnvironment(t *testing.T) {
	t.Setenv(clientIDVariable, "my id")
	t.Setenv(secretVariable, "my secret")
	keys := takeKeys()
	if keys.ClientID.Reveal() != "my id" || keys.Secret.Reveal() != "my secret" {
		t.Error("the keys are not read")
	}
	for _, pair := range os.Environ() {
		if strings.HasPrefix(pair, "PLAID_") {
			t.Errorf("a child inherits %s", pair)
		}
	}
}
