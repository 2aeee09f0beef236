package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

const (
	// tries is how often a person is asked for a passphrase.
	tries = 3
	// maxLine is the most bytes of a passphrase in a file.
	maxLine = 4096
)

var (
	errNoTerminal = errors.New("there is no terminal to ask at; use --passphrase-file, or that of the new passphrase or the backup")
	errLongLine   = errors.New("no passphrase is that long")
)

// unlock calls open with the passphrase of --passphrase-file. Without that, it
// asks at the terminal if the data is locked; no terminal leaves it locked.
func (c *command) unlock(ctx context.Context, choice boot.Choice, open func(boot.Choice) error) (err error) {
	if c.passphraseFile != "" {
		if choice.Passphrase, err = c.secretIn(c.passphraseFile); err != nil {
			return err
		}
		return open(choice)
	}
	err = open(choice)
	for try := 0; try < tries && c.isTerminal() && fault.Is(err, fault.Locked, fault.Passphrase); try++ {
		if fault.Is(err, fault.Passphrase) {
			c.note("%s", say.Fault(err).Sentence)
		}
		typed, asked := c.ask(ctx, say.AskPassphrase)
		if asked != nil {
			return asked
		}
		if choice.Passphrase = typed; typed.IsEmpty() {
			continue
		}
		err = open(choice)
	}
	return err
}

// current returns the passphrase, or the recovery key, that is in use.
func (c *command) current(ctx context.Context, prompt string) (secret.Text, error) {
	return c.secretOf(ctx, prompt, c.passphraseFile)
}

// secretOf returns the first line of a file or, without one, what a person types.
func (c *command) secretOf(ctx context.Context, prompt, file string) (secret.Text, error) {
	if file != "" {
		return c.secretIn(file)
	}
	return c.ask(ctx, prompt)
}

// newPassphrase returns a new passphrase: the line of a file, or what a person
// types twice.
func (c *command) newPassphrase(ctx context.Context, prompt, file string) (passphrase secret.Text, err error) {
	passphrase, err = c.secretOf(ctx, prompt, file)
	if err == nil {
		err = secret.CheckPassphrase(passphrase)
	}
	if err != nil || file != "" {
		return passphrase, err
	}
	again, err := c.ask(ctx, say.AskAgain)
	if err == nil && again != passphrase {
		err = errUsage{say.NotTheSame}
	}
	return passphrase, err
}

// secretIn returns the first line of a file; "-" is the next line of standard
// input.
func (c *command) secretIn(file string) (secret.Text, error) {
	const op = "read the passphrase"
	if file == "-" {
		return c.line(op)
	}
	f, err := os.Open(file)
	if err != nil {
		return secret.Text{}, fault.New(op, fault.Unreadable, err)
	}
	defer f.Close()
	return firstLine(op, bufio.NewReaderSize(f, maxLine))
}

// line returns the next line of standard input.
func (c *command) line(op string) (secret.Text, error) {
	if c.lines == nil {
		c.lines = bufio.NewReaderSize(c.program.In, maxLine)
	}
	return firstLine(op, c.lines)
}

func firstLine(op string, r *bufio.Reader) (secret.Text, error) {
	line, err := r.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return secret.Text{}, fault.New(op, fault.Invalid, errLongLine)
	case err != nil && !errors.Is(err, io.EOF):
		return secret.Text{}, fault.New(op, fault.Unreadable, err)
	}
	return secret.New(strings.TrimRight(string(line), "\r\n")), nil
}

// isTerminal reports whether a person can be asked.
func (c *command) isTerminal() bool {
	in, ok := c.program.In.(*os.File)
	return ok && term.IsTerminal(int(in.Fd()))
}

// ask lets a person type a secret, without showing it. Ctrl-C is Canceled.
func (c *command) ask(ctx context.Context, prompt string) (secret.Text, error) {
	const op = "ask at the terminal"
	if !c.isTerminal() {
		return secret.Text{}, fault.New(op, fault.Locked, errNoTerminal)
	}
	in := c.program.In.(*os.File)
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return secret.Text{}, fault.New(op, fault.Unreadable, err)
	}
	// In raw mode Ctrl-C is a character, and a signal comes from elsewhere.
	restore := func() { _ = term.Restore(int(in.Fd()), before) }
	defer restore()
	defer context.AfterFunc(ctx, restore)()
	line, err := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{in, c.program.Err}, "").ReadPassword(prompt)
	switch {
	case errors.Is(err, io.EOF):
		return secret.Text{}, fault.New(op, fault.Canceled, nil)
	case err != nil:
		return secret.Text{}, fault.New(op, fault.Unreadable, err)
	}
	return secret.New(line), nil
}
