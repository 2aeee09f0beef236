package fault_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"syscall"
	"testing"

	"bankbook/core/fault"
)

func TestDescribe(t *testing.T) {
	plain := errors.New("plain")
	full := &fault.Error{Op: "bank: sync", Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "r1", Err: plain}
	for name, c := range map[string]struct {
		err  error
		want fault.Description
	}{
		"nil":                  {nil, fault.Description{}},
		"plain":                {plain, fault.Description{Kind: fault.Internal}},
		"canceled":             {context.Canceled, fault.Description{Kind: fault.Canceled}},
		"canceled, wrapped":    {fmt.Errorf("x: %w", context.Canceled), fault.Description{Kind: fault.Canceled}},
		"deadline":             {fmt.Errorf("x: %w", context.DeadlineExceeded), fault.Description{Kind: fault.Network}},
		"fault":                {full, fault.Description{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "r1"}},
		"fault, wrapped":       {fmt.Errorf("x: %w", full), fault.Description{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "r1"}},
		"fault, joined":        {errors.Join(plain, full), fault.Description{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "r1"}},
		"outermost decides":    {fault.New("vault: write", fault.DiskFull, full), fault.Description{Kind: fault.DiskFull}},
		"fault over a context": {fault.New("bank: sync", fault.BankDown, context.Canceled), fault.Description{Kind: fault.BankDown}},
	} {
		if got := fault.Describe(c.err); got != c.want {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
		if got := fault.KindOf(c.err); got != c.want.Kind {
			t.Errorf("%s: kind is %q, want %q", name, got, c.want.Kind)
		}
	}
}

func TestErrorText(t *testing.T) {
	for want, err := range map[string]error{
		"link: exchange: expired":                                 fault.New("link: exchange", fault.Expired, nil),
		"bank: sync: sign_in (ITEM_LOGIN_REQUIRED)":               &fault.Error{Op: "bank: sync", Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "r1"},
		"vault: write: disk_full: no space left on device":        fault.New("vault: write", fault.DiskFull, errors.New("no space left on device")),
		"bank: sync: sign_in (ITEM_LOGIN_REQUIRED): server: oops": &fault.Error{Op: "bank: sync", Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", Err: errors.New("server: oops")},
	} {
		if err.Error() != want {
			t.Errorf("text is %q, want %q", err, want)
		}
	}
}

func TestUnwrap(t *testing.T) {
	cause := errors.New("cause")
	if err := fault.New("x", fault.Internal, cause); !errors.Is(err, cause) {
		t.Error("the cause is not in the chain")
	}
	if err := fault.New("x", fault.Internal, nil); errors.Unwrap(err) != nil {
		t.Error("no cause unwraps to something")
	}
}

func TestIs(t *testing.T) {
	err := fmt.Errorf("x: %w", fault.New("bank: sync", fault.Consent, nil))
	if !fault.Is(err, fault.SignIn, fault.Consent) {
		t.Error("the second kind is not seen")
	}
	if fault.Is(err, fault.SignIn) || fault.Is(err) {
		t.Error("a kind is seen that is not there")
	}
	if fault.Is(nil, fault.Internal) || !fault.Is(nil, fault.None) {
		t.Error("no error has the kind None, and no other")
	}
}

func TestKinds(t *testing.T) {
	kinds := fault.Kinds()
	if slices.Contains(kinds, fault.None) {
		t.Error("None is listed")
	}
	slices.Sort(kinds)
	if got := slices.Compact(slices.Clone(kinds)); len(got) != len(kinds) {
		t.Error("a kind is listed twice")
	}
}

func TestOfFile(t *testing.T) {
	for _, c := range []struct {
		err  error
		want fault.Kind
	}{
		{&fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}, fault.DiskFull},
		{fmt.Errorf("save: %w", &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}), fault.DiskFull},
		{&fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES}, fault.Unreadable},
		{errors.New("is a symbolic link"), fault.Unreadable},
	} {
		if got := fault.OfFile(c.err); got != c.want {
			t.Errorf("OfFile(%v) = %s, want %s", c.err, got, c.want)
		}
	}
}
