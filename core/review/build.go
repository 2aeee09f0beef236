package review

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"slices"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/money"
)

// builder turns the chunks of a month into segments. It keeps its memory for
// the next month; one goroutine uses it.
type builder struct {
	ids  maphash.Seed
	rows []builtRow
	keys []rowKey
	// places is how many rows the month's chunks have, with the dead ones.
	places uint32
	// idTexts holds the rows' ids one behind the other.
	idTexts []byte
	chunks  []chunkPlace

	names      symbols
	accounts   dict[[3]uint32]
	categories dict[[2]uint32]
	states     dict[stateKey]
	titles     symbols
	texts      blob

	// What follows is of one chunk: by position in its texts, the text's number
	// plus one, and the folded text.
	name, title []uint32
	folded      [][]byte
	fold        []byte

	remaps [5]remap
	err    error
}

// builtRow is a row on its way into a segment; codes are the month's.
type builtRow struct {
	// order is the day, counted back from the month's end, and the beginning of
	// the id: most rows are put in order by it alone.
	order uint64
	minor int64
	date  core.Date
	// at is the row's place in the month's chunks, one behind the other.
	at uint32
	id uint32
	// idEnd is where the id ends in idTexts; it has idSize bytes.
	idEnd, idSize                         uint32
	account, category, state, title, text uint32
}

// rowKey is what rows are sorted by, and which row it is.
type rowKey struct {
	order uint64
	row   uint32
}

func newBuilder(ids maphash.Seed) *builder { return &builder{ids: ids, texts: newBlob()} }

// month reads a month of a source.
func (b *builder) month(source Source, m core.Month) (*month, error) {
	b.begin()
	stamp, err := source.Scan(m, func(c *Chunk) bool {
		b.add(m, c)
		return b.err == nil
	})
	if err := cmp.Or(err, b.err); err != nil {
		return nil, err
	}
	return b.finish(Stamp{Month: m, Stamp: stamp}), nil
}

func (b *builder) begin() {
	b.rows, b.idTexts, b.chunks, b.places, b.err = b.rows[:0], b.idTexts[:0], nil, 0, nil
	b.names.reset()
	b.accounts.reset()
	b.categories.reset()
	b.states.reset()
	b.titles.reset()
	b.texts.reset()
}

// add takes a chunk in.
func (b *builder) add(m core.Month, c *Chunk) {
	b.chunks = append(b.chunks, chunkPlace{number: c.Number, stamp: c.Stamp, first: b.places})
	b.name = zeros(b.name, len(c.Texts))
	b.title = zeros(b.title, len(c.Texts))
	b.folded = zeros(b.folded, len(c.Texts))
	b.fold = b.fold[:0]
	first, last := m.First(), m.Last()
	for i := range c.Rows {
		r := &c.Rows[i]
		if r.Date < first || r.Date > last {
			b.err = fault.New("review: read", fault.VaultDamaged, nil)
			return
		}
		if !r.Dead {
			b.row(c, r, last)
		}
		b.places++
	}
}

// zeros returns a slice of n zero values, in the memory of list if it fits.
func zeros[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n, 2*n)
	}
	list = list[:n]
	clear(list)
	return list
}

func (b *builder) row(c *Chunk, r *Row, last core.Date) {
	var head [8]byte
	copy(head[1:], r.ID)
	b.idTexts = append(b.idTexts, r.ID...)
	title := cmp.Or(r.Merchant, r.Name)
	b.rows = append(b.rows, builtRow{
		order: binary.BigEndian.Uint64(head[:]) | uint64(last-r.Date)<<56,
		minor: r.Minor, date: r.Date, at: b.places, id: hashID(b.ids, r.ID),
		idEnd: uint32(len(b.idTexts)), idSize: uint32(len(r.ID)),
		account:  b.accounts.code([3]uint32{b.symbol(c, r.Item), b.symbol(c, r.Account), b.symbol(c, r.Currency)}),
		category: b.category(c, r), state: b.state(r), title: b.titleOf(c, title), text: b.textOf(c, r, title),
	})
}

