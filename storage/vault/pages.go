package vault

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
	"os"
	"sync"
)

// meta is what this package reads of bbolt's two meta pages.
type meta struct {
	pageSize int
	// root and free are the pages of the root bucket and of the free list.
	root, free uint64
	// highWater is the number of pages in use or free.
	highWater uint64
	tx        uint64
}

const (
	// metaAt is where the meta lies in its page, behind bbolt's page header.
	metaAt    = 16
	metaSize  = 64
	metaMagic = 0xED0CDAED
)

var (
	errMeta    = errors.New("not a meta page")
	errMetaSum = errors.New("meta page has a wrong checksum")
)

// metaOffsets lists where meta pages can lie: at the start, and behind a page
// of any size.
func metaOffsets() []int64 {
	list := []int64{0}
	for size := int64(1024); size <= 64<<10; size *= 2 {
		list = append(list, size)
	}
	return list
}

// readMeta reads the meta page at an offset. bbolt lays it out in the
// machine's byte order: magic, version, page size and flags of 4 bytes, then
// root page, sequence, free list, high-water mark, transaction and FNV-1a
// checksum of 8.
func readMeta(f io.ReaderAt, at int64) (meta, error) {
	var b [metaSize]byte
	if _, err := f.ReadAt(b[:], at+metaAt); err != nil {
		return meta{}, errMeta
	}
	order := binary.NativeEndian
	if order.Uint32(b[0:]) != metaMagic {
		return meta{}, errMeta
	}
	h := fnv.New64a()
	h.Write(b[:56])
	if h.Sum64() != order.Uint64(b[56:]) {
		return meta{}, errMetaSum
	}
	return meta{
		pageSize: int(order.Uint32(b[8:])), root: order.Uint64(b[16:]), free: order.Uint64(b[32:]),
		highWater: order.Uint64(b[40:]), tx: order.Uint64(b[48:]),
	}, nil
}

// currentMeta returns the meta of the last commit, and makes sure of both meta
// pages. bbolt is content with one, and then silently shows the commit before
// the last. A crash cannot cause that: a meta lies in one sector, which is
// written whole or not at all.
func currentMeta(f *os.File, pageSize int) (meta, error) {
	first, err := readMeta(f, 0)
	if err != nil {
		return meta{}, damaged("meta page 0: %w", err)
	}
	second, err := readMeta(f, int64(pageSize))
	if err != nil {
		return meta{}, damaged("meta page 1: %w", err)
	}
	if first.tx < second.tx {
		first, second = second, first
	}
	if first.tx != second.tx+1 || first.pageSize != pageSize {
		return meta{}, damaged("the meta pages are of transactions %d and %d", first.tx, second.tx)
	}
	info, err := f.Stat()
	if err != nil {
		return meta{}, err
	}
	if first.highWater > uint64(info.Size())/uint64(pageSize) {
		return meta{}, damaged("the file has %d bytes, not %d pages", info.Size(), first.highWater)
	}
	return first, nil
}

// Kinds of page, and the size of a page's head and of an element in it. Source:
// bbolt v1.5.0, internal/common/page.go.
const (
	branchPage   = 0x01
	leafPage     = 0x02
	freePage     = 0x10
	bucketLeaf   = 0x01
	pageHead     = 16
	elementSize  = 16
	bucketHead   = 16
	manyFree     = 0xFFFF
	firstFree    = 2
	freePageSize = 8
)

// structure is a walk over the pages of a bbolt file, outside bbolt. Of a file
// whose pages do not hang together, bbolt runs in circles, fills the memory or
// overwrites what is in use (SECURITY §3), and none of that can be recovered
// from; so a file is walked before it is used. The walk reads page heads and
// elements, not the values.
type structure struct {
	file io.ReaderAt
	meta meta
	// shallow leaves out the pages that hold the records of a large bucket.
	shallow bool
	// taken marks the pages that have their place.
	taken []bool
}

// checkBranches walks the branches of the trees and the list of free pages:
// enough to read, and a matter of milliseconds for a million transactions even
// on a cold cache.
func checkBranches(f io.ReaderAt, m meta) error {
	s := &structure{file: f, meta: m, shallow: true, taken: make([]bool, m.highWater)}
	if err := s.tree(m.root, s.rootValue); err != nil {
		return err
	}
	return s.free(m.free)
}

