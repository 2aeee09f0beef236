package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"bankbook/ui/say"
)

// terminal returns both ends of a new terminal: the person's, and the program's.
func terminal(t *testing.T) (person, program *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = person.Close() })
	if err := unix.IoctlSetPointerInt(int(person.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(person.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = program.Close() })
	return person, program
}

// atTerminal runs a command for a person who types lines when asked, and
// returns what was on the screen too.
func (h *home) atTerminal(lines []string, args ...string) (o outcome, screen string) {
	h.t.Helper()
	person, program := terminal(h.t)
	seen := make(chan string)
	go func() {
		var all bytes.Buffer
		answered := 0
		buf := make([]byte, 256)
		for {
			n, err := person.Read(buf)
			all.Write(buf[:n])
			asked := strings.Count(all.String(), "assphrase: ") + strings.Count(all.String(), "The same again: ") +
				strings.Count(all.String(), "Client ID for Plaid Sandbox: ") + strings.Count(all.String(), "Plaid Sandbox secret: ")
			for ; answered < min(asked, len(lines)); answered++ {
				_, _ = person.WriteString(lines[answered])
			}
			if err != nil {
				seen <- all.String()
				return
			}
		}
	}()
	var out bytes.Buffer
	args = append([]string{"--data-dir", h.dir, "--env", "practice"}, args...)
	code := Main(Program{Args: args, In: program, Out: &out, Err: program, Version: "1.2.3", HTTP: h.plaid})
	_ = program.Close() // the person's end then reads no more
	screen = <-seen
	return outcome{code, out.String(), screen}, screen
}

func TestPassphraseIsAskedForAndNotShown(t *testing.T) {
	h := newHome(t)
	o, screen := h.atTerminal([]string{"a wrong passphrase\r", "correct horse battery\r"}, "banks")
	h.wantCode(exitOK, o)
	if strings.Contains(screen, "wrong") || strings.Contains(screen, "horse") {
		t.Errorf("the screen shows a passphrase: %q", screen)
	}
	o, _ = h.atTerminal([]string{"no\r", "not\r", "neither\r", "nor\r"}, "banks")
	h.wantCode(exitKeychain, o)
	if n := strings.Count(o.err, "Passphrase: "); n != tries {
		t.Errorf("asked %d times", n)
	}
	o, _ = h.atTerminal([]string{"\x03"}, "banks")
	h.wantCode(exitInterrupted, o)

	o, _ = h.atTerminal([]string{"correct horse battery\r", "the second passphrase\r", "another one\r"}, "passphrase")
	h.wantCode(exitUsage, o)
	o, screen = h.atTerminal([]string{"correct horse battery\r", "the second passphrase\r", "the second passphrase\r"}, "passphrase")
	h.wantCode(exitOK, o)
	if strings.Contains(screen, "second") {
		t.Errorf("the screen shows a passphrase: %q", screen)
	}
	h.current = h.file("the second passphrase")
	h.must("banks", "--passphrase-file", h.current)
}

// Only a person who watches is shown how far a backup has come, and nothing of it
// stays on the screen.
func TestProgressAtTheTerminal(t *testing.T) {
	h := newHome(t)
	words, file := h.file("a passphrase for the backup\n"), filepath.Join(t.TempDir(), "backup")
	backup := []string{"backup", file, "--overwrite", "--passphrase-file", h.current, "--backup-passphrase-file", words}
	o, screen := h.atTerminal(nil, backup...)
	h.wantCode(exitOK, o)
	wantProgress(t, screen, "Backing up…", "Checking the backup…")
	there := &home{t: t, dir: filepath.Join(t.TempDir(), "there")}
	restore := []string{"restore", file, "--protect", "passphrase", "--new-passphrase-file", words, "--backup-passphrase-file", words, "--replace"}
	o, screen = there.atTerminal(nil, restore...)
	there.wantCode(exitOK, o)
	wantProgress(t, screen, "Reading the backup…", "Checking and restoring…")

	o, screen = h.atTerminal(nil, append(backup, "--json")...)
	h.wantCode(exitOK, o)
	if screen != "" {
		t.Errorf("with --json the screen shows %q", screen)
	}
	var kept bytes.Buffer
	tell, end := (&command{program: Program{Err: &kept}}).progress(say.BackingUp)
	if end(); tell != nil || kept.Len() > 0 {
		t.Errorf("in a file stands %q", kept.String())
	}
}

// wantProgress checks that a line begins with the first text, comes to the last,
// and is empty at its end.
func wantProgress(t *testing.T, screen, first, last string) {
	t.Helper()
	states := strings.Split(strings.TrimSuffix(screen, "\r"), "\r")
	if len(states) < 4 || states[1] != first || strings.TrimSpace(states[len(states)-2]) != last || strings.TrimSpace(states[len(states)-1]) != "" {
		t.Errorf("the screen shows %q", states)
	}
}

func TestKeysAreAskedForAndNotShown(t *testing.T) {
	h := newKeyHome(t)
	o, screen := h.atTerminal([]string{ownID + "\r", ownSecret + "\r"}, "--env", "sandbox", "--passphrase-file", h.current, "keys", "set")
	h.wantCode(exitOK, o)
	if strings.Contains(screen, ownSecret) || strings.Contains(screen, ownID) {
		t.Errorf("the screen shows keys: %q", screen)
	}
	if !strings.Contains(o.out, "Works, tested") {
		t.Errorf("it tells %q", o.out)
	}
}
