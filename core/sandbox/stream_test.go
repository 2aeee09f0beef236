package sandbox_test

import (
	"maps"
	"testing"
	"time"

	"bankbook/core/sandbox/ledger"
)

func TestEveryAccountHasAStreamOfItsOwn(t *testing.T) {
	b := newBench(t)
	access, itemID := b.instant("ins_109508", 120)
	accounts := b.must("/accounts/get", object{"access_token": access})["accounts"].([]any)
	checking, card := accounts[0].(object)["account_id"].(string), accounts[3].(object)["account_id"].(string)
	all, cursors := map[string]object{}, map[string]string{"": ""}
	for _, a := range accounts {
		cursors[a.(object)["account_id"].(string)] = ""
	}
	streams := map[string]map[string]object{}
	for round := range 3 {
		for id := range cursors {
			if streams[id] == nil {
				streams[id] = map[string]object{}
			}
			cursors[id] = b.replayAccount(access, id, cursors[id], streams[id])
		}
		clear(all)
		for id, rows := range streams {
			for _, r := range rows {
				if id != "" && r["account_id"] != id {
					t.Fatalf("a row of %v in the stream of %s", r["account_id"], id)
				}
			}
			if id != "" {
				maps.Copy(all, rows)
			}
		}
		if len(streams[checking]) == 0 || len(streams[card]) == 0 {
			t.Error("an empty stream")
		}
		b.compare("all streams together", itemID, all)
		b.compare("the whole", itemID, streams[""])
		b.clock.advance(time.Duration(20+round) * time.Hour)
		b.must("/transactions/refresh", object{"access_token": access})
	}
	for name, body := range map[string]object{
		"another account's cursor": {"cursor": cursors[checking], "options": object{"account_id": card}},
		"the whole's cursor":       {"cursor": cursors[""], "options": object{"account_id": card}},
		"an account's for all":     {"cursor": cursors[card]},
	} {
		body["access_token"] = access
		t.Run(name, func(t *testing.T) {
			b.refused(t, "/transactions/sync", body, "INVALID_FIELD", "cursor not associated with access_token")
		})
	}
}

// replayAccount is replay for the stream of one account, or of all for "".
func (b *bench) replayAccount(access, account, cursor string, rows map[string]object) string {
	b.t.Helper()
	for {
		options := object{"include_original_description": true}
		if account != "" {
			options["account_id"] = account
		}
		page := b.must("/transactions/sync", object{"access_token": access, "cursor": cursor, "count": 40, "options": options})
		apply(b.t, page, rows)
		cursor = page["next_cursor"].(string)
		if page["has_more"] != true {
			return cursor
		}
	}
}

func TestCursorsLiveForAYear(t *testing.T) {
	b := newBench(t)
	access, itemID := b.instant("ins_109508", 60)
	rows := map[string]object{}
	old := b.replay(access, "", 500, rows)
	b.clock.advance(365 * 24 * time.Hour)
	b.replay(access, old, 500, rows)
	b.compare("after a year", itemID, rows)
	b.clock.advance(2 * 24 * time.Hour)
	b.refused(t, "/transactions/sync", object{"access_token": access, "cursor": old}, "INVALID_FIELD", "cursor not associated with access_token")
}

func TestPagesAreFullAndTheLastOneSaysSo(t *testing.T) {
	b := newBench(t)
	access, itemID := b.living(ledger.ScaleLife(600), 90, everyday...)
	total := len(b.truth(itemID))
	for _, count := range []int{1, 7, 100, 200, 300, 500} {
		pages, rows, cursor := 0, 0, ""
		for more := true; more; pages++ {
			page := b.must("/transactions/sync", object{"access_token": access, "cursor": cursor, "count": count})
			added, modified, removed := changesOf(page)
			cursor, more = page["next_cursor"].(string), page["has_more"] == true
			if rows += added + modified + removed; more != (rows < total) || (more && added != count) {
				t.Fatalf("pages of %d: page %d has %d rows, %d of %d until then, more: %v", count, pages, added, rows, total, more)
			}
			if len(cursor) > 256 {
				t.Fatalf("a cursor of %d characters", len(cursor))
			}
		}
		if want := (total + count - 1) / count; pages != want {
			t.Errorf("pages of %d: %d, want %d", count, pages, want)
		}
	}
}

// Accounts that are shared later come with their history, and those that are no
// longer shared go.
func TestChosenAccountsComeAndGo(t *testing.T) {
	b := newBench(t)
	access, itemID := b.instant("ins_109508", 90)
	rows, past := map[string]object{}, map[string]object{}
	cursor := b.replay(access, "", 500, rows)
	maps.Copy(past, rows)
	begin := cursor
	for _, codes := range [][]string{{"checking"}, {"savings", "credit"}, {"checking", "credit"}} {
		if err := b.bank.Regrant(itemID, codes...); err != nil {
			t.Fatal(err)
		}
		cursor = b.replay(access, cursor, 60, rows)
		b.compare("after a choice", itemID, rows)
		b.clock.advance(30 * time.Hour)
	}
	b.replay(access, begin, 33, past)
	b.compare("after all of them", itemID, past)
}
