package child

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
	"unicode"

	"bankbook/core/secret"
)

const (
	// answerLimit bounds what is kept of a child's stdout, noiseLimit of its
	// stderr.
	answerLimit = 2 * (frameHeader + frameLimit)
	noiseLimit  = 1 << 10
	// reapDelay is how long pipes may stay open after the child is gone.
	reapDelay = 200 * time.Millisecond

	// childVariable is set, to "1", in the environment of a child. A program
	// that has it and asks a child did not call Serve, and would start itself
	// over and over.
	childVariable = "BANKBOOK_CHILD"
)

var errNotServed = errors.New("this program is a child, but does not call Serve")

// Program says how children are started. The zero Program is the running
// program itself, with its own environment.
type Program struct {
	// Command starts a program that hands its arguments to Serve.
	Command []string
	// Env is the environment of that program, in the form of os.Environ.
	Env []string
}

// Request is one piece of work.
type Request struct {
	// Args are the child's arguments, the verb first.
	Args []string
	// Input is what the child reads with ReadFrame, one after the other.
	Input []secret.Text
}

// Silence is the error of a child that was started and has not answered.
type Silence struct {
	Err error
	// Said is the first line that the child complained with, or "".
	Said string
}

// Error returns the cause and what the child said.
func (s *Silence) Error() string {
	if s.Said == "" {
		return "no answer from the child: " + s.Err.Error()
	}
	return "no answer from the child: " + s.Err.Error() + " (" + s.Said + ")"
}

// Unwrap returns the cause.
func (s *Silence) Unwrap() error { return s.Err }

// Crashed reports whether the child was killed or has crashed of its work. Any
// other end without an answer means that it is not what it should be.
func (s *Silence) Crashed() bool {
	const crash = 2 // of a Go program that panics
	var exit *exec.ExitError
	return errors.As(s.Err, &exit) && (!exit.Exited() || exit.ExitCode() == crash)
}

// Ask runs one child for the request and waits for its end, which ctx forces.
// The error is nil if it has answered, whatever the answer, a *Silence if it has
// not, and another one if it could not be started.
func (p Program) Ask(ctx context.Context, r Request) (Answer, error) {
	out, noise := &capped{limit: answerLimit}, &capped{limit: noiseLimit}
	waitErr, startErr := p.run(ctx, r, out, noise)
	if startErr != nil {
		return Answer{}, startErr
	}
	// A whole answer counts even if the time ran out while the child was ending.
	answer, err := readAnswer(bytes.NewReader(out.kept))
	if err == nil {
		return answer, nil
	}
	line, _, _ := strings.Cut(strings.TrimSpace(string(noise.kept)), "\n")
	return Answer{}, &Silence{Err: cmp.Or(waitErr, err), Said: Line(line, r.Input...)}
}

// run starts the child, sends it the request and waits until it is gone.
func (p Program) run(ctx context.Context, r Request, out, noise *capped) (waitErr, startErr error) {
	if os.Getenv(childVariable) != "" {
		return nil, errNotServed
	}
	argv, err := p.command()
	if err != nil {
		return nil, err
	}
	argv = append(argv, r.Args...)
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Env = append(p.environ(), childVariable+"=1")
	cmd.Stdout, cmd.Stderr = out, noise
	cmd.WaitDelay = reapDelay
	ownGroup(cmd)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("child's stdin: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the child: %w", err)
	}
	for _, piece := range r.Input {
		// A child that no longer reads is a child that died: Wait tells.
		_ = writeFrame(stdin, []byte(piece.Reveal()))
	}
	return cmd.Wait(), nil
}

// command returns what starts the child.
func (p Program) command() ([]string, error) {
	if len(p.Command) > 0 {
		return slices.Clone(p.Command), nil
	}
	self, err := ownProgram()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	return []string{self}, nil
}

func (p Program) environ() []string {
	if p.Env != nil {
		return slices.Clone(p.Env)
	}
	return os.Environ()
}

// Line makes a foreign text fit for a log: one line, bounded, without the
// secrets at hand.
func Line(s string, hide ...secret.Text) string {
	const limit = 200
	for _, h := range hide {
		if v := h.Reveal(); v != "" {
			s = strings.ReplaceAll(s, v, h.String())
		}
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	return strings.ToValidUTF8(s[:min(len(s), limit)], "")
}

// capped keeps the first bytes of a stream and takes the rest without a word,
// so that a child that talks too much does not block.
type capped struct {
	kept  []byte
	limit int
}

func (c *capped) Write(p []byte) (int, error) {
	c.kept = append(c.kept, p[:min(len(p), c.limit-len(c.kept))]...)
	return len(p), nil
}

// ownProgram returns a path that starts this very program.
func ownProgram() (string, error) {
	// On Linux this name still leads to the running program after an update has
	// put another file in its place.
	const self = "/proc/self/exe"
	if _, err := os.Stat(self); err == nil {
		return self, nil
	}
	return os.Executable()
}
