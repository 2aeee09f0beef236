package durabletest

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// replay follows the system calls of a child and of the programs that it
// starts, and does to a disk what they did.
type replay struct {
	disk *disk
	// dir is the folder that the disk stands for.
	dir   string
	watch Watcher
	// forgets says that a sync does nothing.
	forgets func(n *node) bool
	// wrote is told what is written into files.
	wrote func(data []byte)

	procs map[int]*proc
	// parents are the calls that began each process and thread.
	parents map[int]call
	// first is the child itself; its standard output is heard.
	first int
	heard string
}

// proc is a program with its open files.
type proc struct{ open map[int64]*descriptor }

// descriptor is an open file of the disk.
type descriptor struct {
	node   *node
	offset int64
	// appends says that every write goes to the end.
	appends bool
}

func newReplay(d *disk, dir string, calls []call, watch Watcher) *replay {
	r := &replay{
		disk: d, dir: dir, watch: watch, forgets: func(*node) bool { return false }, wrote: func([]byte) {},
		procs: map[int]*proc{}, parents: map[int]call{}, first: calls[0].pid,
	}
	for _, c := range calls {
		switch c.name {
		case "clone", "clone3", "fork", "vfork":
			r.parents[int(c.ret)] = c
		}
	}
	r.procs[r.first] = &proc{open: map[int64]*descriptor{}}
	return r
}

// proc returns the program that a process or thread belongs to.
func (r *replay) proc(pid int) (*proc, error) {
	if p := r.procs[pid]; p != nil {
		return p, nil
	}
	birth, ok := r.parents[pid]
	if !ok {
		return nil, fmt.Errorf("nobody has started process %d", pid)
	}
	parent, err := r.proc(birth.pid)
	if err != nil {
		return nil, err
	}
	p := parent
	if !strings.Contains(strings.Join(birth.args, " "), "CLONE_FILES") {
		p = &proc{open: maps.Clone(parent.open)}
	}
	r.procs[pid] = p
	return p, nil
}

// step does what a call did. changed says that the disk, or what the child has
// told, is not what it was before.
func (r *replay) step(c call) (changed bool, err error) {
	if c.ret < 0 {
		return false, nil
	}
	p, err := r.proc(c.pid)
	if err != nil {
		return false, err
	}
	switch c.name {
	case "clone", "clone3", "fork", "vfork":
		return false, nil
	case "execve":
		p.open = map[int64]*descriptor{} // Go closes its files then
		return false, nil
	case "chdir", "sync", "syncfs":
		return false, fmt.Errorf("the replay does not know %s", c.name)
	case "close":
		fd, err := c.number(0)
		delete(p.open, fd)
		return false, err
	case "mmap":
		return false, r.mmap(p, c)
	case "dup", "dup2", "dup3", "fcntl":
		return false, p.dup(c)
	case "open", "openat", "creat":
		return r.open(p, c)
	case "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "symlink", "symlinkat", "truncate":
		return r.name(p, c)
	}
	if c.name == "copy_file_range" || c.name == "sendfile" {
		return r.copy(p, c)
	}
	return r.onFile(p, c)
}

// dup gives an open file one more number.
func (p *proc) dup(c call) error {
	if c.name == "fcntl" && !c.has(1, "DUPFD") {
		return nil
	}
	fd, err := c.number(0)
	delete(p.open, c.ret)
	if d := p.open[fd]; d != nil {
		p.open[c.ret] = d
	}
	return err
}

// mmap makes sure that no file is written through memory, where nobody sees it.
func (r *replay) mmap(p *proc, c call) error {
	if !c.has(2, "PROT_WRITE") || !c.has(3, "MAP_SHARED") || c.has(3, "MAP_ANONYMOUS") {
		return nil
	}
	fd, err := c.number(4)
	if err == nil && p.open[fd] != nil {
		err = fmt.Errorf("the vault's files are written through memory")
	}
	return err
}

// place resolves a path of a call to a folder of the disk and a name in it;
// the folder is nil if the path leads elsewhere.
func (r *replay) place(p *proc, at string, c call, i int) (*node, string, error) {
	raw, err := c.bytes(i)
	if err != nil {
		return nil, "", err
	}
	name, from := filepath.ToSlash(string(raw)), r.disk.root
	switch {
	case path.IsAbs(name):
		rest, ok := strings.CutPrefix(path.Clean(name)+"/", r.dir+"/")
		if !ok {
			return nil, "", nil
		}
		name = rest
	case at == "" || at == "AT_FDCWD":
		return nil, "", nil
	default:
		fd, err := call{args: []string{at}}.number(0)
		if err != nil || p.open[fd] == nil {
			return nil, "", err
		}
		from = p.open[fd].node
	}
	parts := slices.DeleteFunc(strings.Split(name, "/"), func(s string) bool { return s == "" || s == "." })
	if len(parts) == 0 {
		return from, "", nil
	}
	for _, part := range parts[:len(parts)-1] {
		if from = from.entries[part]; from == nil || part == ".." {
			return nil, "", fmt.Errorf("%s: there is no folder %s", c.name, part)
		}
	}
	return from, parts[len(parts)-1], nil
}

