package trouble

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var start = time.Date(2026, time.November, 21, 9, 30, 0, 0, time.UTC)

// pattern returns which of the calls a fault meets, one a minute.
func pattern(f Fault, calls int) string {
	out := ""
	for i := range calls {
		mark := "."
		c := Call{Path: "/accounts/get", Institution: "ins_1", At: start.Add(time.Duration(i) * time.Minute)}
		if len(Meet([]*Fault{&f}, c)) > 0 {
			mark = "x"
		}
		out += mark
	}
	return out
}

func TestSchedules(t *testing.T) {
	at := func(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }
	for want, f := range map[string]Fault{
		"xxxxxxxx": {},
		"xxx.....": {Next: 3},
		"..x..x..": {Every: 3},
		"..x.....": {Every: 3, Next: 1},
		"..xxx...": {From: at(2), To: at(5)},
		"...x.x..": {From: at(2), To: at(7), Every: 2}, // every second of those within
		"........": {From: at(100)},
	} {
		f.Endpoint = "*"
		if got := pattern(f, len(want)); got != want {
			t.Errorf("%+v: %s, want %s", f, got, want)
		}
	}
}

func TestWhatConcerns(t *testing.T) {
	for i, c := range []struct {
		fault Fault
		call  Call
		want  bool
	}{
		{Fault{Endpoint: "*"}, Call{Path: "/item/get"}, true},
		{Fault{Endpoint: "/item/get"}, Call{Path: "/item/get"}, true},
		{Fault{Endpoint: "/item/get"}, Call{Path: "/item/get_more"}, false},
		{Fault{Endpoint: "/transfer/*"}, Call{Path: "/transfer/event/sync"}, true},
		{Fault{Endpoint: "/transfer/*"}, Call{Path: "/sandbox/transfer/simulate"}, false},
		{Fault{Endpoint: "*", Institution: "ins_1"}, Call{Path: "/a", Institution: "ins_1"}, true},
		{Fault{Endpoint: "*", Institution: "ins_1"}, Call{Path: "/a", Institution: "ins_2"}, false},
		{Fault{Endpoint: "*", Kind: InstitutionDown}, Call{Path: "/a"}, false},
		{Fault{Endpoint: "*", Kind: InstitutionDown}, Call{Path: "/a", Institution: "ins_2", Reaches: true}, true},
		{Fault{Endpoint: "*", Kind: Mutation}, Call{Path: "/transactions/sync"}, false},
		{Fault{Endpoint: "*", Kind: Mutation}, Call{Path: "/transactions/sync", Paging: true}, true},
	} {
		if got := c.fault.Concerns(c.call); got != c.want {
			t.Errorf("%d: %v", i, got)
		}
	}
}

// A call that meets one fault is not counted for those behind it; one that is
// slow only, is.
func TestTheFirstTakesTheAnswer(t *testing.T) {
	slow, first, second := &Fault{Kind: Slow, Endpoint: "*"}, &Fault{Kind: ServerError, Endpoint: "*", Next: 1}, &Fault{Kind: RateLimit, Endpoint: "*"}
	for i, want := range []Kind{ServerError, RateLimit} {
		met := Meet([]*Fault{slow, first, second}, Call{Path: "/a"})
		if len(met) != 2 || met[0].Kind != Slow || met[1].Kind != want {
			t.Errorf("call %d: %v", i, met)
		}
	}
	if second.Calls != 1 || slow.Hits != 2 {
		t.Errorf("%+v %+v", slow, second)
	}
}

// By chance means: as often as asked for, and the same every time, also if the
// fault is kept and read again between the calls.
func TestChanceCanBeRepeated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := Fault{Endpoint: "*", Probability: rapid.Float64Range(0.1, 0.9).Draw(t, "p"), Seed: rapid.Int64().Draw(t, "seed")}
		const calls = 600
		once := pattern(f, calls)
		again := ""
		for range calls {
			again += pattern(f, 1)
			f.Meets()
			raw, err := json.Marshal(f)
			if err != nil {
				t.Fatal(err)
			}
			if f = (Fault{}); json.Unmarshal(raw, &f) != nil {
				t.Fatal("not read back")
			}
		}
		if once != again {
			t.Fatalf("once\n%s\nagain\n%s", once, again)
		}
		if share := float64(f.Hits) / calls; share < f.Probability-0.1 || share > f.Probability+0.1 {
			t.Fatalf("%.2f of the calls instead of %.2f", share, f.Probability)
		}
	})
}

func TestKindsAreDistinct(t *testing.T) {
	all := Kinds()
	for i, k := range all {
		if slices.Contains(all[:i], k) {
			t.Error(fmt.Sprint(k, " twice"))
		}
	}
}
