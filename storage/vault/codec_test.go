package vault

import (
	"bytes"
	"encoding/hex"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/money"
)

// goldenRows has every field filled once and left empty once.
func goldenRows() []row {
	return []row{
		{item: "item", Transaction: core.Transaction{
			ID: "posted", Account: "acc", Date: core.NewDate(2026, time.March, 5), Authorized: core.NewDate(2026, time.March, 3),
			Amount: money.Of(-123_456, "USD"), Name: "Name", Merchant: "Shop", Original: "SHOP 12", Counterparty: "Shop",
			Category: core.Category{Primary: "FOOD", Detailed: "FOOD_OTHER"}, CounterpartyType: "merchant", Channel: "online",
			PendingID: "pending",
		}},
		{item: "item", Transaction: core.Transaction{
			ID: "plain", Account: "acc", Date: core.NewDate(2026, time.March, 1), Amount: money.Of(1, "USD"), Name: "Name", Pending: true,
		}},
	}
}

// The golden bytes of a version stay as they are: a change of them is a new
// version, and every later version reads them.
const (
	goldenRowsHex = "01020a046974656d036163630355534404464f4f440a464f4f445f4f54484552066f6e6c696e65086d65726368616e74044e616d650453686f700753" +
		"484f502031325f490b00c01dfeffffffffff06030102030405060708090a0906706f737465640770656e64696e675b490b0001000000000000000101" +
		"0203000000000800000005706c61696e"
	goldenDirectoryHex = "020200fd035b490b0063490b0003030004f903ac020179490b0079490b00f0a20400"
	firstDirectoryHex  = "01020080045b490b0063490b0003ac020179490b0079490b00f0a204"
	goldenTotalsHex    = "0104036163630345555204464f4f440355534402010002010a00010304ac02808080808040fdffffffffffffffff01"
	goldenHeaderHex    = "42414e4b424f4f4b020010303031313232333334343535363637370773616e64626f78086b6579636861696e905d016b00000000107369787465656e" +
		"206279746573206f6b0830303131323233334c0808080808080808080808080808080808080808080808080808080808080808080808080808080808" +
		"08080808080808080808080808080808080808080808080808080808080808080808083c070707070707070707070707070707070707070707070707" +
		"070707070707070707070707070707070707070707070707070707070707070707070707eb8cdb59"
	firstHeaderHex = "42414e4b424f4f4b010010303031313232333334343535363637370773616e64626f78086b6579636861696e905d016b00000000107369787465656e" +
		"206279746573206f6b3c0707070707070707070707070707070707070707070707070707070707070707070707070707070707070707070707070707" +
		"070707070707070707074fa0bc4a"
)

func goldenDirectory() directory {
	return directory{
		{
			number: 0, rows: 509, oldest: core.NewDate(2026, time.March, 1), newest: core.NewDate(2026, time.March, 9), stamp: 3,
			dead: []int{0, 5, 511},
		},
		{number: 300, rows: 1, oldest: core.NewDate(2026, time.March, 31), newest: core.NewDate(2026, time.March, 31), stamp: 70_000},
	}
}

func goldenTotals() []core.Total {
	month := core.NewMonth(2026, time.March)
	return []core.Total{
		{Month: month, Account: "acc", Category: "", Currency: "EUR", Count: 1, In: 5},
		{Month: month, Account: "acc", Category: "FOOD", Currency: "USD", Count: 300, In: 1 << 40, Out: math.MinInt64 + 1},
	}
}

func goldenHeader() header {
	h := headerOfFormat1()
	h.Format, h.KeyID, h.Recovery, h.slot = 2, "00112233", true, bytes.Repeat([]byte{8}, 76)
	return h
}

// headerOfFormat1 is one of format 1.
func headerOfFormat1() header {
	return header{
		Info: Info{
			Format: 1, ID: "0011223344556677", Env: core.Sandbox, Protector: core.ByKeychain,
			Created: time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC),
		},
		check: []byte("sixteen bytes ok"), wrapped: bytes.Repeat([]byte{7}, 60),
	}
}

func TestGoldenBytes(t *testing.T) {
	for name, c := range map[string]struct {
		encoded []byte
		golden  string
		decode  func([]byte) (any, error)
		want    any
	}{
		"rows": {
			encodeRows(goldenRows()), goldenRowsHex,
			func(b []byte) (any, error) { return decodeRows(b) }, goldenRows(),
		},
		"directory": {
			goldenDirectory().encode(), goldenDirectoryHex,
			func(b []byte) (any, error) { return decodeDirectory(b) }, goldenDirectory(),
		},
		"totals": {
			encodeTotals(goldenTotals()), goldenTotalsHex,
			func(b []byte) (any, error) { return decodeTotals(core.NewMonth(2026, time.March), b) }, goldenTotals(),
		},
		"header": {
			headerOfFormat1().encode(), firstHeaderHex,
			func(b []byte) (any, error) { return decodeHeader(b) }, headerOfFormat1(),
		},
		"header of format 2": {
			goldenHeader().encode(), goldenHeaderHex,
			func(b []byte) (any, error) { return decodeHeader(b) }, goldenHeader(),
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := hex.EncodeToString(c.encoded); got != c.golden {
				t.Errorf("is encoded as\n%s, not\n%s", got, c.golden)
			}
			golden, err := hex.DecodeString(c.golden)
			if err != nil {
				t.Fatal(err)
			}
			got, err := c.decode(golden)
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("golden bytes are decoded as %+v, %v", got, err)
			}
			for cut := range golden {
				if _, err := c.decode(golden[:cut]); err == nil {
					t.Errorf("%d bytes of %d are decoded without an error", cut, len(golden))
				}
			}
			if _, err := c.decode(append(golden, 0)); err == nil {
				t.Error("a byte too many is decoded without an error")
			}
		})
	}
}

