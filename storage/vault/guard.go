package vault

import (
	"context"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/fault"
)

const (
	// guardDelay lets a program that has just begun show something first.
	guardDelay = 2 * time.Second
	// guardEvery is how often the guard looks whether a snapshot is due.
	guardEvery = time.Hour
	// checkEvery is how long a vault may go without a whole reading, in which
	// nothing has been written either.
	checkEvery = 7 * 24 * time.Hour
)

// Guard is what a guarded vault needs of its program.
type Guard struct {
	Clock clock.Clock
	// Unclean says that the last program did not close the vault, so that a
	// snapshot is due.
	Unclean bool
	// Told is told of every snapshot, from another goroutine: of one that was
	// taken, or why not. After VaultDamaged there are no more.
	Told func(core.Snapshot, error)
}

// Guard takes snapshots in the background: soon if the last program did not end
// well, or whenever one is due. A snapshot is a whole reading of the vault as well.
// stop calls off what is under way and waits for its end; it comes before Close.
func (v *Vault) Guard(g Guard) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		v.guard(ctx, g)
	}()
	return func() {
		cancel()
		<-ended
	}
}

func (v *Vault) guard(ctx context.Context, g Guard) {
	soon := g.Unclean
	for pause := guardDelay; g.Clock.Sleep(ctx, pause) == nil; pause = guardEvery {
		dueNow, err := v.SnapshotDue(g.Clock.Now())
		if err == nil && !soon && !dueNow {
			continue
		}
		soon = false
		var s core.Snapshot
		if err == nil {
			s, err = v.TakeSnapshot(ctx, Daily)
		}
		if ctx.Err() != nil {
			return
		}
		g.Told(s, err)
		if fault.Is(err, fault.VaultDamaged) {
			return
		}
	}
}

// SnapshotDue reports whether the vault has something new since its last
// snapshot, and that is of another day, or a week old. A vault without
// transactions holds nothing that could not be linked again.
func (v *Vault) SnapshotDue(now time.Time) (bool, error) {
	if v.Count() == 0 {
		return false, nil
	}
	list, err := Snapshots(SnapshotDir(v.path))
	return err == nil && due(list, v.Commit(), now), err
}

// due reports whether a snapshot is due, given those that there are, the newest
// first, and the vault's last commit.
func due(list []core.Snapshot, commit uint64, now time.Time) bool {
	if len(list) == 0 {
		return true
	}
	last := list[0]
	sameDay := core.DateOf(last.Taken.UTC()) == core.DateOf(now.UTC())
	return now.Sub(last.Taken) >= checkEvery || last.Commit != commit && !sameDay
}