// checkPages walks all pages, as has to be done once before the first write.
func checkPages(f io.ReaderAt, m meta) error {
	s := &structure{file: f, meta: m, taken: make([]bool, m.highWater)}
	if err := s.tree(m.root, s.rootValue); err != nil {
		return err
	}
	if err := s.free(m.free); err != nil {
		return err
	}
	for id := firstFree; id < len(s.taken); id++ {
		if !s.taken[id] {
			return damaged("page %d is neither in use nor free", id)
		}
	}
	return nil
}

// page is the head of a page with its elements.
type page struct {
	flags, count int
	// size is the length of the page with the pages that it flows over to.
	size int64
	data []byte
}

// page reads a page and gives it its place.
func (s *structure) page(id uint64, elements func(count int) int) (page, error) {
	if id < firstFree || id >= s.meta.highWater {
		return page{}, damaged("there is no page %d", id)
	}
	p := page{data: make([]byte, s.meta.pageSize)}
	if err := s.read(p.data, id); err != nil {
		return page{}, err
	}
	order := binary.NativeEndian
	p.flags, p.count = int(order.Uint16(p.data[8:])), int(order.Uint16(p.data[10:]))
	overflow := uint64(order.Uint32(p.data[12:]))
	if order.Uint64(p.data) != id || overflow >= s.meta.highWater-id {
		return page{}, damaged("page %d has another's head", id)
	}
	for i := id; i <= id+overflow; i++ {
		if err := s.take(i); err != nil {
			return page{}, err
		}
	}
	p.size = int64(overflow+1) * int64(s.meta.pageSize)
	need := pageHead + elements(p.count)
	if int64(need) > p.size {
		return page{}, damaged("page %d has too many elements", id)
	}
	if need > len(p.data) {
		p.data = make([]byte, need)
		return p, s.read(p.data, id)
	}
	return p, nil
}

func (s *structure) read(data []byte, id uint64) error {
	if _, err := s.file.ReadAt(data, int64(id)*int64(s.meta.pageSize)); err != nil {
		return damaged("page %d: %w", id, err)
	}
	return nil
}

// tree walks a bucket's pages from its root. value is called for every element
// that is a bucket, with the place of its value in the file; nil means that
// there may be none.
func (s *structure) tree(id uint64, value func(at int64, size int) error) error {
	p, err := s.page(id, func(count int) int { return count * elementSize })
	switch {
	case err != nil:
		return err
	case p.flags == branchPage && p.count > 0:
		return s.branch(id, p, value)
	case p.flags == leafPage:
		return s.leaf(int64(id)*int64(s.meta.pageSize), p, value)
	}
	return damaged("page %d is not part of a tree", id)
}

// branch walks the pages below a page; its elements are position, length of
// the key, and page.
func (s *structure) branch(id uint64, p page, value func(int64, int) error) error {
	order := binary.NativeEndian
	leaves := s.shallow && value == nil && s.isLeaf(order.Uint64(p.data[pageHead+8:]))
	if !leaves {
		s.prefetch(p)
	}
	for i := range p.count {
		at := pageHead + i*elementSize
		e := p.data[at : at+elementSize]
		if int64(at)+int64(order.Uint32(e))+int64(order.Uint32(e[4:])) > p.size {
			return damaged("page %d has a key beyond its end", id)
		}
		walk := func(id uint64) error { return s.tree(id, value) }
		if leaves {
			walk = s.take
		}
		if err := walk(order.Uint64(e[8:])); err != nil {
			return err
		}
	}
	return nil
}

// isLeaf reports whether a page holds records. All pages of a tree that are as
// deep do so too.
func (s *structure) isLeaf(id uint64) bool {
	head := make([]byte, pageHead)
	return id < s.meta.highWater && s.read(head, id) == nil && binary.NativeEndian.Uint16(head[8:]) == leafPage
}