func TestFirstDirectoryHasNoDeadRows(t *testing.T) {
	golden, err := hex.DecodeString(firstDirectoryHex)
	if err != nil {
		t.Fatal(err)
	}
	want := goldenDirectory()
	want[0].rows, want[0].dead = 512, nil
	if got, err := decodeDirectory(golden); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("it is decoded as %+v, %v", got, err)
	}
}

func TestDeadRowsBeyondTheChunkAreRefused(t *testing.T) {
	dir := goldenDirectory()
	dir[0].dead[2]++
	if got, err := decodeDirectory(dir.encode()); err == nil {
		t.Errorf("512 rows, of which the one at 512 is dead, are decoded as %+v", got)
	}
}

func TestHeaderKinds(t *testing.T) {
	newer := goldenHeader()
	newer.Format = Format + 1
	zero := goldenHeader()
	zero.Format = 0
	flipped := goldenHeader().encode()
	flipped[20] ^= 1
	for name, c := range map[string]struct {
		data []byte
		kind fault.Kind
	}{
		"nothing": {nil, fault.VaultForeign},
		"another": {[]byte("something else entirely"), fault.VaultForeign},
		"cut":     {goldenHeader().encode()[:30], fault.VaultDamaged},
		"flipped": {flipped, fault.VaultDamaged},
		"zero":    {zero.encode(), fault.VaultDamaged},
		"newer":   {newer.encode(), fault.VaultNewer},
	} {
		if _, err := decodeHeader(c.data); fault.KindOf(err) != c.kind {
			t.Errorf("%s: %v, not %s", name, err, c.kind)
		}
	}
}

func TestEachIDMeetsEveryRow(t *testing.T) {
	var ids []core.TransactionID
	err := eachID(encodeRows(goldenRows()), func(_ int, id []byte) { ids = append(ids, core.TransactionID(id)) })
	if err != nil || !reflect.DeepEqual(ids, []core.TransactionID{"posted", "plain"}) {
		t.Errorf("got %q, %v", ids, err)
	}
}

func TestMonthKeysAreInTheOrderOfTime(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		a, b := core.Month(random.Int32()), core.Month(-random.Int32())
		if (a < b) != (bytes.Compare(monthKey(a), monthKey(b)) < 0) || keyMonth(chunkKey(b, 7)) != b {
			t.Fatalf("months %d and %d", a, b)
		}
	}
}

func FuzzRows(f *testing.F) {
	f.Add(encodeRows(goldenRows()))
	f.Add(encodeRows(nil))
	f.Add([]byte{rowsVersion, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0})
	f.Add([]byte{rowsVersion, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		ids := 0
		idErr := eachID(data, func(at int, _ []byte) { ids = at + 1 })
		rows, err := decodeRows(data)
		if err != nil {
			return
		}
		if idErr != nil || ids != len(rows) {
			t.Fatalf("%d ids, %v in %d rows", ids, idErr, len(rows))
		}
		again, err := decodeRows(encodeRows(rows))
		if err != nil || !reflect.DeepEqual(again, rows) {
			t.Fatalf("rows change when they are written again: %v", err)
		}
	})
}

func FuzzSmallRecords(f *testing.F) {
	f.Add(goldenDirectory().encode())
	first, err := hex.DecodeString(firstDirectoryHex)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(first)
	f.Add(encodeTotals(goldenTotals()))
	f.Add(goldenHeader().encode())
	f.Add(headerOfFormat1().encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		if dir, err := decodeDirectory(data); err == nil {
			if again, err := decodeDirectory(dir.encode()); err != nil || !reflect.DeepEqual(again, dir) {
				t.Fatalf("a directory changes when it is written again: %v", err)
			}
		}
		if list, err := decodeTotals(1, data); err == nil {
			if again, err := decodeTotals(1, encodeTotals(list)); err != nil || !reflect.DeepEqual(again, list) {
				t.Fatalf("totals change when they are written again: %v", err)
			}
		}
		if h, err := decodeHeader(data); err == nil {
			if again, err := decodeHeader(h.encode()); err != nil || !reflect.DeepEqual(again, h) {
				t.Fatalf("a header changes when it is written again: %v", err)
			}
		}
	})
}
