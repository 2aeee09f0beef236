package vault_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
	"bankbook/storage/vault"
	"bankbook/storage/vault/vaulttest"
)

func rotate(t testing.TB, v *vault.Vault) {
	t.Helper()
	must(t, v.Rotate(context.Background(), vault.RotateOptions{}))
}

func TestRotateKeepsEverything(t *testing.T) {
	h := newHome(t)
	v := filled(t, h, 3000)
	before, first, commit := get[contents](t)(read(v)), v.Info(), v.Commit()
	oldKey := get[secret.Text](t)(h.keys.Key(t.Context(), first))
	for range 2 {
		rotate(t, v)
		must(t, v.Verify(t.Context()))
		wantEqual(t, "contents", get[contents](t)(read(v)), before)
	}
	now := v.Info()
	if now.KeyID == first.KeyID || now.ID != first.ID || now.Created != first.Created || v.Commit() <= commit || h.keys.Count() != 3 {
		t.Errorf("%+v at commit %d became %+v at %d, with %d keys", first, commit, now, v.Commit(), h.keys.Count())
	}
	must(t, v.DropStrays(t.Context(), h.keys.Drop))
	if h.keys.Count() != 1 || v.HasStrays() {
		t.Errorf("%d keys are left", h.keys.Count())
	}
	// The vault goes on with the new file.
	changed := before.Newest[0]
	changed.Name = "Changed"
	count := get[core.SyncCount](t)(v.ApplySync(core.SyncBatch{Item: vaulttest.Item, Modified: []core.Transaction{changed}, At: before.Items[0].LinkedAt}))
	if count.Modified != 1 {
		t.Errorf("a row was not found again: %+v", count)
	}
	before = get[contents](t)(read(v))
	must(t, v.Close())
	v = h.open(t)
	wantEqual(t, "contents after opening again", get[contents](t)(read(v)), before)
	wantEqual(t, "info after opening again", v.Info(), now)
	must(t, v.Close())
	opts := h.options()
	opts.Key = func(context.Context, vault.Info) (secret.Text, error) { return oldKey, nil }
	_, err := vault.Open(t.Context(), opts)
	wantKind(t, err, fault.VaultKey)
	onlyVaultIn(t, h)
}

// onlyVaultIn makes sure that nothing half-made is left.
func onlyVaultIn(t testing.TB, h *home) {
	t.Helper()
	left := get[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(h.path)))
	if len(left) != 1 || left[0].Name() != filepath.Base(h.path) {
		t.Errorf("left behind: %v", left)
	}
}

func TestRotateOfAnEmptyVault(t *testing.T) {
	v := newHome(t).open(t)
	must(t, v.PutItemAndAccounts(item("item-1"), nil)) // a record of no accounts does not tell whose it is
	rotate(t, v)
	must(t, v.Verify(t.Context()))
	must(t, v.PutItemAndAccounts(item("item-1"), []core.Account{{ID: "acc-1"}}))
	if got := get[[]core.Account](t)(v.Accounts()); len(got) != 1 {
		t.Errorf("accounts: %v", got)
	}
}

func TestRotateRecordsAnotherProtector(t *testing.T) {
	h := newHome(t)
	v := h.open(t)
	var kept vault.Info
	other := func(ctx context.Context, info vault.Info, key secret.Text) error {
		kept = info
		return h.keys.NewKey(ctx, info, key)
	}
	must(t, v.Rotate(t.Context(), vault.RotateOptions{Protector: core.ByPassphrase, NewKey: other}))
	if v.Info().Protector != core.ByPassphrase || kept != v.Info() {
		t.Errorf("the key was kept for %+v of %+v", kept, v.Info())
	}
	var dropped []core.Protector
	must(t, v.DropStrays(t.Context(), func(_ context.Context, info vault.Info) error {
		dropped = append(dropped, info.Protector)
		return nil
	}))
	wantEqual(t, "protectors of dropped keys", dropped, []core.Protector{core.ByKeychain})
	must(t, v.Close())
	if info := h.open(t).Info(); info.Protector != core.ByPassphrase {
		t.Errorf("after opening again: %+v", info)
	}
}

