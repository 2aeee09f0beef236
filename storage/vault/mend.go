package vault

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"io"
	"os"

	"bankbook/core/fault"
)

// metaFlag marks a meta page (bbolt v1.5.0, internal/common/page.go).
const metaFlag = 0x04

// settle makes a file begin at its newest meta page, or at the one before it if
// back is 1: that is the state before the last commit, whose pages bbolt does
// not touch until the commit after. Both meta pages tell of it then. It reports
// whether the file had but one that is whole, and returns NotFound if there is
// no such page.
func settle(path string, back int) (alone bool, err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	found := wholeMetas(f)
	if back >= len(found) {
		return false, fault.New("vault: mend", fault.NotFound, errMeta)
	}
	data := make([]byte, metaSize)
	if _, err := f.ReadAt(data, found[back].at+metaAt); err != nil {
		return false, err
	}
	pageSize := found[back].pageSize
	for id := range uint64(2) {
		if _, err := f.WriteAt(metaPage(data, id, found[back].tx+1-id, pageSize), int64(id)*int64(pageSize)); err != nil {
			return false, err
		}
	}
	return len(found) == 1, nil
}

// placedMeta is a meta page and where in the file it lies.
type placedMeta struct {
	meta
	at int64
}

// wholeMetas lists the meta pages whose checksum is right, the newest first.
func wholeMetas(f io.ReaderAt) []placedMeta {
	var list []placedMeta
	for _, at := range metaOffsets() {
		m, err := readMeta(f, at)
		if err != nil || at != 0 && at != int64(m.pageSize) {
			continue
		}
		if len(list) == 1 && list[0].tx < m.tx {
			return []placedMeta{{m, at}, list[0]}
		}
		list = append(list, placedMeta{m, at})
	}
	return list[:min(len(list), 2)]
}

// metaPage returns a whole page with the meta in data, but of another
// transaction.
func metaPage(data []byte, id, tx uint64, size int) []byte {
	order := binary.NativeEndian
	p := make([]byte, size)
	order.PutUint64(p, id)
	order.PutUint16(p[8:], metaFlag)
	m := p[metaAt : metaAt+metaSize]
	copy(m, data)
	order.PutUint64(m[48:], tx)
	sum := fnv.New64a()
	sum.Write(m[:56])
	order.PutUint64(m[56:], sum.Sum64())
	return p
}

// checkTree walks all pages of the trees, but not the list of free pages: enough
// to read everything.
func checkTree(f io.ReaderAt, m meta) error {
	s := &structure{file: f, meta: m, taken: make([]bool, m.highWater)}
	return s.tree(m.root, s.rootValue)
}

// maxHeader is how long a header can be.
const maxHeader = 1 << 10

// findHeader finds a vault's header: where it belongs, or else anywhere in the
// file, by its checksum, even if nothing leads there any more.
func findHeader(path string) (header, error) {
	if h, err := headerInPlace(path); err == nil || fault.Is(err, fault.VaultNewer) {
		return h, err
	}
	var found header
	var newer error
	err := eachPiece(path, func(data []byte) bool {
		for at := 0; ; at++ {
			next := bytes.Index(data[at:], []byte(headerMagic))
			if next < 0 {
				return true
			}
			at += next
			for end := at + len(headerMagic); end <= min(len(data), at+maxHeader); end++ {
				h, err := decodeHeader(data[at:end])
				if err == nil {
					found = h
					return false
				}
				if fault.Is(err, fault.VaultNewer) {
					newer = err
				}
			}
		}
	})
	switch {
	case err != nil || found.ID != "":
		return found, err
	case newer != nil:
		return header{}, newer
	}
	return header{}, fault.New("vault: find header", fault.VaultForeign, errNotVault)
}

func headerInPlace(path string) (h header, err error) {
	err = guard("vault: read header", func() error {
		db, err := openSource(path, true)
		if err != nil {
			return err
		}
		h, err = readHeader(db)
		return errors.Join(err, db.Close())
	})
	return h, err
}

// pieceSize is how much of a file is searched at a time.
const pieceSize = 1 << 20

// eachPiece hands a file to visit in overlapping pieces, until it returns false.
func eachPiece(path string, visit func(data []byte) bool) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	buf := make([]byte, pieceSize+maxHeader)
	for at := int64(0); ; at += pieceSize {
		n, err := f.ReadAt(buf, at)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if !visit(buf[:n]) || err != nil {
			return nil
		}
	}
}
