package boot

import (
	"context"

	"bankbook/core"
)

// Activity hands the entries of the activity log that are of the books' profile, or
// of the program itself, to fn, as vault.Activity does.
func (b *Books) Activity(before uint64, fn func(core.Activity) bool) error {
	profile := b.view.Profile()
	return b.s.Vault.Activity(before, func(a core.Activity) bool {
		if profile != "" && a.Profile != "" && a.Profile != profile {
			return true
		}
		return fn(a)
	})
}

// Exported writes into the activity log that n rows of something were exported, or
// that err kept them from it.
func (b *Books) Exported(ctx context.Context, what string, n int, err error) {
	b.s.Activity.Did(ctx, core.Activity{Action: core.ExportedRows, Profile: b.view.Profile(), Subject: what, N: n}, err)
}
