package notice_test

import (
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/notice"
)

var now = time.Date(2026, 11, 18, 23, 0, 0, 0, time.FixedZone("EST", -5*60*60))

func ends(in time.Duration) core.Item {
	return core.Item{ID: "i", Status: core.Connected, ConsentEnds: now.UTC().Add(in)}
}

func TestWhatABankNeeds(t *testing.T) {
	const day = 24 * time.Hour
	passing := core.Item{Status: core.Connected}
	passing.Sync.Trouble = core.Trouble{Kind: fault.BankDown}
	for _, tt := range []struct {
		name string
		item core.Item
		want notice.Need
	}{
		{"nothing", core.Item{Status: core.Connected}, notice.NoNeed},
		{"a fault that passes", passing, notice.NoNeed},
		{"a sign-in", core.Item{Status: core.SignInNeeded}, notice.SignIn},
		{"permission", core.Item{Status: core.ConsentNeeded}, notice.Permission},
		{"another connection", core.Item{Status: core.Gone}, notice.Ended},
		{"nothing, because it is leaving", core.Item{Status: core.Gone, Leaving: core.Leaving{Since: now}}, notice.NoNeed},
		{"nothing, because it is kept by hand", core.Item{Status: core.Gone, Connection: core.ByHand}, notice.NoNeed},
		{"nothing for eight days", ends(8 * day), notice.NoNeed},
		{"consent in seven days", ends(7 * day), notice.EndsSoon},
		{"consent in two days", ends(2 * day), notice.EndsSoon},
		{"consent tomorrow", ends(day), notice.EndsAtOnce},
		{"consent in two hours, which is tomorrow", ends(2 * time.Hour), notice.EndsAtOnce},
		{"consent that has ended", ends(-9 * day), notice.EndsAtOnce},
	} {
		if got := notice.NeedOf(tt.item, now); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A bank's life, looked at again and again.
func TestEachNeedIsToldOnce(t *testing.T) {
	const day = 24 * time.Hour
	broken, fine := core.Item{ID: "i", Status: core.SignInNeeded}, core.Item{ID: "i", Status: core.Connected}
	var told notice.Told
	for n, tt := range []struct {
		item core.Item
		want notice.Need
	}{
		{fine, ""},
		{broken, notice.SignIn},
		{broken, ""},
		{fine, ""},
		{broken, notice.SignIn},
		{ends(6 * day), notice.EndsSoon},
		{ends(5 * day), ""},
		{ends(day), notice.EndsAtOnce},
		{ends(time.Hour), ""},
		{core.Item{ID: "i", Status: core.ConsentNeeded}, notice.Permission},
		{ends(180 * day), ""},
		{core.Item{ID: "i", Status: core.Gone}, notice.Ended},
		{core.Item{ID: "i", Status: core.Gone}, ""},
	} {
		news, next := told.Look([]core.Item{tt.item}, now)
		var got notice.Need
		if len(news) > 0 {
			got = news[0].Need
		}
		if got != tt.want || len(news) > 1 {
			t.Errorf("step %d: %q, want %q", n, got, tt.want)
		}
		told = notice.Unpack(next.Pack()) // as over a restart
		if !told.Equal(next) {
			t.Errorf("step %d: %v became %v", n, next, told)
		}
	}
}

func TestSeveralAtOnce(t *testing.T) {
	items := []core.Item{{ID: "b", Status: core.Gone}, {ID: "c", Status: core.Connected}, {ID: "a", Status: core.SignInNeeded}}
	news, told := notice.Told{"gone": notice.SignIn, "b": notice.SignIn}.Look(items, now)
	var ids []core.ItemID
	for _, n := range news {
		ids = append(ids, n.Item.ID)
	}
	if !slices.Equal(ids, []core.ItemID{"b", "a"}) || !told.Equal(notice.Told{"a": notice.SignIn, "b": notice.Ended}) {
		t.Errorf("news of %v, told %v", ids, told)
	}
	for _, text := range []string{"", "x", "[]", `{"a":1}`} {
		if got := notice.Unpack(text); len(got) > 0 {
			t.Errorf("%q is %v", text, got)
		}
	}
}
