package cli

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
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
			asked := strings.Count(all.String(), "assphrase: ") + strings.Count(all.String(), "The same again: ")
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
	code := Main(Program{Args: args, In: program, Out: &out, Err: program, Version: "1.2.3"})
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
