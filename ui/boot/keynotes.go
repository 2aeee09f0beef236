package boot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"sync"

	"bankbook/core"
	"bankbook/core/plaid"
	"bankbook/storage/settings"
)

// keyNotes keeps what is known about the keys of an environment: in a file, or for
// a session that keeps nothing in memory. It is safe for concurrent use.
type keyNotes struct {
	dir string // "" is memory
	env core.Environment

	mu    sync.Mutex
	inRAM settings.KeyNotes
}

func (n *keyNotes) read() (settings.KeyNotes, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.load()
}

func (n *keyNotes) load() (settings.KeyNotes, error) {
	if n.dir == "" {
		return n.inRAM, nil
	}
	return settings.LoadKeys(n.dir, n.env)
}

// change changes the notes, and writes them only if it does: edit reports that.
func (n *keyNotes) change(edit func(*settings.KeyNotes) bool) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	notes, err := n.load()
	if err != nil || !edit(&notes) {
		return err
	}
	if n.dir == "" {
		n.inRAM = notes
		return nil
	}
	return settings.SaveKeys(n.dir, n.env, notes)
}

// tested notes what a test of keys has found out.
func (n *keyNotes) tested(keys plaid.Keys, check core.KeyCheck) error {
	return n.change(func(notes *settings.KeyNotes) bool {
		notes.Client, notes.Check = clientMark(keys), check
		return true
	})
}

// made notes Items that were made with keys. One that is known already, whoever made
// it, is not counted again: so the same Items can be noted as often as one likes.
func (n *keyNotes) made(keys plaid.Keys, items ...core.ItemID) error {
	return n.change(func(notes *settings.KeyNotes) bool {
		all := map[string]string{}
		for _, item := range items {
			all[shortHash("item", string(item))] = clientMark(keys)
		}
		maps.Copy(all, notes.Made)
		grown := len(all) > len(notes.Made)
		notes.Made = all
		return grown
	})
}

// clientMark tells one client id from another without being one.
func clientMark(keys plaid.Keys) string { return shortHash("client", keys.ClientID.Reveal()) }

// shortHash returns a short hash by which something long and random is known again.
func shortHash(kind, text string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + text))
	return hex.EncodeToString(sum[:8])
}

// notesOf returns the notes about the keys of an environment.
func (p *Program) notesOf(env core.Environment) *keyNotes {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.keyNotes == nil {
		p.keyNotes = map[core.Environment]*keyNotes{}
	}
	if p.keyNotes[env] == nil {
		p.keyNotes[env] = &keyNotes{dir: p.dataDir, env: env}
	}
	return p.keyNotes[env]
}

// checkOf returns what the notes say about keys: nothing if they are about others.
func checkOf(notes settings.KeyNotes, keys plaid.Keys) core.KeyCheck {
	if notes.Client != clientMark(keys) {
		return core.KeyCheck{}
	}
	return notes.Check
}

// countItems notes the Items in the vault, so that those are counted too that were
// made before there were notes, or by a program that was killed. What fails is only
// the count.
func (s *Services) countItems(ctx context.Context) {
	if s.Env == core.Practice || s.reviewCopy {
		return
	}
	items, err := s.Vault.Items()
	if err == nil && len(items) > 0 {
		ids := make([]core.ItemID, len(items))
		for i, item := range items {
			ids[i] = item.ID
		}
		err = s.noteMade(ctx, ids...)
	}
	if err != nil {
		s.program.log.Warn("the Items are not counted", "error", err)
	}
}

// noteMade notes Items as made with the present keys.
func (s *Services) noteMade(ctx context.Context, items ...core.ItemID) error {
	keys, err := s.program.plaidKeys(ctx, s.Secrets, s.Env)
	if err != nil || keys.ClientID.IsEmpty() {
		return err
	}
	return s.notes.made(keys, items...)
}

// itemMade notes an Item that an exchange has made.
func (s *Services) itemMade(item core.ItemID) {
	if s.Env == core.Practice {
		return
	}
	if err := s.noteMade(context.Background(), item); err != nil {
		s.program.log.Warn("an Item is not counted", "error", err)
	}
}
