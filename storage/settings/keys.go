package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/storage/durable"
)

// KeyNotes is what is known about the Plaid keys of one environment: nothing
// secret, in a file of its own beside the settings, so that it can be told while
// no vault is open. The zero value is that of keys that nothing is known of.
type KeyNotes struct {
	// Client marks the client id that Check is about.
	Client string
	Check  core.KeyCheck
	// Wanted are the countries that the person has chosen.
	Wanted []string
	Trial  core.TrialPlan
	// Made are the marks of all Items that are known to have been made, each with
	// that of the client id it was made with.
	Made map[string]string
}

// SameKeys reports whether notes say the same of the same keys. How many Items were
// made is no matter.
func (n KeyNotes) SameKeys(other KeyNotes) bool {
	a, b := n.Check, other.Check
	return n.Client == other.Client && n.Trial == other.Trial && slices.Equal(n.Wanted, other.Wanted) &&
		a.Tested.Equal(b.Tested) && a.Works == b.Works && slices.Equal(a.Products, b.Products) && slices.Equal(a.Countries, b.Countries)
}

// Count returns how many Items were made with a client id.
func (n KeyNotes) Count(client string) int {
	count := 0
	for _, by := range n.Made {
		if by == client {
			count++
		}
	}
	return count
}

// keyNotes is KeyNotes as it is written.
type keyNotes struct {
	Client    string            `json:"client,omitempty"`
	Tested    *time.Time        `json:"tested,omitempty"`
	Works     bool              `json:"works,omitempty"`
	Products  []core.Product    `json:"products,omitempty"`
	Countries []string          `json:"countries,omitempty"`
	Wanted    []string          `json:"wanted_countries,omitempty"`
	Trial     core.TrialPlan    `json:"trial_plan,omitempty"`
	Made      map[string]string `json:"items_made,omitempty"`
}

func keyFile(dir string, env core.Environment) string {
	return filepath.Join(dir, "keys-"+string(env)+".json")
}

// LoadKeys reads the notes about an environment's keys. As with Load, a file that
// cannot be understood is set aside.
func LoadKeys(dir string, env core.Environment) (KeyNotes, error) {
	path := keyFile(dir, env)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return KeyNotes{}, nil
	}
	if err != nil {
		return KeyNotes{}, fault.New("settings: load notes about keys", fault.Unreadable, err)
	}
	var n keyNotes
	if err := json.Unmarshal(data, &n); err != nil {
		return KeyNotes{}, setAside(path)
	}
	notes := KeyNotes{Client: n.Client, Wanted: n.Wanted, Made: n.Made}
	if n.Tested != nil {
		notes.Check = core.KeyCheck{Tested: *n.Tested, Works: n.Works, Products: n.Products, Countries: n.Countries}
	}
	if n.Trial == core.OnTrial || n.Trial == core.NotTrial {
		notes.Trial = n.Trial
	}
	return notes, nil
}

// SaveKeys puts notes in the place of those before.
func SaveKeys(dir string, env core.Environment, notes KeyNotes) error {
	n := keyNotes{
		Client: notes.Client, Works: notes.Check.Works, Products: notes.Check.Products, Countries: notes.Check.Countries,
		Wanted: notes.Wanted, Trial: notes.Trial, Made: notes.Made,
	}
	if !notes.Check.IsZero() {
		n.Tested = &notes.Check.Tested
	}
	data, err := json.MarshalIndent(n, "", "  ")
	if err != nil {
		return fmt.Errorf("settings: encode notes about keys: %w", err)
	}
	if err := durable.WriteFile(keyFile(dir, env), append(data, '\n')); err != nil {
		return fault.New("settings: save notes about keys", fault.OfFile(err), err)
	}
	return nil
}