// take gives a page its place without reading it.
func (s *structure) take(id uint64) error {
	switch {
	case id < firstFree || id >= s.meta.highWater:
		return damaged("there is no page %d", id)
	case s.taken[id]:
		return damaged("page %d has two places", id)
	}
	s.taken[id] = true
	return nil
}

// prefetchers is how many pages are read at a time: on a cold cache one after
// the other takes ten times as long.
const prefetchers = 32

// prefetch brings the heads of the pages below a branch into the system's
// cache, and of the first page below each of those, which the walk looks at
// next. Errors are left to the walk.
func (s *structure) prefetch(p page) {
	var wg sync.WaitGroup
	for worker := range min(prefetchers, p.count) {
		wg.Go(func() {
			order, head := binary.NativeEndian, make([]byte, pageHead+elementSize)
			for i := worker; i < p.count; i += prefetchers {
				child := order.Uint64(p.data[pageHead+i*elementSize+8:])
				if child < s.meta.highWater && s.read(head, child) == nil && order.Uint16(head[8:]) == branchPage {
					_ = s.isLeaf(order.Uint64(head[pageHead+8:]))
				}
			}
		})
	}
	wg.Wait()
}

// leaf checks a page of records that begins at the given place in the file;
// its elements are flags, position, length of the key, and length of the
// value.
func (s *structure) leaf(start int64, p page, value func(int64, int) error) error {
	order := binary.NativeEndian
	for i := range p.count {
		at := pageHead + i*elementSize
		e := p.data[at : at+elementSize]
		flags := order.Uint32(e)
		valueAt := int64(at) + int64(order.Uint32(e[4:])) + int64(order.Uint32(e[8:]))
		size := order.Uint32(e[12:])
		switch {
		case valueAt+int64(size) > p.size:
			return damaged("a page has a record beyond its end")
		case flags == 0 && value == nil:
			continue
		case flags != bucketLeaf || value == nil:
			return damaged("a page has a record of another kind")
		}
		if err := value(start+valueAt, int(size)); err != nil {
			return err
		}
	}
	return nil
}

// rootValue walks the bucket that is a value of the root bucket: the number of
// its root page, or 0 if the page follows in the value itself.
func (s *structure) rootValue(at int64, size int) error {
	if size < bucketHead || size > s.meta.pageSize {
		return damaged("a bucket has %d bytes", size)
	}
	data := make([]byte, size)
	if _, err := s.file.ReadAt(data, at); err != nil {
		return damaged("a bucket: %w", err)
	}
	order := binary.NativeEndian
	if root := order.Uint64(data); root != 0 {
		return s.tree(root, nil)
	}
	p := page{size: int64(size - bucketHead), data: data[bucketHead:]}
	if p.size < pageHead {
		return damaged("a bucket has %d bytes", size)
	}
	p.flags, p.count = int(order.Uint16(p.data[8:])), int(order.Uint16(p.data[10:]))
	if p.flags != leafPage || int64(pageHead+p.count*elementSize) > p.size {
		return damaged("a bucket in a record is not one")
	}
	return s.leaf(0, p, nil)
}

// free checks the list of free pages: in rising order, and none in use.
func (s *structure) free(id uint64) error {
	order := binary.NativeEndian
	p, err := s.page(id, func(count int) int {
		if count == manyFree {
			return freePageSize
		}
		return count * freePageSize
	})
	if err != nil {
		return err
	}
	if p.flags != freePage {
		return damaged("page %d is not the list of free pages", id)
	}
	ids := p.data[pageHead:]
	if p.count == manyFree {
		count := order.Uint64(ids)
		if count > uint64(p.size-pageHead)/freePageSize-1 {
			return damaged("the list of free pages has %d entries", count)
		}
		p.count = int(count)
		ids = make([]byte, pageHead+(p.count+1)*freePageSize)
		if err := s.read(ids, id); err != nil {
			return err
		}
		ids = ids[pageHead+freePageSize:]
	}
	for i := range p.count {
		free := order.Uint64(ids[i*freePageSize:])
		if free < firstFree || free >= s.meta.highWater || s.taken[free] {
			return damaged("page %d is in use and free", free)
		}
		s.taken[free] = true
	}
	return nil
}
