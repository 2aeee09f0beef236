package torture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/storage/durable/durabletest"
	"bankbook/storage/vault"
)

// recover plays a program that finds its vault damaged.
func (p *player) recover() int {
	opts := options(p.path, p.keys)
	opts.Children = p.children
	err := p.insist(func() error {
		_, err := vault.Recover(background(), opts)
		return err
	}, func() error { return nil })
	if err != nil {
		return failChild(fmt.Errorf("recover: %w", err))
	}
	say(saysDone, 0, 0, 0)
	return 0
}

// TestPowerLossInRecovery takes the power away while a damaged vault is
// replaced: there must always be the damaged file, from which the same can be
// recovered again, or the new one and the damaged one in quarantine.
func TestPowerLossInRecovery(t *testing.T) {
	durabletest.NeedStrace(t)
	for _, d := range damages() {
		t.Run(string(d.want), func(t *testing.T) {
			sc := d.scenario(t)
			found := sc.record(t).Check(t, durabletest.Outages{States: times(25, 300)})
			report("power loss in recovery from "+string(d.want), found)
		})
	}
}

// damage is what befalls a vault.
type damage struct {
	want core.RecoveredFrom
	do   func(data []byte)
	// snapshots says that there is one.
	snapshots bool
}

func damages() []damage {
	return []damage{
		{core.FromLastCommit, func(data []byte) { loseRoots(data, 1) }, false},
		{core.FromSnapshot, func(data []byte) { loseRoots(data, 2) }, true},
		{core.FromSalvage, loseLeaves, false},
	}
}

// scenario damages a vault and works out what is to be recovered.
func (d damage) scenario(t *testing.T) scenario {
	t.Helper()
	dir := t.TempDir()
	s := told{step: untouched, keys: newKeychain()}
	must(t, s.run(childOf(t, modePlay, vaultIn(dir), s.keys, 0, cycle/2)))
	if !d.snapshots {
		must(t, vault.RemoveSnapshots(vault.SnapshotDir(vaultIn(dir)), ""))
	}
	damaged, err := os.ReadFile(vaultIn(dir))
	must(t, err)
	d.do(damaged)
	must(t, os.WriteFile(vaultIn(dir), damaged, 0o600))
	files, err := durabletest.ReadFiles(dir)
	must(t, err)
	want := recovery{damaged: damaged}
	if err := want.again(vaultIn(dir), &s, d.want); err != nil {
		t.Fatal(err)
	}
	return scenario{
		mode: modeRecover, files: files, before: told{step: -1, keys: s.keys}, from: 0, to: 1,
		phase: func(s *told) string { return [...]string{"recover", "after it"}[s.step+1] },
		judge: func(dir string, s *told) error { return want.judge(vaultIn(dir), s, d.want) },
	}
}

// roots returns the numbers of the root pages of the two newest states (bbolt
// v1.5.0, internal/common/meta.go).
func roots(data []byte) [2]int {
	order, page := binary.NativeEndian, os.Getpagesize()
	a, b := data[16:], data[page+16:]
	if order.Uint64(a[48:]) < order.Uint64(b[48:]) {
		a, b = b, a
	}
	return [2]int{int(order.Uint64(a[16:])), int(order.Uint64(b[16:]))}
}

// loseRoots clears the root pages of the newest states.
func loseRoots(data []byte, states int) {
	page := os.Getpagesize()
	newest := roots(data)
	for _, root := range newest[:states] {
		clear(data[root*page : (root+1)*page])
	}
}

// loseLeaves spoils a record of every page of records but for the roots, which
// hold the header.
func loseLeaves(data []byte) {
	const leaf, overflowing = 0x02, 12
	order, page, keep := binary.NativeEndian, os.Getpagesize(), roots(data)
	for id := 2; id < len(data)/page; {
		head := data[id*page:]
		next := id + 1
		if order.Uint16(head[8:]) == leaf {
			next += int(order.Uint32(head[overflowing:]))
			if !slices.Contains(keep[:], id) {
				clear(data[id*page+page/2 : id*page+page/2+512])
			}
		}
		id = next
	}
}

// recovery is what must come of a damaged vault.
type recovery struct {
	damaged  []byte
	contents string
}

// again recovers a damaged vault and takes note of what comes of it.
func (r *recovery) again(path string, s *told, from core.RecoveredFrom) error {
	done, err := vault.Recover(background(), options(path, s.keys))
	if err != nil {
		return fmt.Errorf("recover: %w", err)
	}
	if done.From != from {
		return fmt.Errorf("recovered from %s, not from %s", done.From, from)
	}
	r.contents, err = r.read(path, s)
	return err
}

// read returns the contents of a vault that must be whole.
func (r *recovery) read(path string, s *told) (got string, err error) {
	v, err := vault.Open(background(), options(path, s.keys))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	if err := v.Verify(background()); err != nil {
		return "", err
	}
	return contents(v)
}

func (r *recovery) judge(path string, s *told, from core.RecoveredFrom) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if bytes.Equal(data, r.damaged) {
		if s.step == 0 {
			return fmt.Errorf("it was recovered, but the damaged file is back")
		}
		once := recovery{damaged: r.damaged}
		if err := once.again(path, s, from); err != nil {
			return err
		}
		if once.contents != r.contents {
			return fmt.Errorf("the second time other contents are recovered")
		}
		return r.quarantined(path)
	}
	got, err := r.read(path, s)
	switch {
	case fault.Is(err, fault.VaultDamaged):
		return fmt.Errorf("what took its place is damaged too: %w", err)
	case err != nil:
		return err
	case got != r.contents:
		return fmt.Errorf("other contents are there than were recovered")
	}
	return r.quarantined(path)
}

// quarantined makes sure that the damaged file is kept as it was.
func (r *recovery) quarantined(path string) error {
	files, err := filepath.Glob(filepath.Join(vault.QuarantineDir(path), "*.db"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if data, err := os.ReadFile(file); err == nil && bytes.Equal(data, r.damaged) {
			return nil
		}
	}
	return fmt.Errorf("the damaged file is not among %d in quarantine", len(files))
}