// hashID is what rows are found by.
func hashID(seed maphash.Seed, id []byte) uint32 { return uint32(maphash.Bytes(seed, id)) }

// symbol returns the month's number of one of the chunk's texts.
func (b *builder) symbol(c *Chunk, ref uint32) uint32 {
	if b.name[ref] == 0 {
		b.name[ref] = b.names.of(c.Texts[ref]) + 1
	}
	return b.name[ref] - 1
}

func (b *builder) category(c *Chunk, r *Row) uint32 {
	if r.Note != nil && r.Note.Category != "" {
		return b.categories.code([2]uint32{b.names.of([]byte(r.Note.Category)), b.names.of(nil)})
	}
	return b.categories.code([2]uint32{b.symbol(c, r.Primary), b.symbol(c, r.Detailed)})
}

func (b *builder) state(r *Row) uint32 {
	s := stateKey{pending: r.Pending}
	if r.Note != nil {
		s.reviewed = r.Note.Reviewed
		s.tags = tagText(r.Note.Tags)
	}
	return b.states.code(s)
}

// tagText writes tags as a stateKey has them.
func tagText(tags []string) string {
	var list []string
	for _, t := range tags {
		list = append(list, Fold(t))
	}
	text := ""
	for _, t := range union(list, nil) {
		text += string([]byte{fieldEnd}) + t + string([]byte{fieldEnd})
	}
	return text
}

func (b *builder) titleOf(c *Chunk, ref uint32) uint32 {
	if b.title[ref] == 0 {
		b.title[ref] = b.titles.of(c.Texts[ref]) + 1
	}
	return b.title[ref] - 1
}

// textOf puts a row's texts together: the title, and of the others those that
// are not part of it, so that everything that occurs in one of them occurs in
// the whole.
func (b *builder) textOf(c *Chunk, r *Row, title uint32) uint32 {
	texts := &b.texts
	start := len(texts.data)
	texts.data = append(texts.data, b.foldOf(c, title)...)
	for _, ref := range [...]uint32{r.Name, r.Original, r.Counterparty} {
		if ref == 0 || ref == title {
			continue
		}
		text := b.foldOf(c, ref)
		if !bytes.Contains(texts.data[start:], text) {
			texts.data = append(append(texts.data, fieldEnd), text...)
		}
	}
	if r.Note != nil && r.Note.Note != "" {
		texts.data = append(append(texts.data, fieldEnd), Fold(r.Note.Note)...)
	}
	texts.data = append(texts.data, textEnd)
	return texts.close()
}

// foldOf returns one of the chunk's texts in the form that is searched.
func (b *builder) foldOf(c *Chunk, ref uint32) []byte {
	if b.folded[ref] != nil || ref == 0 {
		return b.folded[ref]
	}
	start := len(b.fold)
	b.fold = appendFold(b.fold, c.Texts[ref])
	b.folded[ref] = b.fold[start:len(b.fold):len(b.fold)]
	return b.folded[ref]
}

