package keychain

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"

	"github.com/zalando/go-keyring"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/child"
)

// Verb is the first argument of a program that is to be a keychain's child.
const Verb = "keychain-op"

// operation is the second argument of a child.
type operation string

const (
	opSet    operation = "set"
	opGet    operation = "get"
	opDelete operation = "delete"
	opProbe  operation = "probe"
)

// The errors that the child finds by reading back, or by being there at all.
var (
	errNotStored  = errors.New("the keychain reported a write, but the entry does not hold the value")
	errNotDeleted = errors.New("the keychain reported a delete, but the entry is still there")
	errPanicked   = errors.New("the keychain library panicked")
)

// Serve is the child's side of a Store. If args (without the program's name)
// are those that a Store starts its children with, Serve performs the one
// operation they ask for, writes the answer to out and returns true and the
// code to exit with; otherwise it returns false and has done nothing.
//
// The program calls it with os.Stdin and os.Stdout before anything else, and
// exits at once: the end of in means that the parent is gone, and Serve then
// returns without waiting for the operation.
func Serve(args []string, in io.Reader, out io.Writer) (handled bool, code int) {
	if len(args) == 0 || args[0] != Verb {
		return false, 0
	}
	if len(args) != 4 {
		return true, child.ExitUsage
	}
	r := request{op: operation(args[1]), name: secret.Name(args[3])}
	if r.op == opSet {
		value, err := child.ReadFrame(in)
		if err != nil {
			return true, child.ExitUsage
		}
		r.value = secret.New(string(value))
	}
	return true, child.Serve(in, out, func() child.Answer { return perform(args[2], r) })
}

// perform does one operation and turns whatever happens into an answer.
func perform(service string, r request) (a child.Answer) {
	fail := func(err error) child.Answer {
		return child.Answer{Kind: kindOf(err), Cause: child.Line(err.Error(), r.value)}
	}
	defer func() {
		if p := recover(); p != nil {
			a = fail(fmt.Errorf("%w: %v", errPanicked, p))
		}
	}()
	if err := FindBus(); err != nil {
		return fail(err)
	}
	value, err := entry{service: service, name: string(r.name)}.do(r)
	if err != nil {
		return fail(explain(err))
	}
	return child.Answer{Value: []byte(value)}
}

// entry is one entry of the keychain, which is found by both names.
type entry struct{ service, name string }

func (e entry) do(r request) (string, error) {
	switch r.op {
	case opSet:
		return "", e.set(r.value.Reveal())
	case opGet:
		return e.get()
	case opDelete:
		return "", e.remove()
	case opProbe:
		return "", e.probe()
	}
	return "", fmt.Errorf("unknown operation %q", r.op)
}

// set writes and reads back.
func (e entry) set(value string) error {
	if err := revived(func() error { return keyring.Set(e.service, e.name, value) }); err != nil {
		return fmt.Errorf("set: %w", err)
	}
	got, err := e.get()
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return fmt.Errorf("%w: it is not there", errNotStored)
	case err != nil:
		return fmt.Errorf("read back: %w", err)
	case got != value:
		return fmt.Errorf("%w: it holds another", errNotStored)
	}
	return nil
}

func (e entry) get() (value string, err error) {
	read := func() (err error) {
		value, err = keyring.Get(e.service, e.name)
		return err
	}
	err = revived(read)
	if vanished(err) {
		// Somebody deleted the entry between the search and the read.
		err = revived(read)
	}
	if err != nil {
		return "", fmt.Errorf("get: %w", err)
	}
	return value, nil
}

// remove deletes and looks whether the entry is gone.
func (e entry) remove() error {
	remove := func() error { return keyring.Delete(e.service, e.name) }
	err := revived(remove)
	if vanished(err) {
		err = revived(remove)
	}
	if errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("delete: %w", err)
	}
	switch _, err = e.get(); {
	case errors.Is(err, keyring.ErrNotFound):
		return nil
	case err != nil:
		return fmt.Errorf("read back: %w", err)
	}
	return errNotDeleted
}

// revived takes a step that is the same done once or twice, and takes it again if
// the service died: the bus starts it anew, and it asks the person to unlock. One
// that does not come back was there, and has not answered.
func revived(step func() error) error {
	err := step()
	if !died(err) {
		return err
	}
	if again := step(); kindOf(again) != fault.KeychainMissing {
		return again
	}
	return err
}

// probe takes an entry that nobody else has through its whole life.
func (e entry) probe() error {
	e.name = "probe/" + rand.Text()
	setErr := e.set(rand.Text())
	if setErr != nil && !errors.Is(setErr, errNotStored) {
		return setErr
	}
	return errors.Join(setErr, e.remove())
}
