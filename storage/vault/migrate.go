package vault

import (
	"context"
	"fmt"
)

// migrations returns the steps from one format to the next: the first is that
// from format 1 to 2. A step changes records within the commit that also writes
// the new number, so that a crash leaves one format or the other.
func migrations() []func(*writer, *header) error {
	return []func(*writer, *header) error{
		// Format 2: the header has a place for the id of the master key and for a
		// recovery slot. Both are empty.
		func(*writer, *header) error { return nil },
		// Format 3: directories tell which rows are dead. Those of before are read as
		// they are.
		func(*writer, *header) error { return nil },
	}
}

// migrate brings a vault of an older format to this one, a step at a time.
func (v *Vault) migrate(ctx context.Context, before func(context.Context, *Vault) error) error {
	const op = "vault: migrate"
	from := v.Info().Format
	if from == Format {
		return nil
	}
	if before != nil {
		if err := before(ctx, v); err != nil {
			return fail(op, fmt.Errorf("keep the old vault: %w", err))
		}
	}
	for _, step := range migrations()[from-1:] {
		if err := ctx.Err(); err != nil {
			return fail(op, err)
		}
		err := v.changeHeader(op, func(w *writer, h *header, _ []byte) error {
			h.Format++
			return step(w, h)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
