package boot

import (
	"testing"

	"bankbook/core"
	"bankbook/core/plaid"
	"bankbook/core/secret"
)

// An Item counts once, for who made it first: another client id has its own count.
func TestItemsCountForTheirClientID(t *testing.T) {
	first := plaid.Keys{ClientID: secret.New(ownID), Secret: secret.New(ownSecret)}
	other := plaid.Keys{ClientID: secret.New("6a3a9c17e0b24d0012c8a7e1"), Secret: secret.New(newSecret)}
	for name, notes := range map[string]*keyNotes{
		"in a file": {dir: t.TempDir(), env: core.Production}, "in memory": {env: core.Production},
	} {
		for _, step := range []struct {
			keys  plaid.Keys
			items []core.ItemID
		}{{first, []core.ItemID{"a", "b"}}, {first, []core.ItemID{"b"}}, {other, []core.ItemID{"a", "c"}}, {first, nil}} {
			if err := notes.made(step.keys, step.items...); err != nil {
				t.Fatal(err)
			}
		}
		got, err := notes.read()
		if err != nil || got.Count(clientMark(first)) != 2 || got.Count(clientMark(other)) != 1 {
			t.Errorf("%s: %v, %v", name, got.Made, err)
		}
	}
}
