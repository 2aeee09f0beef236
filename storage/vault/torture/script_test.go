package torture

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/money"
	"bankbook/core/secret"
)

// cycle is after how many steps the script begins again, with another bank.
const cycle = 24

var day = time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC)

// step is one thing that is done to a vault. Doing it twice in a row is the
// same as doing it once, so a step of which nobody knows can be done again.
type step struct {
	name string
	do   func(*player) error
	// model does the same to the model; nil if the contents stay as they are.
	model func(*world)
}

// stepAt is the script: the n-th step, from 0. A bank lives for about one
// cycle and a half, so that the vault does not grow for ever.
func stepAt(n int) step {
	bank := n / cycle
	switch n % cycle {
	case 0:
		return putBank(bank)
	case 4:
		return putSession(bank)
	case 6, 19:
		return step{name: "snapshot", do: func(p *player) error { _, err := p.snapshot(); return err }}
	case 16:
		return step{name: "rotate", do: (*player).rotate}
	case 7:
		return step{name: "reopen", do: (*player).reopen}
	case 9:
		return putSetting(n)
	case 11:
		return putAccounts(bank)
	case 13:
		return recordTry(bank)
	case 15:
		return removeBank(bank - 1)
	case 17:
		return deleteSession(bank)
	}
	return syncBank(bank, n)
}

func itemID(bank int) core.ItemID { return core.ItemID("item-" + strconv.Itoa(bank)) }

func itemOf(bank int) core.Item {
	return core.Item{
		ID: itemID(bank), Profile: "profile", Institution: core.Institution{ID: "ins_1", Name: "Tartan Bank"},
		Products: []core.Product{core.Transactions}, LinkedAt: day, HistoryDays: 730, Status: core.Connected,
	}
}

func accountsOf(bank, count int) []core.Account {
	list := make([]core.Account, count)
	for i := range list {
		list[i] = core.Account{
			ID: core.AccountID(fmt.Sprintf("account-%d-%d", bank, i)), Item: itemID(bank), Name: "Checking", Mask: "0000",
			Type: core.Depository, Subtype: "checking",
		}
	}
	return list
}

// profile is put into the vault by the parent, when it tries whether the vault
// still works, and so is no part of the contents.
var profile = core.Profile{ID: "profile", Name: "Household", Kind: core.Person}

func putBank(bank int) step {
	return step{
		name: "bank",
		do:   func(p *player) error { return p.v.PutItemAndAccounts(itemOf(bank), accountsOf(bank, 1)) },
		model: func(w *world) {
			w.items[itemID(bank)] = itemOf(bank)
			w.accounts[itemID(bank)] = accountsOf(bank, 1)
		},
	}
}

func putAccounts(bank int) step {
	return step{
		name:  "bank",
		do:    func(p *player) error { return p.v.PutAccounts(itemID(bank), accountsOf(bank, 3)) },
		model: func(w *world) { w.accounts[itemID(bank)] = accountsOf(bank, 3) },
	}
}

func recordTry(bank int) step {
	trouble := core.Trouble{Kind: fault.BankDown, Code: "INSTITUTION_DOWN"}
	return step{
		name: "bank",
		do: func(p *player) error {
			return p.v.RecordTry(itemID(bank), day.Add(time.Hour), trouble, core.SignInNeeded)
		},
		model: func(w *world) {
			item := w.items[itemID(bank)]
			item.Sync.LastTry, item.Sync.Trouble, item.Status = day.Add(time.Hour), trouble, core.SignInNeeded
			w.items[item.ID] = item
		},
	}
}

func removeBank(bank int) step {
	return step{
		name:  "remove",
		do:    func(p *player) error { return p.v.RemoveItem(itemID(bank)) },
		model: func(w *world) { w.remove(itemID(bank)) },
	}
}

func sessionOf(bank int) link.Session {
	return link.Session{
		ID: core.LinkID("link-" + strconv.Itoa(bank)), Purpose: link.New, Stage: link.Waiting, Created: day, Updated: day,
		Token: secret.New("link-token-" + strconv.Itoa(bank)),
	}
}

func putSession(bank int) step {
	return step{
		name:  "session",
		do:    func(p *player) error { return p.v.PutSession(sessionOf(bank)) },
		model: func(w *world) { w.sessions[sessionOf(bank).ID] = sessionOf(bank) },
	}
}

func deleteSession(bank int) step {
	return step{
		name:  "session",
		do:    func(p *player) error { return p.v.DeleteSession(sessionOf(bank).ID) },
		model: func(w *world) { delete(w.sessions, sessionOf(bank).ID) },
	}
}

const settingName = "profile"

func putSetting(n int) step {
	return step{
		name:  "setting",
		do:    func(p *player) error { return p.v.PutSetting(settingName, strconv.Itoa(n)) },
		model: func(w *world) { w.setting = strconv.Itoa(n) },
	}
}

func syncBank(bank, n int) step {
	batch := batchOf(bank, n)
	return step{
		name:  "sync",
		do:    func(p *player) error { _, err := p.v.ApplySync(batch); return err },
		model: func(w *world) { w.apply(batch) },
	}
}

// batchOf adds 20 rows, changes 5 of an earlier batch so that they move to
// another month, and removes 3 of it.
func batchOf(bank, n int) core.SyncBatch {
	b := core.SyncBatch{Item: itemID(bank), Cursor: strconv.Itoa(n), Phase: core.HistoryDone, At: day}
	for i := range 20 {
		b.Added = append(b.Added, rowOf(bank, n, i))
	}
	if n%cycle < 3 {
		return b
	}
	earlier := n - n%cycle + 1
	for i := range 5 {
		r := rowOf(bank, earlier, i)
		r.Date, r.Name = r.Date+core.Date(n%cycle), "Changed by "+b.Cursor
		b.Modified = append(b.Modified, r)
	}
	for i := range 3 {
		b.Removed = append(b.Removed, rowOf(bank, n-n%cycle+2, (n+i)%20).ID)
	}
	return b
}

func rowOf(bank, n, i int) core.Transaction {
	return core.Transaction{
		ID: core.TransactionID(fmt.Sprintf("row-%d-%d", n, i)), Account: accountsOf(bank, 1)[0].ID,
		Date: core.NewDate(2026, 1, 1+n%90+i), Amount: money.Of(int64(n*20+i)-1000, money.USD), Name: "Coffee",
		Category: core.Category{Primary: "FOOD", Detailed: "FOOD_OTHER"}, Channel: "online",
	}
}

// background is the context of what nobody cancels.
func background() context.Context { return context.Background() }