func TestRotateThatFailsLeavesTheOld(t *testing.T) {
	refused := fault.New("keychain: set", fault.KeychainTimeout, nil)
	for name, c := range map[string]struct {
		fail func(t *testing.T, h *home, v *vault.Vault) error
		kind fault.Kind
	}{
		"key refused": {func(t *testing.T, h *home, v *vault.Vault) error {
			return v.Rotate(t.Context(), vault.RotateOptions{NewKey: func(context.Context, vault.Info, secret.Text) error { return refused }})
		}, fault.KeychainTimeout},
		"key kept but refused": {func(t *testing.T, h *home, v *vault.Vault) error {
			return v.Rotate(t.Context(), vault.RotateOptions{NewKey: func(ctx context.Context, info vault.Info, key secret.Text) error {
				must(t, h.keys.NewKey(ctx, info, key))
				return refused
			}})
		}, fault.KeychainTimeout},
		"canceled": {func(t *testing.T, h *home, v *vault.Vault) error {
			ctx, cancel := context.WithCancel(t.Context())
			return v.Rotate(ctx, vault.RotateOptions{NewKey: func(ctx context.Context, info vault.Info, key secret.Text) error {
				cancel()
				return h.keys.NewKey(ctx, info, key)
			}})
		}, fault.Canceled},
		"replaced": {func(t *testing.T, h *home, v *vault.Vault) error {
			aside := h.path + ".aside"
			err := v.Rotate(t.Context(), vault.RotateOptions{NewKey: func(ctx context.Context, info vault.Info, key secret.Text) error {
				must(t, os.Rename(h.path, aside))
				must(t, os.WriteFile(h.path, []byte("another's"), 0o600))
				return h.keys.NewKey(ctx, info, key)
			}})
			if got := get[[]byte](t)(os.ReadFile(h.path)); string(got) != "another's" {
				t.Error("the file of somebody else was replaced")
			}
			must(t, os.Rename(aside, h.path))
			return err
		}, fault.VaultReplaced},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHome(t)
			v := filled(t, h, 500)
			info, want := v.Info(), get[contents](t)(read(v))
			wantKind(t, c.fail(t, h, v), c.kind)
			usable := func() {
				t.Helper()
				wantEqual(t, "info", v.Info(), info)
				wantEqual(t, "contents", get[contents](t)(read(v)), want)
				must(t, v.Verify(t.Context()))
			}
			usable()
			must(t, v.Close())
			v = h.open(t)
			usable()
			must(t, v.DropStrays(t.Context(), h.keys.Drop))
			if h.keys.Count() != 1 || v.HasStrays() {
				t.Errorf("%d keys are left", h.keys.Count())
			}
			usable()
			onlyVaultIn(t, h)
			rotate(t, v)
			wantEqual(t, "contents after another try", get[contents](t)(read(v)), want)
		})
	}
}

func TestRotateOfAClosedVault(t *testing.T) {
	h := newHome(t)
	v := h.open(t)
	must(t, v.Close())
	wantKind(t, v.Rotate(t.Context(), vault.RotateOptions{}), fault.Canceled)
	v = h.open(t)
	err := v.Rotate(t.Context(), vault.RotateOptions{NewKey: func(ctx context.Context, info vault.Info, key secret.Text) error {
		must(t, v.Close())
		return h.keys.NewKey(ctx, info, key)
	}})
	wantKind(t, err, fault.Canceled)
	v = h.open(t)
	must(t, v.DropStrays(t.Context(), h.keys.Drop))
	onlyVaultIn(t, h)
}

func TestStrayThatCannotBeDroppedStaysNoted(t *testing.T) {
	h := newHome(t)
	v := h.open(t)
	rotate(t, v)
	locked := fault.New("keychain: delete", fault.KeychainLocked, nil)
	wantKind(t, v.DropStrays(t.Context(), func(context.Context, vault.Info) error { return locked }), fault.KeychainLocked)
	must(t, v.Close())
	v = h.open(t)
	if !v.HasStrays() || h.keys.Count() != 2 {
		t.Fatal("the old key is forgotten, but not dropped")
	}
	must(t, v.DropStrays(t.Context(), h.keys.Drop))
	if v.HasStrays() || h.keys.Count() != 1 {
		t.Error("the old key is not dropped")
	}
}

