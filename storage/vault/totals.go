package vault

import (
	"cmp"
	"slices"
	"strings"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/money"
)

const totalsVersion = 1

// totalKey is what the rows of one total have in common, besides their month.
type totalKey struct {
	account  core.AccountID
	category string
	currency money.Currency
}

// totalSum is what they come to.
type totalSum struct {
	count   int
	in, out int64
}

// totals are the totals of one month.
type totals map[totalKey]totalSum

func (r row) totalKey() totalKey {
	return totalKey{account: r.Account, category: r.Category.Primary, currency: r.Amount.Currency}
}

// add counts a row.
func (t totals) add(r row) error {
	s := t[r.totalKey()]
	s.count++
	side := &s.out
	if r.Amount.Minor > 0 {
		side = &s.in
	}
	sum, ok := money.AddMinor(*side, r.Amount.Minor)
	if !ok {
		return fault.New("vault: add up", fault.Nonsense, money.ErrOverflow)
	}
	*side = sum
	t[r.totalKey()] = s
	return nil
}

// subtract takes back a row that has been added.
func (t totals) subtract(r row) {
	s := t[r.totalKey()]
	s.count--
	if r.Amount.Minor > 0 {
		s.in -= r.Amount.Minor
	} else {
		s.out -= r.Amount.Minor
	}
	if s.count == 0 {
		delete(t, r.totalKey())
		return
	}
	t[r.totalKey()] = s
}

// list returns the totals by account, category and currency.
func (t totals) list(m core.Month) []core.Total {
	list := make([]core.Total, 0, len(t))
	for k, s := range t {
		list = append(list, core.Total{
			Month: m, Account: k.account, Category: k.category, Currency: k.currency,
			Count: s.count, In: s.in, Out: s.out,
		})
	}
	slices.SortFunc(list, func(a, b core.Total) int {
		return cmp.Or(
			strings.Compare(string(a.Account), string(b.Account)),
			strings.Compare(a.Category, b.Category),
			strings.Compare(string(a.Currency), string(b.Currency)),
		)
	})
	return list
}

// encodeTotals writes version, table of texts, number, and for each total
// three table numbers, count, in and out.
func encodeTotals(list []core.Total) []byte {
	texts := newTable(len(list))
	var body encoder
	body.uvarint(uint64(len(list)))
	for _, t := range list {
		body.uvarint(texts.ref(string(t.Account)))
		body.uvarint(texts.ref(t.Category))
		body.uvarint(texts.ref(string(t.Currency)))
		body.uvarint(uint64(t.Count))
		body.varint(t.In)
		body.varint(t.Out)
	}
	var e encoder
	e.byte(totalsVersion)
	e.texts(texts.texts)
	e.raw(body.buf)
	return e.buf
}

// minTotal is the length of the shortest total.
const minTotal = 6

// decodeTotals reads what encodeTotals wrote.
func decodeTotals(m core.Month, data []byte) ([]core.Total, error) {
	d := newDecoder(data)
	if d.byte() != totalsVersion {
		return nil, errCodec
	}
	texts := d.texts()
	list := make([]core.Total, d.size(minTotal))
	for i := range list {
		list[i] = core.Total{
			Month: m, Account: core.AccountID(d.ref(texts)), Category: d.ref(texts), Currency: money.Currency(d.ref(texts)),
			Count: d.int(), In: d.varint(), Out: d.varint(),
		}
	}
	return list, d.finish()
}

// totals opens the totals of one month for changing.
func (r reader) totals(m core.Month) (totals, error) {
	plain, _, ok, err := r.get(inTotals, monthKey(m))
	if err != nil {
		return nil, err
	}
	t := totals{}
	if !ok {
		return t, nil
	}
	list, err := decodeTotals(m, plain)
	if err != nil {
		return nil, err
	}
	for _, l := range list {
		t[totalKey{l.Account, l.Category, l.Currency}] = totalSum{l.Count, l.In, l.Out}
	}
	return t, nil
}

// Totals returns the sums of every month, account, primary category and
// currency that has transactions: newest month first, then in the order of
// account, category and currency.
func (v *Vault) Totals() ([]core.Total, error) {
	var months [][]core.Total
	err := v.view("vault: read totals", func(r reader) error {
		return r.all(inTotals, func(key, plain []byte) error {
			if len(key) != 4 {
				return errCodec
			}
			list, err := decodeTotals(keyMonth(key), plain)
			months = append(months, list)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	slices.Reverse(months)
	return slices.Concat(months...), nil
}
