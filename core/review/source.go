package review

import (
	"errors"

	"bankbook/core"
)

// ErrMoved means that the source has changed and a row is no longer where a Ref
// says, or that a month changed while it was being read. Refresh, and ask
// again.
var ErrMoved = errors.New("transactions have moved")

// Source is where the transactions are kept. Its methods are safe for
// concurrent use.
type Source interface {
	// Stamps lists the months that have transactions, newest first.
	Stamps() ([]Stamp, error)
	// Scan calls fn with the chunks of a month, the one with the newest row
	// first, until fn returns false. It returns the stamp of the month as it was
	// read, 0 for a month without transactions, or ErrMoved. A Chunk and all in it
	// belong to the source again when fn returns.
	Scan(m core.Month, fn func(*Chunk) bool) (stamp uint64, err error)
	Reader
	// ReadAhead says that everything is about to be scanned.
	ReadAhead()

	Profiles() ([]core.Profile, error)
	Items() ([]core.Item, error)
	Accounts() ([]core.Account, error)
}

// Reader reads single transactions.
type Reader interface {
	// Rows returns the transactions at some places, in the order asked for, or
	// ErrMoved.
	Rows([]Ref) ([]core.Transaction, error)
}

// Stamp is a month and a number that is another one after every change of the
// month's transactions or of what the user said about them. It is never 0.
type Stamp struct {
	Month core.Month
	Stamp uint64
}

// Chunk is some transactions of one month, as they are kept together.
type Chunk struct {
	// Number names the chunk within its month, Stamp what is in it.
	Number uint32
	Stamp  uint64
	// Newest is no earlier than the date of any row.
	Newest core.Date
	// Texts are the texts of the rows; the first is "".
	Texts [][]byte
	Rows  []Row
}

// Row is one transaction of a Chunk. Its texts are positions in the chunk's
// Texts.
type Row struct {
	ID      []byte
	Date    core.Date
	Minor   int64
	Pending bool
	// Dead rows do not count: they have been removed, or are in another chunk by
	// now.
	Dead bool
	// Note is what the user said, or nil.
	Note *Annotation

	Item, Account, Currency, Primary, Detailed,
	Name, Merchant, Original, Counterparty uint32
}

// Annotation is what the user said about a transaction.
type Annotation struct {
	// Category takes the place of the bank's, unless it is "".
	Category string
	Tags     []string
	Reviewed bool
	Note     string
}

// Ref is the place of a transaction in its source: a chunk, the stamp the chunk
// had, and the position in it.
type Ref struct {
	Month core.Month
	Chunk uint32
	Stamp uint64
	Index int
}
