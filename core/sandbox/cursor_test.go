package sandbox

import (
	"encoding/base64"
	"encoding/binary"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bankbook/core/sandbox/ident"
)

// firstCursor writes a cursor as the first version of the practice bank did.
func firstCursor(key ident.Keyring, item string, from, to time.Time, refreshes, offset int64) string {
	var b []byte
	for _, n := range []int64{from.UnixMicro(), refreshes, to.UnixMicro(), refreshes, offset} {
		b = binary.AppendVarint(b, n)
	}
	return base64.StdEncoding.EncodeToString(append(b, key.Sum("cursor", item, string(b))[:16]...))
}

func TestCursorsOfTheFirstVersion(t *testing.T) {
	key, now := ident.Keyring("key"), time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)
	st := stream{key: key, item: &item{ID: "item", Refreshes: []time.Time{now, now}}}
	c, err := st.decode(firstCursor(key, "item", now, now, 2, 0), now)
	if want := atEnd(moment{at: now, refreshes: 2}); err != nil || c != want {
		t.Errorf("at the end of a loop: %+v %v, want %+v", c, err, want)
	}
	for name, text := range map[string]string{
		"within a loop":            firstCursor(key, "item", now.Add(-time.Hour), now, 2, 7),
		"of another Item":          firstCursor(key, "other", now, now, 2, 0),
		"of refreshes that aren't": firstCursor(key, "item", now, now, 3, 0),
	} {
		if c, err := st.decode(text, now); err == nil {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

func TestCursorsAreReadAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)
		times := func(name string) moment {
			n := rapid.IntRange(0, 3)
			return moment{now.Add(-time.Duration(rapid.Int64Range(0, 1e9).Draw(t, name)) * time.Microsecond), n.Draw(t, "refreshes"), 0, n.Draw(t, "choices")}
		}
		index := rapid.IntRange(0, 1<<40)
		c := cursor{times("from"), times("to"), place{index.Draw(t, "source"), index.Draw(t, "part"), index.Draw(t, "index")}}
		st := stream{key: ident.Keyring("key"), item: &item{ID: "item", Refreshes: make([]time.Time, 3), Chosen: make([][]string, 3)}, account: "credit"}
		text := c.encode(st)
		got, err := st.decode(text, now)
		if err != nil || got != c || len(text) > 256 {
			t.Fatalf("%d characters: %+v %v, want %+v", len(text), got, err, c)
		}
		other := st
		other.account = rapid.SampledFrom([]string{"", "checking"}).Draw(t, "account")
		if _, err := other.decode(text, now); err == nil {
			t.Fatal("another account's cursor is read")
		}
	})
}
