package keychain

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

	"bankbook/core/fault"
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
	// that has it and opens a Store did not call Serve, and would start itself
	// over and over.
	childVariable = "BANKBOOK_KEYCHAIN_CHILD"
)

var errNotServed = errors.New("this program is the child of a keychain, but does not call Serve")

// ask runs one child for the request and waits for its end, which ctx forces.
func (s *Store) ask(ctx context.Context, r request) (secret.Text, error) {
	out, noise := &capped{limit: answerLimit}, &capped{limit: noiseLimit}
	waitErr, startErr := s.runChild(ctx, r, out, noise)
	if startErr != nil {
		return secret.Text{}, fault.New(r.opName(), fault.Internal, startErr)
	}
	// A whole answer counts even if the time ran out while the child was ending.
	reply, readErr := readAnswer(bytes.NewReader(out.kept))
	switch {
	case readErr == nil && reply.kind == "":
		return secret.New(string(reply.value)), nil
	case readErr == nil:
		return secret.Text{}, fault.New(r.opName(), knownKind(reply.kind), errors.New(reply.cause))
	}
	if err := secret.Ended(ctx, r.opName()); err != nil {
		return secret.Text{}, err
	}
	return secret.Text{}, fault.New(r.opName(), silence(waitErr), noAnswer(cmp.Or(waitErr, readErr), noise.kept, r.value))
}

// runChild starts the child, sends it the request and waits until it is gone.
func (s *Store) runChild(ctx context.Context, r request, out, noise *capped) (waitErr, startErr error) {
	if os.Getenv(childVariable) != "" {
		return nil, errNotServed
	}
	argv, err := s.command()
	if err != nil {
		return nil, err
	}
	argv = append(argv, Verb, string(r.op), s.options.Service, string(r.name))
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Env = append(s.environ(), childVariable+"=1")
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
	if r.op == opSet {
		// A child that no longer reads is a child that died: Wait tells.
		_ = writeFrame(stdin, []byte(r.value.Reveal()))
	}
	return cmd.Wait(), nil
}

// command returns what starts the child.
func (s *Store) command() ([]string, error) {
	if len(s.options.Command) > 0 {
		return slices.Clone(s.options.Command), nil
	}
	self, err := ownProgram()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	return []string{self}, nil
}

func (s *Store) environ() []string {
	if s.options.Env != nil {
		return slices.Clone(s.options.Env)
	}
	return os.Environ()
}

// knownKind returns the kind that the child named, if it is one.
func knownKind(kind string) fault.Kind {
	if k := fault.Kind(kind); slices.Contains(fault.Kinds(), k) {
		return k
	}
	return fault.Internal
}

// silence sorts a child that ended without an answer. One that was killed or
// crashed died of what the keychain did to it, and the keychain did not answer;
// any other end means that the child is not what it should be.
func silence(waitErr error) fault.Kind {
	const crash = 2 // of a Go program that panics
	var exit *exec.ExitError
	if errors.As(waitErr, &exit) && (!exit.Exited() || exit.ExitCode() == crash) {
		return fault.KeychainTimeout
	}
	return fault.Internal
}

// noAnswer describes such a child by the first line it complained with.
func noAnswer(cause error, noise []byte, value secret.Text) error {
	line, _, _ := strings.Cut(strings.TrimSpace(string(noise)), "\n")
	if line = cleanLine(line, value); line == "" {
		return fmt.Errorf("no answer from the child: %w", cause)
	}
	return fmt.Errorf("no answer from the child: %w (%s)", cause, line)
}

// cleanLine makes a foreign text fit for a log: one line, bounded, without the
// secret at hand.
func cleanLine(s string, value secret.Text) string {
	const limit = 200
	if v := value.Reveal(); v != "" {
		s = strings.ReplaceAll(s, v, value.String())
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
