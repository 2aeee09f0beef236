package sandbox_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"bankbook/core/sandbox"
)

// truth returns the bank's own list as a client would have it.
func (b *bench) truth(itemID string) map[string]object {
	b.t.Helper()
	list, err := b.bank.Truth(itemID)
	if err != nil {
		b.t.Fatal(err)
	}
	raw, err := json.Marshal(list)
	if err != nil {
		b.t.Fatal(err)
	}
	var rows []object
	if err := json.Unmarshal(raw, &rows); err != nil {
		b.t.Fatal(err)
	}
	out := map[string]object{}
	for _, r := range rows {
		out[r["transaction_id"].(string)] = r
	}
	if len(out) != len(list) {
		b.t.Errorf("%d ids for %d transactions", len(out), len(list))
	}
	return out
}

func (b *bench) compare(name, itemID string, rows map[string]object) {
	b.t.Helper()
	want := b.truth(itemID)
	if reflect.DeepEqual(rows, want) {
		return
	}
	b.t.Errorf("%s: the client has %d rows, the bank %d", name, len(rows), len(want))
	for id := range want {
		if !reflect.DeepEqual(rows[id], want[id]) {
			b.t.Fatalf("%s: the client has\n%v\nthe bank has\n%v", name, rows[id], want[id])
		}
	}
}

// A client that wakes up at odd moments, with any page size, always ends with
// what the bank has.
func TestSyncReachesTheTruth(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			b := newBench(t, func(c *sandbox.Config) {
				c.Seed, c.InitialDelay, c.HistoryDelay = int64(seed), time.Minute, time.Hour
			})
			access, itemID := b.instant("ins_109508", 60+r.IntN(100))
			rows, cursor := map[string]object{}, ""
			for step := range 25 {
				if r.IntN(3) == 0 {
					b.must("/transactions/refresh", object{"access_token": access})
				}
				cursor = b.replay(access, cursor, 20+r.IntN(480), rows)
				b.compare(fmt.Sprint("step ", step), itemID, rows)
				b.clock.advance(time.Duration(r.Int64N(int64(30 * time.Hour))))
				if r.IntN(5) == 0 {
					b.restart()
				}
			}
			fresh := map[string]object{}
			b.replay(access, "", 500, fresh)
			b.compare("from the beginning", itemID, fresh)
		})
	}
}

func TestOldCursorsStayGood(t *testing.T) {
	b := newBench(t)
	access, itemID := b.instant("ins_109508", 90)
	type past struct {
		cursor string
		rows   map[string]object
	}
	var pasts []past
	rows, cursor := map[string]object{}, ""
	for range 6 {
		cursor = b.replay(access, cursor, 500, rows)
		pasts = append(pasts, past{cursor, maps.Clone(rows)})
		b.clock.advance(31 * time.Hour)
		b.must("/transactions/refresh", object{"access_token": access})
	}
	for i, p := range pasts {
		b.replay(access, p.cursor, 7, p.rows)
		b.compare(fmt.Sprint("cursor ", i), itemID, p.rows)
	}
}

func TestPhases(t *testing.T) {
	b := newBench(t, func(c *sandbox.Config) { c.InitialDelay, c.HistoryDelay = time.Second, 3*time.Second })
	access, itemID := b.instant("ins_109508", 200)
	ask := func(cursor string) object {
		t.Helper()
		return b.must("/transactions/sync", object{"access_token": access, "cursor": cursor, "count": 500, "options": object{"include_original_description": true}})
	}
	early := ask("")
	if early["transactions_update_status"] != "NOT_READY" || early["next_cursor"] != "" || len(early["added"].([]any)) != 0 || early["has_more"] != false {
		t.Errorf("too early: %v", early)
	}
	if got := b.must("/item/get", object{"access_token": access})["status"].(object)["transactions"].(object); got["last_successful_update"] != nil {
		t.Errorf("status before the first update: %v", got)
	}
	b.clock.advance(time.Second)
	first := ask("")
	if first["transactions_update_status"] != "INITIAL_UPDATE_COMPLETE" {
		t.Errorf("after a second: %v", first["transactions_update_status"])
	}
	rows := map[string]object{}
	apply(t, first, rows)
	for _, r := range rows {
		if r["date"].(string) < "2026-10-22" {
			t.Errorf("a row of %v within the first 30 days", r["date"])
		}
	}
	initially := len(rows)
	b.clock.advance(2 * time.Second)
	next := ask(first["next_cursor"].(string))
	if next["transactions_update_status"] != "HISTORICAL_UPDATE_COMPLETE" {
		t.Errorf("after three seconds: %v", next["transactions_update_status"])
	}
	apply(t, next, rows)
	b.compare("historical", itemID, rows)
	if initially < 30 || len(rows) < 3*initially {
		t.Errorf("%d rows at first, %d in the end", initially, len(rows))
	}
	if len(next["accounts"].([]any)) != 10 {
		t.Errorf("%d accounts with a history, want 10", len(next["accounts"].([]any)))
	}
}