// open opens a file, and makes or empties it if it was asked to.
func (r *replay) open(p *proc, c call) (changed bool, err error) {
	at, i, flags := "", 0, 1
	if c.name == "openat" {
		at, i, flags = c.args[0], 1, 2
	}
	folder, name, err := r.place(p, at, c, i)
	if err != nil || folder == nil {
		return false, err
	}
	n := folder
	if name != "" {
		n = folder.entries[name]
	}
	switch {
	case n == nil:
		n = &node{}
		r.disk.change(nameChange{at: c.ended, folder: folder, name: name, node: n})
		changed = true
	case c.name == "creat" || c.has(flags, "O_TRUNC"):
		n.write(write{at: c.ended, resize: true})
		changed = true
	}
	if c.has(flags, "O_TMPFILE") {
		return false, fmt.Errorf("the replay does not know %s", c.args[flags])
	}
	p.open[c.ret] = &descriptor{node: n, appends: c.has(flags, "O_APPEND")}
	return changed, nil
}

// name does the calls that change names.
func (r *replay) name(p *proc, c call) (changed bool, err error) {
	at, i := "", 0
	if strings.Contains(c.name, "at") && c.name != "truncate" {
		at, i = c.args[0], 1
	}
	folder, name, err := r.place(p, at, c, i)
	if err != nil {
		return false, err
	}
	switch c.name {
	case "rename", "renameat", "renameat2", "link", "linkat":
		return r.move(p, c, folder, name)
	}
	if folder == nil {
		return false, nil
	}
	change := nameChange{at: c.ended, folder: folder, name: name}
	switch c.name {
	case "mkdir", "mkdirat":
		change.node = newFolder()
	case "unlink", "unlinkat", "rmdir":
	default:
		return false, fmt.Errorf("the replay does not know %s", c.name)
	}
	r.disk.change(change)
	return true, nil
}

// move gives a file another name, or one more.
func (r *replay) move(p *proc, c call, folder *node, name string) (bool, error) {
	at, i := "", 1
	if strings.Contains(c.name, "at") {
		at, i = c.args[2], 3
	}
	to, newName, err := r.place(p, at, c, i)
	if err != nil {
		return false, err
	}
	if folder == nil && to == nil {
		return false, nil
	}
	if folder == nil || to == nil || folder.entries[name] == nil {
		return false, fmt.Errorf("%s leads into or out of the folder", c.name)
	}
	change := nameChange{at: c.ended, folder: to, name: newName, node: folder.entries[name]}
	if strings.HasPrefix(c.name, "rename") {
		change.from, change.fromName = folder, name
	}
	r.disk.change(change)
	return true, nil
}

// onFile does the calls on an open file.
func (r *replay) onFile(p *proc, c call) (changed bool, err error) {
	fd, err := c.number(0)
	if err != nil {
		return false, err
	}
	d := p.open[fd]
	if d == nil {
		if c.name == "write" && fd == 1 && p == r.procs[r.first] {
			return r.hear(c)
		}
		return false, nil
	}
	switch c.name {
	case "read":
		d.offset += c.ret
		return false, nil
	case "lseek":
		d.offset = c.ret
		return false, nil
	case "write", "pwrite64":
		return r.writeTo(d, c)
	case "ftruncate":
		size, err := c.number(1)
		d.node.write(write{at: c.ended, off: size, resize: true})
		return true, err
	case "fsync", "fdatasync":
		if !r.forgets(d.node) {
			r.disk.sync(d.node, c.began)
		}
		return true, nil
	}
	return false, fmt.Errorf("the replay does not know %s", c.name)
}

// writeTo does write and pwrite64.
func (r *replay) writeTo(d *descriptor, c call) (changed bool, err error) {
	data, err := c.bytes(1)
	if err == nil && int64(len(data)) < c.ret {
		err = errors.New("its data are not all in the trace")
	}
	if err != nil {
		return false, fmt.Errorf("%s: %w", c.name, err)
	}
	if d.appends {
		d.offset = int64(len(d.node.data))
	}
	off := d.offset
	if c.name == "pwrite64" {
		off, err = c.number(3)
	} else {
		d.offset += c.ret
	}
	r.write(d.node, write{at: c.ended, off: off, data: data[:c.ret]})
	return true, err
}

func (r *replay) write(n *node, w write) {
	r.wrote(w.data)
	n.write(w)
}

// copy does what the system copies from one file to another by itself.
func (r *replay) copy(p *proc, c call) (changed bool, err error) {
	source, target, from := 0, 2, 1
	if c.name == "sendfile" {
		source, target, from = 1, 0, 2
	}
	in, err := c.number(source)
	if err != nil {
		return false, err
	}
	out, err := c.number(target)
	if err != nil {
		return false, err
	}
	to := p.open[out]
	if to == nil {
		return false, nil
	}
	if p.open[in] == nil || c.args[from] != "NULL" {
		return false, fmt.Errorf("%s from elsewhere", c.name)
	}
	what := p.open[in]
	data := slices.Clone(what.node.data[what.offset : what.offset+c.ret])
	r.write(to.node, write{at: c.ended, off: to.offset, data: data})
	what.offset += c.ret
	to.offset += c.ret
	return c.ret > 0, nil
}

// hear takes what the child writes to its standard output.
func (r *replay) hear(c call) (changed bool, err error) {
	data, err := c.bytes(1)
	if err != nil {
		return false, err
	}
	r.heard += string(data)
	for {
		line, rest, whole := strings.Cut(r.heard, "\n")
		if !whole {
			return changed, nil
		}
		if err := r.watch.Hear(line); err != nil {
			return false, err
		}
		r.heard, changed = rest, true
	}
}
