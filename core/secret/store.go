package secret

import (
	"context"
	"strings"
	"sync"

	"bankbook/core"
	"bankbook/core/fault"
)

// Name identifies one entry of a Store, such as "practice/token/<item id>". It
// is not secret itself.
type Name string

// TokenName returns the entry that holds an Item's access token.
func TokenName(env core.Environment, id core.ItemID) Name {
	return Name(string(env) + "/token/" + string(id))
}

// NumbersName returns the entry that holds an account's routing and account
// number.
func NumbersName(env core.Environment, id core.AccountID) Name {
	return Name(string(env) + "/numbers/" + string(id))
}

// KeysName returns the entry that holds the Plaid client id and secret of an
// environment.
func KeysName(env core.Environment) Name { return Name(string(env) + "/keys") }

// VaultName returns the entry that holds the master key of the vault with the
// given id.
func VaultName(vaultID string) Name { return Name("vault/" + vaultID) }

// VaultKeyName returns the entry that holds one master key of a vault that has
// had several; the key without an id is the first one.
func VaultKeyName(vaultID, keyID string) Name {
	if keyID == "" {
		return VaultName(vaultID)
	}
	return VaultName(vaultID) + Name("/"+keyID)
}

// SeenName returns the entry that holds the number of the last commit of a vault
// that the program has seen, so that an older file in its place is noticed.
func SeenName(vaultID string) Name { return VaultName(vaultID) + "/seen" }

// OwnName returns the entry that holds what one vault calls name, where several
// vaults that may know the same banks have their entries side by side: own tells
// theirs apart.
func OwnName(own string, name Name) Name { return ownPrefix + Name(own+"/") + name }

const ownPrefix = "own/"

// OfVault reports whether an entry is named after a vault: a master key, or what was
// seen of the vault last.
func (n Name) OfVault() bool { return strings.HasPrefix(string(n), string(VaultName(""))) }

// OfOne reports whether an entry of a keychain belongs to one vault alone.
func (n Name) OfOne() bool { return n.OfVault() || strings.HasPrefix(string(n), ownPrefix) }

// Store is a place where secrets outlive the program. A value is any sequence
// of bytes, the empty one too. Every operation ends when ctx does, or earlier
// at a deadline of the store's own (Attended moves it). Errors are
// fault.Errors: SecretMissing from Get of what is not there, Canceled if ctx
// was cancelled, KeychainTimeout if its time ran out, Invalid for a name or
// value that the store cannot hold, and the other Keychain kinds. A Store is
// safe for concurrent use. secrettest holds the conformance suite.
type Store interface {
	// Set stores a secret, replacing what was there, and has read it back
	// before it returns nil.
	Set(ctx context.Context, name Name, value Text) error
	// Get returns a secret.
	Get(ctx context.Context, name Name) (Text, error)
	// Delete removes a secret; removing what is not there is no error.
	Delete(ctx context.Context, name Name) error
}

// Memory is a Store that forgets everything when the program ends: the store
// of a session on a machine without a keychain. It is safe for concurrent use.
type Memory struct {
	mu      sync.Mutex
	entries map[Name]Text
}

// NewMemory returns an empty Memory.
func NewMemory() *Memory { return &Memory{entries: map[Name]Text{}} }

var _ Store = (*Memory)(nil)

// Set implements Store.
func (m *Memory) Set(ctx context.Context, name Name, value Text) error {
	if err := Ended(ctx, "secret: set"); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.entries[name] = value
	return nil
}

// Get implements Store.
func (m *Memory) Get(ctx context.Context, name Name) (Text, error) {
	if err := Ended(ctx, "secret: get"); err != nil {
		return Text{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok := m.entries[name]
	if !ok {
		return Text{}, fault.New("secret: get", fault.SecretMissing, nil)
	}
	return value, nil
}

// Delete implements Store.
func (m *Memory) Delete(ctx context.Context, name Name) error {
	if err := Ended(ctx, "secret: delete"); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.entries, name)
	return nil
}
