package vault

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"reflect"
	"testing"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/core/review"
)

// FuzzScan reads any bytes as a chunk in each of the ways there are: they
// agree, and memory that was used before leaves nothing behind.
func FuzzScan(f *testing.F) {
	f.Add(encodeRows(goldenRows()), encodeRows(goldenRows()[1:]))
	f.Add([]byte{rowsVersion, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0}, encodeRows(nil))
	f.Fuzz(func(t *testing.T, before, data []byte) {
		rows, err := decodeRows(data)
		var c columns
		_ = c.decode(before)
		if scanErr := c.decode(data); (scanErr == nil) != (err == nil) {
			t.Fatalf("rows: %v, columns: %v", err, scanErr)
		}
		if err == nil {
			compareColumns(t, &c.chunk, rows)
			comparePicked(t, data, rows)
		}
	})
}

func compareColumns(t *testing.T, c *review.Chunk, rows []row) {
	if len(c.Rows) != len(rows) {
		t.Fatalf("%d rows in columns, %d rows", len(c.Rows), len(rows))
	}
	for i, r := range c.Rows {
		text := func(n uint32) string { return string(c.Texts[n]) }
		got := row{item: core.ItemID(text(r.Item)), Transaction: core.Transaction{
			ID: core.TransactionID(r.ID), Account: core.AccountID(text(r.Account)), Date: r.Date, Amount: money.Of(r.Minor, money.Currency(text(r.Currency))),
			Name: text(r.Name), Merchant: text(r.Merchant), Original: text(r.Original), Counterparty: text(r.Counterparty),
			Category: core.Category{Primary: text(r.Primary), Detailed: text(r.Detailed)}, Pending: r.Pending,
		}}
		want := rows[i]
		want.Authorized, want.PendingID, want.Channel, want.CounterpartyType = 0, "", "", ""
		if got != want {
			t.Fatalf("row %d is %+v in columns, %+v", i, got, want)
		}
	}
}

// comparePicked asks for the last row twice and for the first.
func comparePicked(t *testing.T, data []byte, rows []row) {
	if len(rows) == 0 {
		return
	}
	last := len(rows) - 1
	got := make([]core.Transaction, 3)
	if err := pick(data, []int{1, 0, 2}, []review.Ref{{Index: last}, {Index: 0}, {Index: last}}, got); err != nil {
		t.Fatal(err)
	}
	if got[0] != rows[last].Transaction || got[1] != rows[0].Transaction || got[2] != rows[last].Transaction {
		t.Fatalf("picked %+v", got)
	}
}

// FuzzHeader reads any bytes as a header whose checksum is right.
func FuzzHeader(f *testing.F) {
	whole := goldenHeader().encode()
	f.Add(whole[:len(whole)-4])
	f.Fuzz(func(t *testing.T, data []byte) {
		data = binary.LittleEndian.AppendUint32(bytes.Clone(data), crc32.ChecksumIEEE(data))
		h, err := decodeHeader(data)
		if err != nil {
			return
		}
		if again, err := decodeHeader(h.encode()); err != nil || !reflect.DeepEqual(again, h) {
			t.Fatalf("%+v is read again as %+v, %v", h, again, err)
		}
	})
}
