package durabletest

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// disk is what a disk can hold after it has lost power. A file's bytes last
// once the file has been synced, a name once its folder has been; what has not
// may be there or not, in any mixture (POSIX promises no more, and ext4 and
// XFS at least that).
type disk struct {
	root *node
	// names are changes of folders that have not been synced, in their order.
	names []nameChange
}

// node is a file or a folder.
type node struct {
	folder bool
	// entries are a folder's names as programs see them, lasting those on disk.
	entries, lasting map[string]*node
	// data is a file's contents as programs see them, kept those on disk, which are
	// replaced and never changed: survivors share them.
	data, kept []byte
	pending    []write
}

// write is a change of a file's contents that has not been synced.
type write struct {
	at   int
	off  int64
	data []byte
	// resize sets the size to off, and there are no data.
	resize bool
}

// nameChange gives a name to a node, or takes it from whatever has it; and
// takes another name away at the same time, if from is not nil.
type nameChange struct {
	at       int
	folder   *node
	name     string
	node     *node
	from     *node
	fromName string
}

func newFolder() *node {
	return &node{folder: true, entries: map[string]*node{}, lasting: map[string]*node{}}
}

// newDisk returns a disk that holds some files, all of them lasting.
func newDisk(files map[string][]byte) *disk {
	d := &disk{root: newFolder()}
	at := map[string]*node{"/": d.root}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name == "/" {
			continue
		}
		n := newFolder()
		if name[len(name)-1] != '/' {
			n = &node{data: bytes.Clone(files[name]), kept: bytes.Clone(files[name])}
		}
		at[name] = n
		folder, base := path.Split(strings.TrimSuffix(name, "/"))
		at[folder].entries[base], at[folder].lasting[base] = n, n
	}
	return d
}

// path returns a node's path as programs see it, or "" if it has none.
func (d *disk) path(n *node) string {
	var find func(path string, in *node) string
	find = func(path string, in *node) string {
		if in == n {
			return path
		}
		for name, below := range in.entries {
			if found := find(path+"/"+name, below); found != "" {
				return found
			}
		}
		return ""
	}
	return find("", d.root)
}

// change makes a change of names, seen at once and lasting later.
func (d *disk) change(c nameChange) {
	c.apply(func(n *node) map[string]*node { return n.entries })
	d.names = append(d.names, c)
}

func (c nameChange) apply(of func(*node) map[string]*node) {
	if c.from != nil {
		delete(of(c.from), c.fromName)
	}
	if c.node == nil {
		delete(of(c.folder), c.name)
	} else {
		of(c.folder)[c.name] = c.node
	}
}

// write changes a file, seen at once and lasting later.
func (n *node) write(w write) {
	n.data = w.apply(n.data)
	n.pending = append(n.pending, w)
}

func (w write) apply(data []byte) []byte {
	size := int(w.off) + len(w.data)
	switch {
	case w.resize && len(data) > size:
		return data[:size:size]
	case len(data) < size:
		data = append(data, make([]byte, size-len(data))...)
	}
	copy(data[w.off:], w.data)
	return data
}

// sync makes last what happened to a file or a folder before the given moment.
func (d *disk) sync(n *node, before int) {
	if n.folder {
		d.names = slices.DeleteFunc(d.names, func(c nameChange) bool {
			if c.at >= before || (c.folder != n && c.from != n) {
				return false
			}
			c.apply(func(n *node) map[string]*node { return n.lasting })
			return true
		})
		return
	}
	var synced []write
	n.pending = slices.DeleteFunc(n.pending, func(w write) bool {
		if w.at < before {
			synced = append(synced, w)
		}
		return w.at < before
	})
	n.kept = n.after(synced)
}

// after returns what is kept after some changes.
func (n *node) after(changes []write) []byte {
	if len(changes) == 0 {
		return n.kept
	}
	data := bytes.Clone(n.kept)
	for _, w := range changes {
		data = w.apply(data)
	}
	return data
}

