package keychain

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bankbook/core/fault"
	"bankbook/core/secret"
)

const (
	// MaxValue is the most bytes that an entry can hold. Windows takes 2,560,
	// macOS about 3,000 after encoding (SECURITY §1).
	MaxValue = 2048
	// maxName keeps macOS's command line of 4,096 bytes.
	maxName = 256

	defaultService  = "bankbook"
	defaultDeadline = 3 * time.Second
	defaultPatience = time.Minute

	// maxChildren bounds the processes of one Store.
	maxChildren = 4
)

// Options say how to reach the keychain. The zero Options are those of the
// program itself.
type Options struct {
	// Command starts a program that hands its arguments to Serve. Without it,
	// that is the running program.
	Command []string
	// Env is the environment of that program, in the form of os.Environ. Without
	// it, that is this program's own.
	Env []string
	// Service is the name under which the keychain shows the entries, "bankbook"
	// if empty.
	Service string
	// Deadline ends an operation, 3 seconds if zero.
	Deadline time.Duration
	// Patience is the Deadline when a person is there to answer the keychain's
	// question (secret.Attended), one minute if zero.
	Patience time.Duration
}

// Store keeps secrets in the operating system's keychain. Any program of the
// same user can read them there; other users and other machines cannot. It is
// safe for concurrent use: reads run side by side, writes one after the other.
type Store struct {
	options  Options
	children chan struct{} // one place per running child
	writing  chan struct{} // one place, held while an entry changes
}

var _ secret.Store = (*Store)(nil)

// New returns the Store of the given options. It does not touch the keychain;
// Available does.
func New(options Options) *Store {
	if options.Service == "" {
		options.Service = defaultService
	}
	if options.Deadline == 0 {
		options.Deadline = defaultDeadline
	}
	if options.Patience == 0 {
		options.Patience = defaultPatience
	}
	return &Store{
		options:  options,
		children: make(chan struct{}, maxChildren),
		writing:  make(chan struct{}, 1),
	}
}

// Set implements secret.Store. A value of more than MaxValue bytes is
// fault.Invalid. After KeychainTimeout or Canceled the entry can hold either
// value.
func (s *Store) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	if size := len(value.Reveal()); size > MaxValue {
		return fault.New("keychain: set", fault.Invalid, fmt.Errorf("a value of %d bytes, at most %d", size, MaxValue))
	}
	_, err := s.do(ctx, request{op: opSet, name: name, value: value})
	return err
}

// Get implements secret.Store.
func (s *Store) Get(ctx context.Context, name secret.Name) (secret.Text, error) {
	return s.do(ctx, request{op: opGet, name: name})
}

// Delete implements secret.Store. After KeychainTimeout or Canceled the entry
// can be there or not.
func (s *Store) Delete(ctx context.Context, name secret.Name) error {
	_, err := s.do(ctx, request{op: opDelete, name: name})
	return err
}

// Available returns nil if the keychain can be used: an entry of a random name
// was written, read back and deleted. Otherwise the error says what is in the
// way: KeychainMissing, KeychainLocked, KeychainTimeout or KeychainLied.
func (s *Store) Available(ctx context.Context) error {
	_, err := s.do(ctx, request{op: opProbe, name: "probe"})
	return err
}

// request is one operation on one entry.
type request struct {
	op    operation
	name  secret.Name
	value secret.Text // of opSet
}

func (r request) opName() string { return "keychain: " + string(r.op) }

// do performs a request within its deadline, waiting for a place included.
func (s *Store) do(ctx context.Context, r request) (secret.Text, error) {
	if err := checkName(r.name); err != nil {
		return secret.Text{}, fault.New(r.opName(), fault.Invalid, err)
	}
	ctx, cancel := context.WithTimeout(ctx, s.deadline(ctx))
	defer cancel()
	if r.op != opGet {
		release, err := acquire(ctx, s.writing, r.opName())
		if err != nil {
			return secret.Text{}, err
		}
		defer release()
	}
	release, err := acquire(ctx, s.children, r.opName())
	if err != nil {
		return secret.Text{}, err
	}
	defer release()
	return s.ask(ctx, r)
}

func (s *Store) deadline(ctx context.Context) time.Duration {
	if secret.IsAttended(ctx) {
		return s.options.Patience
	}
	return s.options.Deadline
}

// acquire takes a place, and returns how to give it back. A context that has
// ended gets none, even if one is free.
func acquire(ctx context.Context, places chan struct{}, op string) (release func(), err error) {
	if err := secret.Ended(ctx, op); err != nil {
		return nil, err
	}
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-ctx.Done():
		return nil, secret.Ended(ctx, op)
	}
}

// checkName refuses what not every keychain can take as a name: it becomes an
// argument, a D-Bus string, and on macOS a part of a line of commands.
func checkName(name secret.Name) error {
	s := string(name)
	switch {
	case s == "":
		return fmt.Errorf("an entry without a name")
	case len(s) > maxName:
		return fmt.Errorf("a name of %d bytes, at most %d", len(s), maxName)
	case !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl):
		return fmt.Errorf("a name that is not printable text")
	}
	return nil
}