// appendFold is Fold without a string for what is ASCII.
func appendFold(to, text []byte) []byte {
	start := len(to)
	for _, c := range text {
		if c >= 0x80 {
			return append(to[:start], Fold(string(text))...)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		to = append(to, c)
	}
	return to
}

// finish puts the rows in order and makes the month of them.
func (b *builder) finish(stamp Stamp) *month {
	b.keys = b.keys[:0]
	for i := range b.rows {
		b.keys = append(b.keys, rowKey{b.rows[i].order, uint32(i)})
	}
	order := func(x, y rowKey) int {
		if x.order != y.order {
			return cmp.Compare(x.order, y.order)
		}
		return bytes.Compare(b.idOf(&b.rows[x.row]), b.idOf(&b.rows[y.row]))
	}
	if !slices.IsSortedFunc(b.keys, order) {
		slices.SortFunc(b.keys, order)
	}
	m := &month{Stamp: stamp, chunks: b.chunks}
	for keys := range slices.Chunk(b.keys, maxRows) {
		m.segments = append(m.segments, b.segment(m, keys))
	}
	return m
}

func (b *builder) idOf(r *builtRow) []byte { return b.idTexts[r.idEnd-r.idSize : r.idEnd] }

// remap gives the codes of a month new numbers for a segment, which has fewer.
type remap struct {
	to   []uint32 // the segment's code plus one
	list []uint32 // the month's codes by the segment's
}

func (m *remap) reset(n int) {
	m.to = zeros(m.to, n)
	m.list = m.list[:0]
}

func (m *remap) of(code uint32) uint16 {
	if m.to[code] == 0 {
		m.list = append(m.list, code)
		m.to[code] = uint32(len(m.list))
	}
	return uint16(m.to[code] - 1)
}

func (b *builder) segment(of *month, keys []rowKey) *segment {
	n := len(keys)
	codes := make([]uint16, 5*n)
	s := &segment{
		of: of, minor: make([]int64, n), account: codes[:n:n], category: codes[n : 2*n : 2*n], state: codes[2*n : 3*n : 3*n],
		title: codes[3*n : 4*n : 4*n], text: codes[4*n:], at: make([]uint32, n), id: make([]uint32, n),
	}
	for i, size := range [...]int{len(b.accounts.list), len(b.categories.list), len(b.states.list), len(b.titles.list), len(b.texts.ends)} {
		b.remaps[i].reset(size)
	}
	for i, key := range keys {
		r := &b.rows[key.row]
		if len(s.days) == 0 || s.days[len(s.days)-1].date != r.date {
			s.days = append(s.days, dayRun{date: r.date, start: i})
		}
		s.minor[i], s.at[i], s.id[i] = r.minor, r.at, r.id
		s.account[i] = b.remaps[0].of(r.account)
		s.category[i] = b.remaps[1].of(r.category)
		s.state[i] = b.remaps[2].of(r.state)
		s.title[i] = b.remaps[3].of(r.title)
		s.text[i] = b.remaps[4].of(r.text)
		s.most = max(s.most, magnitude(r.minor))
	}
	b.lists(s)
	s.whole = s.sum(part{lo: 0, hi: n}, s.account, len(s.accounts))
	return s
}

// lists fills what the codes of a segment stand for.
func (b *builder) lists(s *segment) {
	name := func(n uint32) string { return b.names.list[n] }
	for _, code := range b.remaps[0].list {
		k := b.accounts.list[code]
		s.accounts = append(s.accounts, accountKey{core.ItemID(name(k[0])), core.AccountID(name(k[1])), money.Currency(name(k[2]))})
	}
	for _, code := range b.remaps[1].list {
		k := b.categories.list[code]
		s.categories = append(s.categories, core.Category{Primary: name(k[0]), Detailed: name(k[1])})
	}
	for _, code := range b.remaps[2].list {
		s.states = append(s.states, b.states.list[code])
	}
	s.titles = make([]string, 0, len(b.remaps[3].list))
	for _, code := range b.remaps[3].list {
		s.titles = append(s.titles, b.titles.list[code])
	}
	size := 0
	for _, code := range b.remaps[4].list {
		size += len(b.texts.text(code))
	}
	s.blob, s.ends = make([]byte, 0, size), make([]uint32, 0, len(b.remaps[4].list))
	for _, code := range b.remaps[4].list {
		s.blob = append(s.blob, b.texts.text(code)...)
		s.ends = append(s.ends, uint32(len(s.blob)))
	}
}

// magnitude returns an amount without its sign.
func magnitude(minor int64) uint64 {
	if minor < 0 {
		return -uint64(minor)
	}
	return uint64(minor)
}
