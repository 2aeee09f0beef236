package boot

import (
	"context"
	"errors"
	"testing"
	"time"

	"bankbook/core/fault"
	"bankbook/core/secret"
)

func TestMovableEndsWithItsContext(t *testing.T) {
	m := newMovable()
	m.become(secret.NewMemory())
	release, err := m.hold(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	wantKind(t, "Set", m.Set(ctx, "a", secret.New("1")), fault.KeychainTimeout)
	_, err = m.hold(ctx, "test")
	wantKind(t, "hold", err, fault.KeychainTimeout)
	release()
	if err := m.Set(t.Context(), "a", secret.New("1")); err != nil {
		t.Error(err)
	}
	m.become(nil)
	_, err = m.Get(t.Context(), "a")
	if !fault.Is(err, fault.Locked) || errors.Is(err, context.Canceled) {
		t.Errorf("Get = %v", err)
	}
}
