package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// world is what is measured at one size.
type world struct {
	size     int
	rounds   int
	limit    time.Duration
	ours     *bankbook
	sqlite   *sqlite
	all      []contender
	changes  *changes
	right    answers
	samples  map[op]map[string]*sample
	versions []string
	// built is how long it took to make the vault, page by page.
	built time.Duration
	// holds is what a process holds that has opened the vault and asked
	// everything.
	holds memory
	// sizes are those of the files before anything is changed.
	sizes map[string]int64
	// peaks are the most that the other programs held.
	peaks map[string]int64
}

// measure makes the files of one size, runs everything and removes them.
func measure(set settings, size int) (w *world, err error) {
	dir := filepath.Join(set.dir, short(size))
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	w = &world{size: size, rounds: set.rounds, limit: set.limit, changes: newChanges(size), right: evaluate(size), samples: map[op]map[string]*sample{}, sizes: map[string]int64{}, peaks: map[string]int64{}}
	defer func() {
		for _, c := range w.all {
			w.peaks[c.name()] = c.memory()
			err = errors.Join(err, c.close())
		}
	}()
	if err := w.build(set, dir); err != nil {
		return w, err
	}
	for _, c := range w.all {
		w.sizes[c.name()] = c.bytes()
	}
	if w.holds, err = w.ours.hold(); err != nil {
		return w, err
	}
	for _, phase := range [][]op{readings(), writings()} {
		if err := w.phase(phase); err != nil {
			return w, err
		}
	}
	if err := w.compare(); err != nil {
		return w, err
	}
	return w, w.phase(upkeep())
}

// build makes the files of all programs.
func (w *world) build(set settings, dir string) (err error) {
	w.built, err = timed(func() (err error) {
		w.ours, err = newBankbook(dir, w.size, w.changes)
		return err
	})
	if err != nil {
		return err
	}
	w.all = append(w.all, w.ours)
	journal := filepath.Join(dir, "journal.dat")
	for _, peer := range set.peers {
		switch {
		case peer == "" || set.find(peer) == "":
			continue
		case peer == sqliteName:
			w.sqlite, err = newSQLite(set, dir, w.size, w.changes)
			if err != nil {
				return err
			}
			w.all = append(w.all, w.sqlite)
		default:
			if fileSize(journal) == 0 {
				if err := writeJournal(journal, w.size); err != nil {
					return err
				}
			}
			w.all = append(w.all, newTextPeer(set, peer, dir, journal))
		}
		w.versions = append(w.versions, set.version(peer))
	}
	return nil
}

// phase does each operation in rounds, by all programs in turn.
func (w *world) phase(ops []op) error {
	most := 0
	for _, o := range ops {
		w.samples[o] = map[string]*sample{}
		for _, c := range w.all {
			w.samples[o][c.name()] = new(sample)
		}
		most = max(most, o.times(w.rounds))
	}
	for round := range most {
		for _, o := range ops {
			if round >= o.times(w.rounds) {
				continue
			}
			for _, c := range w.all {
				if err := w.once(o, c); err != nil {
					return fmt.Errorf("%s: %w", c.name(), err)
				}
			}
		}
	}
	return nil
}

// times is how often an operation is done.
func (o op) times(rounds int) int {
	if o.rounds == 0 {
		return rounds
	}
	return o.rounds
}

// once does an operation by one program, if it is to be done once more.
func (w *world) once(o op, c contender) error {
	s := w.samples[o][c.name()]
	if !s.due(o.times(w.rounds)) {
		return nil
	}
	took, got, err := c.run(o)
	switch {
	case errors.Is(err, errUnable):
		s.unable = true
		return nil
	case errors.Is(err, errStopped):
		s.stopped = true
		return nil
	case err != nil:
		return err
	}
	s.add(took)
	return w.right.check(o, got)
}

// compare makes sure that after all changes every file holds the same.
func (w *world) compare() error {
	want := w.changes.after.line(full)
	got, err := w.ours.total()
	if err == nil && got != want {
		err = fmt.Errorf("after all changes the vault comes to %s, not %s", got, want)
	}
	if err != nil || w.sqlite == nil {
		return err
	}
	got, err = w.sqlite.total()
	if err == nil && got != want {
		err = fmt.Errorf("after all changes SQLite comes to %s, not %s", got, want)
	}
	return err
}
