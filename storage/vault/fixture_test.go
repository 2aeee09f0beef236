package vault_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/link"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

// The ids and the master keys of the vaults in testdata.
const (
	firstID  = "a947eadf910d5dcc4dbf5b2eb66800ef"
	firstKey = "rfj8EtKtdeVPavIU-Ot0okgRYibc2f8nlrP7a1936w8"
	thirdID  = "3c0c2b7d4e87df4d28416b54ac80a65f"
	thirdKey = "cBR09ZIbcBP0Oiqxl36ycrlQJQ05uVLcgTNSUagU_zc"
)

// firstVault puts a vault of the first programs into a new home.
func firstVault(t *testing.T) *home {
	t.Helper()
	return unpacked(t, "format1.db.gz", firstID, firstKey)
}

// unpacked puts a vault of testdata into a new home.
func unpacked(t *testing.T, name, id, key string) *home {
	t.Helper()
	h := newHome(t)
	packed, err := os.Open(filepath.Join("testdata", name))
	must(t, err)
	defer packed.Close()
	data := get[[]byte](t)(io.ReadAll(get[*gzip.Reader](t)(gzip.NewReader(packed))))
	must(t, os.MkdirAll(filepath.Dir(h.path), 0o700))
	must(t, os.WriteFile(h.path, data, 0o600))
	must(t, h.keys.NewKey(t.Context(), vault.Info{ID: id}, secret.New(key)))
	return h
}

// alike fills a vault with what lies in testdata/format1.db.gz, which the first
// programs' format holds.
func alike(t *testing.T, v *vault.Vault) {
	t.Helper()
	must(t, v.PutProfile(core.Profile{ID: "p-1", Name: "Ada", Kind: core.Person}))
	must(t, v.PutItemAndAccounts(item("item-1"), []core.Account{{ID: "acc-1", Name: "First", Mask: "1111"}}))
	must(t, v.PutSession(link.Session{ID: "link-1", Purpose: link.New, Stage: link.Waiting, Created: now, Token: secret.New("link-token")}))
	must(t, v.PutSetting("profile", "p-1"))
	batch := core.SyncBatch{Item: "item-1", At: now, Phase: core.HistoryDone, Cursor: "c1", Removed: []core.TransactionID{"gone-1"}}
	for i := range 40 {
		batch.Added = append(batch.Added, tx(fmt.Sprintf("row-%d", i), core.NewDate(2026, time.March, 1+i), int64(-100*i)))
	}
	batch.Added = append(batch.Added, tx("gone-1", core.NewDate(2026, time.May, 3), -500))
	get[core.SyncCount](t)(v.ApplySync(batch))
}
