package vault_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
	"bankbook/storage/vault"
)

func TestCopyForReview(t *testing.T) {
	h := newHome(t)
	v := filled(t, h, 3_000)
	// Things that have been and are no more, and that must not be in a copy.
	must(t, v.PutItemAndAccounts(item("item-3"), []core.Account{{ID: "acc-3", Name: "Third", ACH: core.ACHAccount{Status: core.Verified, NumberLast4: "7777"}}}))
	trouble := core.Trouble{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "request-1"}
	must(t, v.RecordTry("item-3", now, trouble, core.SignInNeeded))
	must(t, v.PutItem(item("deleted-item")))
	must(t, v.RemoveItem("deleted-item"))
	must(t, v.PutSession(link.Session{
		ID: "link-2", Stage: link.Deciding, Created: now, Token: secret.New("link-token-2"),
		Found: []link.Candidate{{Public: secret.New("public-token")}},
	}))
	want := get[contents](t)(read(v))

	path := filepath.Join(t.TempDir(), "copy", "vault.db")
	must(t, os.MkdirAll(filepath.Dir(path), 0o700))
	var info vault.Info
	var key secret.Text
	report, err := v.CopyForReview(t.Context(), path, func(_ context.Context, i vault.Info, k secret.Text) error {
		info, key = i, k
		return nil
	})
	must(t, err)
	wantEqual(t, "the vault after it was copied", get[contents](t)(read(v)), want)
	if is := get[bool](t)(v.IsReviewCopy()); is {
		t.Error("the vault itself is a copy now")
	}
	if left := get[[]os.DirEntry](t)(os.ReadDir(filepath.Dir(path))); len(left) != 1 {
		t.Errorf("beside the copy: %v", left)
	}
	original := get[secret.Text](t)(h.keys.Key(t.Context(), v.Info()))
	if info.ID == v.ID() || key == original || key.IsEmpty() {
		t.Error("the copy has id or key of the vault")
	}

	open := func(key secret.Text) (*vault.Vault, error) {
		return vault.Open(t.Context(), vault.Options{
			Path: path, Env: core.Practice, Key: func(context.Context, vault.Info) (secret.Text, error) { return key, nil },
		})
	}
	if _, err := open(original); !fault.Is(err, fault.VaultKey) {
		t.Errorf("the vault's own key: %v", err)
	}
	c := get[*vault.Vault](t)(open(key))
	defer func() { must(t, c.Close()) }()
	must(t, c.Verify(t.Context()))
	if is := get[bool](t)(c.IsReviewCopy()); !is {
		t.Error("the copy does not know what it is")
	}
	for i := range want.Items {
		want.Items[i].Sync.Cursor, want.Items[i].Sync.Trouble = "", core.Trouble{}
	}
	for i := range want.Accounts {
		want.Accounts[i].ACH.Status = core.NoNumbers
	}
	want.Sessions, want.Setting, want.Gone = []link.Session{}, "", core.Transaction{}
	wantEqual(t, "the copy", get[contents](t)(read(c)), want)
	if report.Rows != want.Count || report.Items != len(want.Items) {
		t.Errorf("the report is %+v", report)
	}

	// All that is in the file, opened.
	plain := get[[][]byte](t)(c.AllRecords())
	if len(plain) < 20 {
		t.Fatalf("%d records", len(plain))
	}
	plain = append(plain, get[[]byte](t)(os.ReadFile(path)))
	for _, word := range []string{
		"link-token", "public-token", "cursor-", "request-1", "deleted-item", v.ID(), original.Reveal(), key.Reveal(),
	} {
		for _, record := range plain {
			if bytes.Contains(record, []byte(word)) {
				t.Errorf("%q is in the copy", word)
				break
			}
		}
	}
}

func TestCopyForReviewThatFails(t *testing.T) {
	v := filled(t, newHome(t), 100)
	before := get[contents](t)(read(v))
	path := filepath.Join(t.TempDir(), "vault.db")
	refused := errors.New("no")
	never := func(context.Context, vault.Info, secret.Text) error { return refused }
	if _, err := v.CopyForReview(t.Context(), path, never); !errors.Is(err, refused) {
		t.Errorf("%v, want %v", err, refused)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	kept := func(context.Context, vault.Info, secret.Text) error { return nil }
	if _, err := v.CopyForReview(ctx, path, kept); !fault.Is(err, fault.Canceled) {
		t.Errorf("%v, want Canceled", err)
	}
	wantEqual(t, "the vault", get[contents](t)(read(v)), before)
	must(t, v.Verify(t.Context()))
}

func TestVerifyFile(t *testing.T) {
	h := newHome(t)
	v := filled(t, h, 200)
	copied := filepath.Join(t.TempDir(), "vault.db")
	want := get[core.VaultReport](t)(v.Copy(t.Context(), copied))
	opts := h.options()
	opts.Path = copied
	before := get[[]byte](t)(os.ReadFile(copied))
	got := get[core.VaultReport](t)(vault.VerifyFile(t.Context(), opts))
	got.Checked = want.Checked
	wantEqual(t, "report", got, want)
	if !bytes.Equal(get[[]byte](t)(os.ReadFile(copied)), before) {
		t.Error("the file was changed")
	}
	opts.Key = func(context.Context, vault.Info) (secret.Text, error) { return secret.Text{}, nil }
	_, err := vault.VerifyFile(t.Context(), opts)
	wantKind(t, err, fault.VaultKey)
	opts.Path = filepath.Join(t.TempDir(), "none")
	_, err = vault.VerifyFile(t.Context(), opts)
	wantKind(t, err, fault.Unreadable)
	if _, err := os.Stat(opts.Path); err == nil {
		t.Error("a file was made")
	}
}