// loss is a way in which a disk loses what has not been synced.
type loss struct {
	name string
	// names picks the changes of names that last, of n.
	names func(r *rand.Rand, n int) func(i int) bool
	// writes picks what lasts of a file's changes.
	writes func(r *rand.Rand, all []write) []write
	// harmless says that nothing, or next to nothing, is lost.
	harmless bool
}

func losses() []loss {
	none := func(*rand.Rand, int) func(int) bool { return func(int) bool { return false } }
	all := func(*rand.Rand, int) func(int) bool { return func(int) bool { return true } }
	// A journal keeps the order of changes.
	first := func(r *rand.Rand, n int) func(int) bool {
		upTo := r.IntN(n + 1)
		return func(i int) bool { return i < upTo }
	}
	some := func(r *rand.Rand, _ int) func(int) bool { return func(int) bool { return r.IntN(2) == 0 } }
	noWrites := func(*rand.Rand, []write) []write { return nil }
	allWrites := func(_ *rand.Rand, all []write) []write { return all }
	return []loss{
		{"all", none, noWrites, false},
		{"nothing", all, allWrites, true},
		{"contents", all, noWrites, false},
		{"names", none, allWrites, false},
		{"some sectors", first, someSectors, false},
		{"some sectors and names", some, someSectors, false},
		{"half a write", all, tornWrite, true},
	}
}

// sector is the least that a disk writes as one.
const sector = 512

// someSectors keeps about every second sector or page of what was written.
func someSectors(r *rand.Rand, all []write) (kept []write) {
	size := int64(sector << (3 * r.IntN(2)))
	for _, w := range all {
		if w.resize {
			if r.IntN(2) == 0 {
				kept = append(kept, w)
			}
			continue
		}
		for from := w.off; from < w.off+int64(len(w.data)); {
			to := min((from/size+1)*size, w.off+int64(len(w.data)))
			if r.IntN(2) == 0 {
				kept = append(kept, write{off: from, data: w.data[from-w.off : to-w.off]})
			}
			from = to
		}
	}
	return kept
}

// tornWrite keeps everything but some sectors at the end of the last write.
func tornWrite(r *rand.Rand, all []write) []write {
	if len(all) == 0 {
		return nil
	}
	kept, last := slices.Clone(all), &all[len(all)-1]
	if !last.resize {
		sectors := len(last.data) / sector
		kept[len(kept)-1].data = last.data[:sector*r.IntN(sectors+1)]
	}
	return kept
}

// survivors are the files that are there after a loss, by their path; a folder
// ends in a slash. They are not to be changed.
func (d *disk) survivors(l loss, r *rand.Rand) map[string][]byte {
	folders := map[*node]map[string]*node{}
	entries := func(n *node) map[string]*node {
		if folders[n] == nil {
			folders[n] = maps.Clone(n.lasting)
		}
		return folders[n]
	}
	lasts := l.names(r, len(d.names))
	for i, c := range d.names {
		if lasts(i) {
			c.apply(entries)
		}
	}
	files := map[string][]byte{}
	var walk func(path string, n *node)
	walk = func(path string, n *node) {
		if !n.folder {
			files[path] = n.after(l.writes(r, n.pending))
			return
		}
		files[path+"/"] = nil
		for _, name := range slices.Sorted(maps.Keys(entries(n))) {
			walk(path+"/"+name, entries(n)[name])
		}
	}
	walk("", d.root)
	return files
}

// ReadFiles reads what is in a folder, by its path in there, which begins with a
// slash; that of a folder ends in one too.
func ReadFiles(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		name := filepath.ToSlash(strings.TrimPrefix(path, dir))
		if err != nil || e.IsDir() {
			files[name+"/"] = nil
			return err
		}
		files[name], err = os.ReadFile(path)
		return err
	})
	return files, err
}

// WriteFiles puts files into a folder, by paths as those of ReadFiles.
func WriteFiles(dir string, files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		to := filepath.Join(dir, name)
		var err error
		if name[len(name)-1] == '/' {
			err = os.MkdirAll(to, 0o700)
		} else {
			err = os.WriteFile(to, files[name], 0o600)
		}
		if err != nil {
			return fmt.Errorf("put down what is left: %w", err)
		}
	}
	return nil
}
