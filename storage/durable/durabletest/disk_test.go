package durabletest

import (
	"errors"
	"maps"
	"math/rand/v2"
	"os/exec"
	"slices"
	"testing"
)

// left returns the files that a loss leaves.
func left(d *disk, name string) map[string]string {
	files := map[string]string{}
	for _, l := range losses() {
		if l.name == name {
			for path, data := range d.survivors(l, rand.New(rand.NewPCG(1, 1))) {
				files[path] = string(data)
			}
		}
	}
	return files
}

func TestWhatIsNotSyncedIsLost(t *testing.T) {
	d := newDisk(map[string][]byte{"/": nil, "/old": []byte("old")})
	old, fresh := d.root.entries["old"], &node{}
	d.change(nameChange{at: 1, folder: d.root, name: "new", node: fresh})
	fresh.write(write{at: 2, data: []byte("fresh")})
	old.write(write{at: 3, off: 1, data: []byte("x")})
	for _, c := range []struct {
		sync func()
		loss string
		want map[string]string
	}{
		{func() {}, "all", map[string]string{"/": "", "/old": "old"}},
		{func() {}, "contents", map[string]string{"/": "", "/old": "old", "/new": ""}},
		{func() {}, "names", map[string]string{"/": "", "/old": "oxd"}},
		{func() {}, "nothing", map[string]string{"/": "", "/old": "oxd", "/new": "fresh"}},
		{func() { d.sync(fresh, 3) }, "all", map[string]string{"/": "", "/old": "old"}},
		{func() { d.sync(d.root, 1) }, "all", map[string]string{"/": "", "/old": "old"}}, // it began before
		{func() { d.sync(d.root, 4) }, "all", map[string]string{"/": "", "/old": "old", "/new": "fresh"}},
		{func() { d.sync(old, 4) }, "all", map[string]string{"/": "", "/old": "oxd", "/new": "fresh"}},
	} {
		c.sync()
		if got := left(d, c.loss); !maps.Equal(got, c.want) {
			t.Errorf("losing %s leaves %q, not %q", c.loss, got, c.want)
		}
	}
}

// writer hears of a file that another is renamed over.
type writer struct {
	lines []string
	seen  map[string]bool
}

func (w *writer) Hear(line string) error { w.lines = append(w.lines, line); return nil }
func (w *writer) Phase() string          { return "write" }
func (w *writer) State() string          { return "" }

func (w *writer) End() error {
	if len(w.lines) != 1 {
		return errors.New("it has not come to its end")
	}
	return nil
}

func (w *writer) Judge(dir string) error {
	files, err := ReadFiles(dir)
	w.seen[string(files["/file"])] = true
	return err
}

// TestRecordAndCheck records a program that syncs nothing.
func TestRecordAndCheck(t *testing.T) {
	NeedStrace(t)
	w := &writer{seen: map[string]bool{}}
	r := Record(t, Play{
		Files: map[string][]byte{"/": nil, "/file": []byte("old\n")},
		Command: func(dir string) *exec.Cmd {
			return exec.CommandContext(t.Context(), "sh", "-c", `echo new > "$0/temp"; mv "$0/temp" "$0/file"; echo end`, dir)
		},
		Watch: func() Watcher { w.lines = nil; return w },
	})
	found := r.Check(t, Outages{States: 100})
	if found.Total().States == 0 || found.Total().Violations > 0 {
		t.Errorf("found %v", found)
	}
	if got := slices.Sorted(maps.Keys(w.seen)); !slices.Equal(got, []string{"", "new\n", "old\n"}) {
		t.Errorf("the file held %q", got)
	}
	var written []string
	r.Writes(t, func(data []byte) { written = append(written, string(data)) })
	if !slices.Contains(written, "new\n") {
		t.Errorf("what was written is %q", written)
	}
}

func TestParseTrace(t *testing.T) {
	calls, err := parseTrace([]byte(`7 fsync(5 <unfinished ...>
8 close(3 <unfinished ...>
9 pwrite64(5, "\x61\x00", 2, 4096) = 2
8 <... close resumed>)              = 0
7 <... fsync resumed>)              = 0
9 +++ exited with 0 +++
`))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range calls {
		names = append(names, c.name)
	}
	if !slices.Equal(names, []string{"close", "pwrite64", "fsync"}) || calls[2].began != 0 || calls[2].ended != 4 {
		t.Errorf("calls %+v", calls)
	}
	if data, err := calls[1].bytes(1); err != nil || string(data) != "a\x00" {
		t.Errorf("data %q, %v", data, err)
	}
}
