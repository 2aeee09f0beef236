package vault

import (
	"sync/atomic"

	bolt "go.etcd.io/bbolt"
)

// mapping counts what is read of the pages that bbolt maps into memory, so that
// those of a long pass do not stay there. The system would take them back when
// memory is short, but till then they count as the program's.
type mapping struct{ read atomic.Int64 }

// mappedPass is how much is read before pages are given back.
const mappedPass = 16 << 20

// passed says that a value of so many bytes has been found in a transaction,
// which keeps the mapping where it is. Values stay readable.
func (m *mapping) passed(tx *bolt.Tx, bytes int) {
	if m == nil || m.read.Add(int64(bytes)) < mappedPass {
		return
	}
	m.read.Store(0)
	giveBack(tx.DB().Info().Data, uintptr(tx.Size()))
}