func TestDaysRequested(t *testing.T) {
	b := newBench(t)
	for _, days := range []int{1, 30, 90, 365, 730} {
		access, itemID := b.instant("ins_109508", days)
		oldest := b.clock.Now().AddDate(0, 0, -days).Format(time.DateOnly)
		first := "9999"
		for _, r := range b.truth(itemID) {
			first = min(first, r["date"].(string))
		}
		late := b.clock.Now().AddDate(0, 0, 4-days).Format(time.DateOnly)
		if first < oldest || (days > 1 && first > late) {
			t.Errorf("%d days: the first row is of %s, want %s or soon after", days, first, oldest)
		}
		rows := map[string]object{}
		b.replay(access, "", 500, rows)
		b.compare(fmt.Sprint(days, " days"), itemID, rows)
	}
}

func TestSyncGivesTheHistoryThatTheFirstCallAsksFor(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(object{"products": []string{"auth"}, "optional_products": nil, "additional_consented_products": []string{"transactions"}})
	walk(newBrowser(t), address).press("share", nil)
	public := b.sessions(token)[0].(object)["on_success"].(object)["public_token"]
	got := b.must("/item/public_token/exchange", object{"public_token": public})
	b.must("/transactions/sync", object{"access_token": got["access_token"], "options": object{"days_requested": 400}})
	first := "9999"
	for _, r := range b.truth(got["item_id"].(string)) {
		first = min(first, r["date"].(string))
	}
	if want := b.clock.Now().AddDate(0, 0, -396).Format(time.DateOnly); first > want {
		t.Errorf("the first row is of %s, want %s", first, want)
	}
}

func TestMutationDuringPagination(t *testing.T) {
	b := newBench(t)
	access, itemID := b.instant("ins_109508", 90)
	first := b.must("/transactions/sync", object{"access_token": access, "count": 50})
	if first["has_more"] != true {
		t.Fatal("there is only one page")
	}
	b.must("/transactions/refresh", object{"access_token": access})
	got := b.wants("/transactions/sync", object{"access_token": access, "cursor": first["next_cursor"], "count": 50}, "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION")
	if got["error_type"] != "TRANSACTIONS_ERROR" {
		t.Errorf("type: %v", got["error_type"])
	}
	b.wants("/transactions/sync", object{"access_token": access, "cursor": first["next_cursor"], "count": 50}, "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION")
	rows := map[string]object{}
	cursor := b.replay(access, "", 50, rows)
	b.compare("after the restart", itemID, rows)

	// The same when time moves on, but not when nothing happens in the meantime.
	b.clock.advance(40 * time.Hour)
	page := b.must("/transactions/sync", object{"access_token": access, "cursor": cursor, "count": 1, "options": object{"include_original_description": true}})
	b.clock.advance(time.Minute)
	second := b.must("/transactions/sync", object{"access_token": access, "cursor": page["next_cursor"], "count": 1, "options": object{"include_original_description": true}})
	b.clock.advance(48 * time.Hour)
	b.wants("/transactions/sync", object{"access_token": access, "cursor": second["next_cursor"], "count": 1}, "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION")
	b.replay(access, cursor, 500, rows)
	b.compare("after the second restart", itemID, rows)
}

// lineage counts what becomes of pending rows.
type lineage struct{ posted, otherAmount, vanished int }

// observe compares a client's rows before and after a sync.
func (l *lineage) observe(t *testing.T, before, after map[string]object) {
	t.Helper()
	followed := map[string]bool{}
	for _, r := range after {
		id, _ := r["pending_transaction_id"].(string)
		old := before[id]
		if followed[id] = true; old == nil {
			continue
		}
		l.posted++
		if old["amount"] != r["amount"] {
			l.otherAmount++
		}
		fits := old["account_id"] == r["account_id"] && old["pending"] == true && r["pending"] == false && old["date"].(string) <= r["date"].(string)
		if !fits || after[id] != nil {
			t.Errorf("pending and posted do not fit:\n%v\n%v", old, r)
		}
	}
	for id, r := range before {
		if r["pending"] == true && after[id] == nil && !followed[id] {
			l.vanished++
		}
	}
}

