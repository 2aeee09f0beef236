package vault

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/child"
)

// Verb is the first argument of a program that is to be a vault's child.
const Verb = "vault-op"

// act is what a task does.
type act string

const (
	// identify finds the header of a file, whatever else is wrong with it.
	identify act = "identify"
	// verify reads a file wholly.
	verify act = "verify"
	// duplicate makes a compact copy of a file whose pages hang together, and
	// reads the copy wholly: every record of the file is in it.
	duplicate act = "copy"
	// mend is duplicate of a file that is damaged. It does without the list of
	// free pages, and begins at one meta page, in whatever state the other is. It
	// changes the file, which must be a copy.
	mend act = "mend"
	// salvage makes a vault of the records that can still be read in any of
	// several files.
	salvage act = "salvage"
)

// task is work on files that can be damaged. It is done in a child, because a
// damaged file can make bbolt hang, fill the memory or kill the process
// (SECURITY §3); such an end is an answer as well.
type task struct {
	Act  act
	Path string
	Env  core.Environment
	// Back is how many meta pages before the newest one mend begins: 0 or 1.
	Back int
	// To is the file, empty before, that is written.
	To string
	// More are other files that salvage looks into.
	More []string
	// Memory is how many bytes the child may have of its own.
	Memory uint64
}

// finding is what a task has come to.
type finding struct {
	Info Info
	Read reading
	// Alone says that mend had only one meta page to begin at, so nobody knows
	// whether it is that of the last commit.
	Alone bool
}

// The limits of a child: what a file of any size may need, and what each of its
// bytes may. A whole reading takes a thirtieth of that time (SECURITY §3), and a
// fourth of the memory.
const (
	baseTime       = 30 * time.Second
	bytesPerSecond = 1 << 20
	baseMemory     = 512 << 20
	memoryPerByte  = 8
)

var errTime = errors.New("it took too long")

// do does a task with the master key of its file: in a child, or in this
// process.
func do(ctx context.Context, children bool, t task, key secret.Text) (finding, error) {
	const op = "vault: examine"
	if !children {
		return t.perform(ctx, key)
	}
	size := t.size()
	t.Memory = baseMemory + uint64(size)*memoryPerByte
	order, err := json.Marshal(t)
	if err != nil {
		return finding{}, fail(op, err)
	}
	limited, cancel := context.WithTimeoutCause(ctx, baseTime+time.Duration(size/bytesPerSecond)*time.Second, errTime)
	defer cancel()
	answer, err := child.Program{}.Ask(limited, child.Request{
		Args: []string{Verb, string(t.Act)}, Input: []secret.Text{secret.New(string(order)), key},
	})
	var silent *child.Silence
	switch {
	case err == nil && answer.Kind != fault.None:
		return finding{}, answer.Err(op)
	case err == nil:
		var f finding
		return f, fail(op, json.Unmarshal(answer.Value, &f))
	case ctx.Err() != nil:
		return finding{}, fault.New(op, fault.Canceled, ctx.Err())
	case limited.Err() != nil:
		return finding{}, fault.New(op, fault.VaultDamaged, errors.Join(context.Cause(limited), err))
	case errors.As(err, &silent) && silent.Crashed():
		return finding{}, fault.New(op, fault.VaultDamaged, err)
	}
	return finding{}, fault.New(op, fault.Internal, err)
}

// size is that of all the files of a task.
func (t task) size() (sum int64) {
	for _, path := range append(t.More, t.Path) {
		if info, err := os.Stat(path); err == nil {
			sum += info.Size()
		}
	}
	return sum
}

// Serve is the child's side of verification. If args (without the program's
// name) are those that a vault starts its children with, it does the task that
// comes on in, writes the answer to out, and returns true and the code to exit
// with; otherwise it returns false and has done nothing. The program calls it
// with os.Stdin and os.Stdout before anything else, and exits at once.
func Serve(args []string, in io.Reader, out io.Writer) (handled bool, code int) {
	if len(args) == 0 || args[0] != Verb {
		return false, 0
	}
	order, err := child.ReadFrame(in)
	if err != nil {
		return true, child.ExitUsage
	}
	var t task
	if err := json.Unmarshal(order, &t); err != nil {
		return true, child.ExitUsage
	}
	key, err := child.ReadFrame(in)
	if err != nil {
		return true, child.ExitUsage
	}
	if err := limitMemory(t.Memory); err != nil {
		return true, child.ExitUsage
	}
	return true, child.Serve(in, out, func() child.Answer { return t.answer(secret.New(string(key))) })
}

func (t task) answer(key secret.Text) child.Answer {
	f, err := t.perform(context.Background(), key)
	if err == nil {
		value, err := json.Marshal(f)
		if err == nil {
			return child.Answer{Value: value}
		}
	}
	return child.Answer{Kind: fault.KindOf(err), Cause: child.Line(err.Error(), key)}
}

// perform does the task in this process.
func (t task) perform(ctx context.Context, key secret.Text) (f finding, err error) {
	const op = "vault: examine"
	err = guard(op, func() error {
		switch t.Act {
		case identify:
			h, err := findHeader(t.Path)
			f.Info = h.Info
			return err
		case verify:
			f.Read, err = t.read(ctx, t.Path, key)
			return err
		case mend:
			if f.Alone, err = settle(t.Path, t.Back); err != nil {
				return err
			}
			fallthrough
		case duplicate:
			f.Read, err = t.copy(ctx, key)
			return err
		case salvage:
			f.Read, err = t.salvage(ctx, key)
			return err
		}
		return fault.New(op, fault.Internal, nil)
	})
	return f, err
}

// read reads a file wholly.
func (t task) read(ctx context.Context, path string, key secret.Text) (reading, error) {
	v, err := open(ctx, t.options(path, key))
	if err != nil {
		return reading{}, err
	}
	got, err := v.verify(ctx)
	return got, errors.Join(err, v.Close())
}

func (t task) options(path string, key secret.Text) Options {
	return Options{
		Path: path, Env: t.Env, LockTimeout: defaultLockTimeout, Now: time.Now,
		Key: func(context.Context, Info) (secret.Text, error) { return key, nil },
	}
}

// VerifyFile reads the vault at opts.Path wholly, which must be there and which
// nobody may have open, and tells what is in it. It changes nothing. Errors:
// VaultDamaged, VaultForeign, VaultNewer, VaultKey, those of opts.Key.
func VerifyFile(ctx context.Context, opts Options) (core.VaultReport, error) {
	const op = "vault: verify file"
	opts, err := complete(opts)
	if err != nil {
		return core.VaultReport{}, fail(op, err)
	}
	key, err := keyOf(ctx, opts, opts.Path)
	if err != nil {
		return core.VaultReport{}, fail(op, err)
	}
	found, err := do(ctx, opts.Children, task{Act: verify, Path: opts.Path, Env: opts.Env}, key)
	found.Read.Checked = opts.Now().UTC()
	return found.Read.VaultReport, fail(op, err)
}
