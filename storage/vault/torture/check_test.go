package torture

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"bankbook/storage/vault"
)

// check opens what has been left at path, with what the child told before, and
// returns the step that the vault has reached, or what is wrong with it. The
// vault must also go on working.
func check(h *history, path string, s *told) (reached int, err error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		if s.step != untouched {
			return 0, fmt.Errorf("step %d was done, but there is no vault", s.step)
		}
	}
	p := &player{path: path, keys: s.keys}
	if err := p.open(); err != nil {
		return 0, fmt.Errorf("after step %d: %w", s.step, err)
	}
	defer func() { err = errors.Join(err, p.v.Close()) }()
	if reached, err = whole(h, p.v, s); err != nil {
		return 0, err
	}
	if err := p.v.PutProfile(profile); err != nil {
		return 0, fmt.Errorf("the next commit: %w", err)
	}
	if err := p.v.Verify(background()); err != nil {
		return 0, fmt.Errorf("after the next commit: %w", err)
	}
	return reached, nil
}

// whole compares an open vault with what the child told.
func whole(h *history, v *vault.Vault, s *told) (reached int, err error) {
	if err := v.Verify(background()); err != nil {
		return 0, fmt.Errorf("verify after step %d: %w", s.step, err)
	}
	if v.Commit() < s.commit {
		return 0, fmt.Errorf("the vault is at commit %d, but %d was told", v.Commit(), s.commit)
	}
	got, err := contents(v)
	if err != nil {
		return 0, err
	}
	// The later one first: a step that changes no contents may as well be over.
	for _, n := range []int{s.step + 1, s.step} {
		if n >= opened && got == h.after(n) {
			return n, nil
		}
	}
	return 0, fmt.Errorf("step %d was done, but the contents are %s", s.step, h.describe(got))
}