func TestPendingBecomesPosted(t *testing.T) {
	b := newBench(t, func(c *sandbox.Config) { c.Seed = 11 })
	access, itemID := b.instant("ins_109508", 30)
	rows := map[string]object{}
	cursor := b.replay(access, "", 500, rows)
	var seen lineage
	for range 120 {
		b.clock.advance(13 * time.Hour)
		before := maps.Clone(rows)
		cursor = b.replay(access, cursor, 25, rows)
		seen.observe(t, before, rows)
	}
	t.Logf("%+v", seen)
	if seen.posted < 60 || seen.otherAmount < 10 || seen.vanished < 1 {
		t.Errorf("too few: %+v", seen)
	}
	b.compare("in the end", itemID, rows)
}

func TestRefreshBringsNews(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 90)
	rows := map[string]object{}
	cursor := b.replay(access, "", 500, rows)
	sync := func() object {
		t.Helper()
		b.must("/transactions/refresh", object{"access_token": access})
		page := b.must("/transactions/sync", object{"access_token": access, "cursor": cursor, "count": 500})
		cursor = page["next_cursor"].(string)
		return page
	}
	first := sync()
	if n := len(first["added"].([]any)); n < 1 {
		t.Errorf("%d rows after the first refresh", n)
	}
	second := sync()
	posted := false
	for _, raw := range second["added"].([]any) {
		posted = posted || raw.(object)["pending_transaction_id"] != nil
	}
	if !posted || len(second["removed"].([]any)) < 1 {
		t.Errorf("the second refresh posts nothing: %v", second)
	}
}

func TestCursors(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 730)
	other, _ := b.instant("ins_109508", 30)
	page := b.must("/transactions/sync", object{"access_token": access, "count": 1})
	cursor := page["next_cursor"].(string)
	if len(cursor) > 256 || len(page["added"].([]any)) != 1 {
		t.Errorf("a cursor of %d characters for %d rows", len(cursor), len(page["added"].([]any)))
	}
	for name, c := range map[string]string{
		"another item's": "", "cut": cursor[:len(cursor)-4], "changed": "AAAA" + cursor[4:], "empty base64": "====", "longer": cursor + "AAAA",
	} {
		token := access
		if c == "" {
			token, c = other, cursor
		}
		got := b.wants("/transactions/sync", object{"access_token": token, "cursor": c}, "INVALID_FIELD")
		if !strings.Contains(got["error_message"].(string), "cursor not associated with access_token") {
			t.Errorf("%s: %v", name, got["error_message"])
		}
	}
	now := b.must("/transactions/sync", object{"access_token": access, "cursor": "now"})
	if len(now["added"].([]any)) != 0 || now["next_cursor"] == "" || now["has_more"] != false {
		t.Errorf("now: %v", now)
	}
	again := b.must("/transactions/sync", object{"access_token": access, "cursor": now["next_cursor"]})
	if len(again["added"].([]any)) != 0 {
		t.Errorf("%d rows after now", len(again["added"].([]any)))
	}
}

func TestOriginalDescriptionOnRequest(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	for _, want := range []bool{false, true} {
		page := b.must("/transactions/sync", object{"access_token": access, "options": object{"include_original_description": want}})
		for _, raw := range page["added"].([]any) {
			if got := raw.(object)["original_description"] != nil; got != want {
				t.Fatalf("original description: %v, want %v", got, want)
			}
		}
	}
}

func TestRowsAreWhole(t *testing.T) {
	b := newBench(t)
	_, itemID := b.instant("ins_109508", 730)
	list, err := b.bank.Truth(itemID)
	if err != nil {
		t.Fatal(err)
	}
	currencies, today := map[string]int{}, b.clock.Now().Format(time.DateOnly)
	for _, r := range list {
		currencies[*r.Currency]++
		if problem := notWhole(r, today); problem != "" {
			t.Errorf("%s: %+v", problem, r)
		}
	}
	if len(currencies) != 4 || currencies["USD"] < len(list)*8/10 {
		t.Errorf("currencies: %v", currencies)
	}
	t.Logf("%d rows, %v", len(list), currencies)
}

// notWhole says what is wrong with a row, if anything is.
func notWhole(r sandbox.Transaction, today string) string {
	amount, err := strconv.ParseFloat(string(r.Amount), 64)
	cheque := r.CheckNumber != nil
	switch {
	case r.Name == "" || r.OriginalDescription == nil:
		return "no name"
	case !strings.HasPrefix(r.PersonalCategory.Detailed, r.PersonalCategory.Primary+"_") || len(r.Category) == 0:
		return "category"
	case err != nil || amount == 0 || r.UnofficialCurrency != nil:
		return "amount"
	case *r.Currency == "JPY" && strings.Contains(string(r.Amount), "."):
		return "part of a yen"
	case r.Date > today || (r.Authorized == nil) != cheque || (!cheque && *r.Authorized > r.Date):
		return "dates"
	}
	return ""
}
