package vault

import (
	"cmp"
	"slices"
	"strings"

	"bankbook/core"
	"bankbook/core/money"
)

// rowsVersion is the first byte of every encoded run of rows.
const rowsVersion = 1

// fullRows is the number of rows in a full chunk. The larger chunks are, the
// shorter is the file and the fewer are the pages to walk at every opening; but
// of 500 rows that change all over the years each is in a chunk that has to be
// opened. At a million rows, chunks of 512 miss the target for that, and those of
// 128 the one for a cold start.
const fullRows = 256

// maxRows is the number of rows that a chunk may have. Earlier versions filled
// chunks up to it.
const maxRows = 512

// maxText bounds the texts of one row together, so that no bank can make a
// chunk that does not fit memory.
const maxText = 64 << 10

// Bits of a row's flags.
const (
	flagPending = 1 << iota
	flagAuthorized
	flagFollows
)

// row is a transaction as the vault keeps it: with the item it came by.
type row struct {
	core.Transaction
	item core.ItemID
}

// size is the length of the row's texts.
func (r row) size() int {
	n := len(r.ID) + len(r.PendingID)
	for _, s := range r.shared() {
		n += len(*s)
	}
	return n
}

// sharedTexts is how many texts a row shares with others.
const sharedTexts = 11

// shared points to the texts that rows have in common; an encoded run lists
// each of them once.
func (r *row) shared() [sharedTexts]*string {
	return [...]*string{
		(*string)(&r.item), (*string)(&r.Account), (*string)(&r.Amount.Currency),
		&r.Category.Primary, &r.Category.Detailed, &r.Channel, &r.CounterpartyType,
		&r.Name, &r.Merchant, &r.Original, &r.Counterparty,
	}
}

// encodeRows writes rows in their order: version, number of rows, table of
// texts, then for each row
//
//	date int32 · minor units int64 · flags · [authorized less date, varint]
//	· 11 table numbers · id · [pending id]
func encodeRows(rows []row) []byte {
	texts := newRowTable(len(rows))
	body := encoder{buf: make([]byte, 0, len(rows)*typicalRow)}
	for i := range rows {
		encodeRow(&body, texts, &rows[i])
	}
	e := encoder{buf: make([]byte, 0, len(body.buf)+len(texts.texts)*typicalText)}
	e.byte(rowsVersion)
	e.uvarint(uint64(len(rows)))
	e.texts(texts.texts)
	e.raw(body.buf)
	return e.buf
}

// Lengths that few rows and texts are longer than.
const (
	typicalRow  = 72
	typicalText = 28
)

func encodeRow(e *encoder, texts *rowTable, r *row) {
	var flags byte
	if r.Pending {
		flags |= flagPending
	}
	if !r.Authorized.IsZero() {
		flags |= flagAuthorized
	}
	if r.PendingID != "" {
		flags |= flagFollows
	}
	e.int32(int32(r.Date))
	e.int64(r.Amount.Minor)
	e.byte(flags)
	if flags&flagAuthorized != 0 {
		e.varint(int64(r.Authorized) - int64(r.Date))
	}
	for i, s := range r.shared() {
		e.uvarint(texts.of(i, *s))
	}
	e.text(string(r.ID))
	if flags&flagFollows != 0 {
		e.text(string(r.PendingID))
	}
}

// rowTable is the table of texts of a run of rows. Most texts are those of the
// row before, so the last of each kind is remembered.
type rowTable struct {
	*table
	last [sharedTexts]struct {
		text   string
		number uint64
	}
}

func newRowTable(rows int) *rowTable {
	return &rowTable{table: newTable(2 * rows)}
}

// of is ref for a text of some kind.
func (t *rowTable) of(kind int, s string) uint64 {
	last := &t.last[kind]
	if s != last.text {
		last.text, last.number = s, t.ref(s)
	}
	return last.number
}

// minRow is the length of the shortest row.
const minRow = 4 + 8 + 1 + sharedTexts + 1

// decodeRows reads what encodeRows wrote. The rows' texts share one copy of
// data.
func decodeRows(data []byte) ([]row, error) {
	d := newDecoder(data)
	if d.byte() != rowsVersion {
		return nil, errCodec
	}
	n := d.uvarint()
	texts := d.texts()
	if d.bad || n > uint64(len(d.data)-d.off)/minRow {
		return nil, errCodec
	}
	rows := make([]row, n)
	for i := range rows {
		decodeRow(d, texts, &rows[i])
	}
	return rows, d.finish()
}

func decodeRow(d *decoder, texts []string, r *row) {
	refs, flags := decodeHead(d, r)
	for i, s := range r.shared() {
		*s = d.pick(texts, refs[i])
	}
	r.ID = core.TransactionID(d.text())
	if flags&flagFollows != 0 {
		r.PendingID = core.TransactionID(d.text())
	}
}

// decodeHead reads a row up to its ids, and the numbers of its shared texts.
func decodeHead(d *decoder, r *row) (refs [sharedTexts]uint64, flags byte) {
	r.Date = core.Date(d.int32())
	r.Amount = money.Of(d.int64(), "")
	flags = d.byte()
	r.Pending = flags&flagPending != 0
	if flags&flagAuthorized != 0 {
		r.Authorized = core.Date(int64(r.Date) + d.varint())
	}
	for i := range refs {
		refs[i] = d.uvarint()
	}
	return refs, flags
}

// eachID calls fn with the position and id of every encoded row, without
// decoding the rest. The id is part of data.
func eachID(data []byte, fn func(at int, id []byte)) error {
	d := &decoder{data: data}
	if d.byte() != rowsVersion {
		return errCodec
	}
	n := d.uvarint()
	for range d.size(1) {
		d.bytes()
	}
	for at := 0; uint64(at) < n && !d.bad; at++ {
		id := skipRow(d)
		if !d.bad {
			fn(at, id.in(data))
		}
	}
	return d.finish()
}

// newestFirst is the order of core.Transaction.Newer.
func newestFirst(a, b row) int {
	if c := cmp.Compare(b.Date, a.Date); c != 0 {
		return c
	}
	return strings.Compare(string(a.ID), string(b.ID))
}

// sortRows puts rows into the order in which they are listed.
func sortRows(rows []row) { slices.SortFunc(rows, newestFirst) }

// transactions strips rows to what callers get.
func transactions(rows []row) []core.Transaction {
	list := make([]core.Transaction, len(rows))
	for i, r := range rows {
		list[i] = r.Transaction
	}
	return list
}
