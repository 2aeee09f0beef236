package boot

import (
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/durable"
)

// fileStore is a Store in a folder, one file an entry: what it holds outlives a
// process that is killed, and can be listed.
type fileStore string

func (f fileStore) path(name secret.Name) string {
	return filepath.Join(string(f), hex.EncodeToString([]byte(name)))
}

// Set implements secret.Store.
func (f fileStore) Set(ctx context.Context, name secret.Name, value secret.Text) error {
	if err := secret.Ended(ctx, "file store: set"); err != nil {
		return err
	}
	return durable.WriteFile(f.path(name), []byte(value.Reveal()))
}

// Get implements secret.Store.
func (f fileStore) Get(ctx context.Context, name secret.Name) (secret.Text, error) {
	if err := secret.Ended(ctx, "file store: get"); err != nil {
		return secret.Text{}, err
	}
	data, err := os.ReadFile(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return secret.Text{}, fault.New("file store: get", fault.SecretMissing, nil)
	}
	return secret.New(string(data)), err
}

// Delete implements secret.Store.
func (f fileStore) Delete(ctx context.Context, name secret.Name) error {
	if err := secret.Ended(ctx, "file store: delete"); err != nil {
		return err
	}
	if err := os.Remove(f.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return durable.SyncDir(string(f))
}

// entriesOf lists what is in a fileStore.
func entriesOf(store secret.Store) map[secret.Name]secret.Text {
	dir := string(store.(fileStore))
	found := map[secret.Name]secret.Text{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	for _, entry := range entries {
		name, err := hex.DecodeString(entry.Name())
		if err != nil {
			continue // of a killed write
		}
		if data, err := os.ReadFile(filepath.Join(dir, entry.Name())); err == nil {
			found[secret.Name(name)] = secret.New(string(data))
		}
	}
	return found
}
