package torture

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"bankbook/core"
	"bankbook/core/link"
	"bankbook/storage/vault"
)

// world is the vault as a few maps.
type world struct {
	items    map[core.ItemID]core.Item
	accounts map[core.ItemID][]core.Account
	sessions map[core.LinkID]link.Session
	setting  string
	rows     map[core.TransactionID]core.Transaction
	owner    map[core.TransactionID]core.ItemID
}

func newWorld() *world {
	return &world{
		items: map[core.ItemID]core.Item{}, accounts: map[core.ItemID][]core.Account{}, sessions: map[core.LinkID]link.Session{},
		rows: map[core.TransactionID]core.Transaction{}, owner: map[core.TransactionID]core.ItemID{},
	}
}

func (w *world) apply(b core.SyncBatch) {
	for _, t := range slices.Concat(b.Added, b.Modified) {
		w.rows[t.ID], w.owner[t.ID] = t, b.Item
	}
	for _, id := range b.Removed {
		delete(w.rows, id)
	}
	item := w.items[b.Item]
	item.Status = core.Connected
	item.Sync = core.SyncState{Cursor: b.Cursor, Phase: b.Phase, LastSuccess: b.At, LastTry: b.At}
	w.items[b.Item] = item
}

func (w *world) remove(id core.ItemID) {
	maps.DeleteFunc(w.rows, func(t core.TransactionID, _ core.Transaction) bool { return w.owner[t] == id })
	delete(w.items, id)
	delete(w.accounts, id)
}

// contents returns a digest of everything that the world holds.
func (w *world) contents() string {
	d := digest{}
	for _, item := range w.items {
		d.add("item", item)
	}
	for _, list := range w.accounts {
		d.add("accounts", list)
	}
	for _, s := range w.sessions {
		d.add("session", s, s.Token.Reveal())
	}
	d.add("setting", w.setting)
	totals := map[core.Total]core.Total{}
	for _, t := range w.rows {
		d.add("row", t)
		key := core.Total{Month: t.Date.Month(), Account: t.Account, Category: t.Category.Primary, Currency: t.Amount.Currency}
		sum, ok := totals[key]
		if !ok {
			sum = key
		}
		sum.Count++
		sum.In += max(t.Amount.Minor, 0)
		sum.Out += min(t.Amount.Minor, 0)
		totals[key] = sum
	}
	for _, sum := range totals {
		d.add("total", sum)
	}
	return d.sum()
}

// contents returns the digest of a vault, to compare with a world's.
func contents(v *vault.Vault) (string, error) {
	d := digest{}
	items, err := v.Items()
	if err != nil {
		return "", err
	}
	for _, item := range items {
		d.add("item", item)
		list, err := v.AccountsOf(item.ID)
		if err != nil {
			return "", err
		}
		d.add("accounts", list)
	}
	sessions, err := v.Sessions()
	if err != nil {
		return "", err
	}
	for _, s := range sessions {
		d.add("session", s, s.Token.Reveal())
	}
	setting, _, err := v.Setting(settingName)
	if err != nil {
		return "", err
	}
	d.add("setting", setting)
	totals, err := v.Totals()
	if err != nil {
		return "", err
	}
	for _, sum := range totals {
		d.add("total", sum)
	}
	rows := 0
	if err := v.Each(func(t core.Transaction) error { d.add("row", t); rows++; return nil }); err != nil {
		return "", err
	}
	if rows != v.Count() {
		return "", fmt.Errorf("there are %d rows, but Count says %d", rows, v.Count())
	}
	return d.sum(), nil
}

// digest is lines whose order does not matter.
type digest []string

func (d *digest) add(what ...any) { *d = append(*d, fmt.Sprintf("%+v", what)) }

func (d *digest) sum() string {
	slices.Sort(*d)
	sum := sha256.Sum256([]byte(strings.Join(*d, "\n")))
	return hex.EncodeToString(sum[:8])
}

// history knows the contents after every step of the script.
type history struct {
	world *world
	// known are the contents after the steps that the world has seen, the first
	// those before step 0.
	known []string
	// whole are the sums of the snapshots that have been found whole.
	whole map[[32]byte]bool
}

// opened is the number of the state of a vault that has just been made.
const opened = -1

func newHistory() *history {
	h := &history{world: newWorld(), whole: map[[32]byte]bool{}}
	h.known = []string{h.world.contents()}
	return h
}

// after returns the contents after step n.
func (h *history) after(n int) string {
	for len(h.known) <= n+1 {
		if change := stepAt(len(h.known) - 1).model; change != nil {
			change(h.world)
		}
		h.known = append(h.known, h.world.contents())
	}
	return h.known[n+1]
}

// describe says which step some contents are those of, for messages.
func (h *history) describe(got string) string {
	for i, known := range h.known {
		if known == got {
			return fmt.Sprintf("of step %d", i-1)
		}
	}
	return "of none"
}