// TestRemovingLeavesAShredPending also says what does not.
func TestRemovingLeavesAShredPending(t *testing.T) {
	h := newHome(t)
	v := filled(t, h, 200)
	must(t, v.RemoveItem("nobody's"))
	must(t, v.RemoveProfile("nobody's"))
	if v.ShredPending() {
		t.Error("a shred is pending, but nothing was removed")
	}
	for name, remove := range map[string]func() error{
		"item":    func() error { return v.RemoveItem("item-2") },
		"profile": func() error { return v.RemoveProfile("made-up") },
	} {
		must(t, remove())
		if !v.ShredPending() {
			t.Errorf("%s: no shred is pending", name)
		}
		must(t, v.Close())
		v = h.open(t)
		if !v.ShredPending() {
			t.Errorf("%s: a pending shred is forgotten", name)
		}
		rotate(t, v)
		if v.ShredPending() {
			t.Errorf("%s: a shred is pending after a rotation", name)
		}
		must(t, v.Verify(t.Context()))
	}
	if v.Count() != 0 || len(get[[]core.Item](t)(v.Items())) != 0 {
		t.Errorf("%d rows are left", v.Count())
	}
}

func TestRemoveProfileRemovesWhatIsItsOwn(t *testing.T) {
	v := newHome(t).open(t)
	for _, p := range []core.ProfileID{"p-1", "p-2"} {
		must(t, v.PutProfile(core.Profile{ID: p, Name: string(p)}))
		id := core.ItemID("item-of-" + p)
		it := item(id)
		it.Profile = p
		must(t, v.PutItemAndAccounts(it, []core.Account{{ID: core.AccountID("acc-of-" + p)}}))
		must(t, v.PutSession(link.Session{ID: core.LinkID("link-of-" + p), Options: link.Options{Profile: p}, Stage: link.Exited}))
		batch := core.SyncBatch{Item: id, At: now, Removed: []core.TransactionID{core.TransactionID("gone-of-" + p)}}
		for _, row := range []string{"row-of-", "gone-of-"} {
			batch.Added = append(batch.Added, tx(row+string(p), core.NewDate(2026, 3, 1), -5))
		}
		get[core.SyncCount](t)(v.ApplySync(batch))
	}
	must(t, v.RemoveProfile("p-1"))
	must(t, v.Verify(t.Context()))
	got := get[contents](t)(read(v))
	if len(got.Profiles) != 1 || len(got.Items) != 1 || len(got.Accounts) != 1 || len(got.Sessions) != 1 || got.Count != 1 {
		t.Errorf("left: %+v", got)
	}
	for p, want := range map[core.ProfileID]bool{"p-1": false, "p-2": true} {
		_, row := got.Rows[core.TransactionID("row-of-"+p)]
		_, gone, err := v.Removed(core.TransactionID("gone-of-" + p))
		if row != want || gone != want || err != nil || (got.Profiles[0].ID == p) != want {
			t.Errorf("%s: row %t, removed row %t, %v", p, row, gone, err)
		}
	}
}

func TestRemoveItemTakesItsEndedSessions(t *testing.T) {
	v := newHome(t).open(t)
	must(t, v.PutItem(item("item-1")))
	for _, s := range []link.Session{
		{ID: "made it", Stage: link.Done, Items: []core.ItemID{"item-1"}},
		{ID: "repaired it", Stage: link.Exited, Repairs: "item-1"},
		{ID: "repairs it", Stage: link.Waiting, Repairs: "item-1"},
		{ID: "made another", Stage: link.Done, Items: []core.ItemID{"item-2"}},
	} {
		must(t, v.PutSession(s))
	}
	must(t, v.RemoveItem("item-1"))
	var left []core.LinkID
	for _, s := range get[[]link.Session](t)(v.Sessions()) {
		left = append(left, s.ID)
	}
	wantEqual(t, "sessions", left, []core.LinkID{"made another", "repairs it"})
}
