package boot

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
	"bankbook/core/secret/secrettest"
	"bankbook/storage/durable"
)

func TestActivityIsExported(t *testing.T) {
	j := newJournaled(t)
	if _, err := j.s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	j.news(1)
	dir := t.TempDir()
	order := ActivityOrder{Path: filepath.Join(dir, "a.json"), JSON: true, Filter: activity.Filter{Actions: []core.Action{core.CheckedVault}}}
	if n, err := j.s.Books("").ExportActivity(t.Context(), order); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	exported := want{action: core.ExportedRows, subject: "Activity, JSON", outcome: activity.Done, n: 1}
	j.wrote("export", exported)
	var list []struct{ Action core.Action }
	data, err := os.ReadFile(order.Path)
	if err == nil {
		err = json.Unmarshal(data, &list)
	}
	if err != nil || len(list) != 1 || list[0].Action != core.CheckedVault || modeOf(t, order.Path) != durable.FileMode {
		t.Errorf("exported %s, %v", data, err)
	}
	if _, err := j.s.Books("").ExportActivity(t.Context(), order); !fault.Is(err, fault.Occupied) {
		t.Errorf("where a file is: %v", err)
	}
	j.wrote("export where a file is", want{action: core.ExportedRows, subject: "Activity, JSON", outcome: activity.Failed, kind: fault.Occupied})
	order.Path = filepath.Join(dir, "no folder", "a.csv")
	if _, err := j.s.Books("").ExportActivity(t.Context(), order); !fault.Is(err, fault.Unreadable) {
		t.Errorf("where no folder is: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestNoEntryHoldsASecret does all that the log tells of, also so that it fails,
// and searches what the log says, and its exports, for all that is secret.
func TestNoEntryHoldsASecret(t *testing.T) {
	x := newSearched(t)
	x.moments.begin()
	s, ctx := x.s, t.Context()
	wrong := secret.New("not the passphrase at all")
	x.secrets = append(x.secrets, wrong.Reveal(), "011401533", "pass_good")
	must := func(what string, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	fails := func(what string, err error) {
		t.Helper()
		if err == nil {
			t.Fatalf("%s did not fail", what)
		}
	}
	must("link", x.link())
	must("sync", s.Sync.SyncAll(ctx))
	instant := testBank()
	instant.Password = wrong
	id, err := s.Links.Instant(ctx, link.Options{Profile: s.Profile.ID, HistoryDays: 90}, instant)
	must("begin a link that fails", err)
	if end, err := s.Links.Wait(ctx, id); err != nil || end.Stage != link.Failed {
		t.Fatalf("linking with a wrong password ended as %s, %v", end.Stage, err)
	}
	token, err := s.Secrets.Get(ctx, secret.TokenName(s.Env, x.item))
	must("read the token", err)
	x.secrets = append(x.secrets, token.Reveal())
	foreign := secret.New("access-sandbox-5f2f3c1e-0d54-4d2e-9d5c-0c8a1f3b7a11")
	x.secrets = append(x.secrets, foreign.Reveal())
	must("spoil the token", s.Secrets.Set(ctx, secret.TokenName(s.Env, x.item), foreign))
	fails("a sync with another's token", s.Sync.Sync(ctx, x.item))
	must("mend the token", s.Secrets.Set(ctx, secret.TokenName(s.Env, x.item), token))
	must("back up", x.backUp("full", false))
	fails("back up again", x.backUp("full", false))
	key, err := s.NewRecoveryKey(ctx)
	must("recovery key", err)
	x.secrets = append(x.secrets, key.Reveal())
	must("passphrase", s.UsePassphrase(ctx, secret.New(words)))
	must("key", x.noteKey(s))
	fails("change passphrase", s.ChangePassphrase(ctx, wrong, newPassphrase))
	must("rotate", s.RotateKeys(ctx))
	must("key", x.noteKey(s))
	must("close", s.Close())
	_, err = s.program.Open(ctx, Choice{Env: core.Practice, Passphrase: wrong})
	fails("open", err)
	files, err := os.ReadFile(filepath.Join(s.dir, refusedName))
	must("read what counts refused keys", err)
	s = open(t, s.program, Choice{Env: core.Practice, Passphrase: secret.New(words)})
	must("remove", s.RemoveBank(ctx, x.item))

	for _, asJSON := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "export")
		_, err := s.Books("").ExportActivity(ctx, ActivityOrder{Path: path, JSON: asJSON})
		must("export", err)
		data, err := os.ReadFile(path)
		must("read the export", err)
		files = append(files, data...)
	}
	told := map[core.Action]map[activity.Outcome]bool{}
	must("read", s.Vault.Activity(0, func(a core.Activity) bool {
		data, err := json.Marshal(a)
		must("encode", err)
		files = append(files, data...)
		if told[a.Action] == nil {
			told[a.Action] = map[activity.Outcome]bool{}
		}
		told[a.Action][activity.OutcomeOf(a)] = true
		return true
	}))
	for action, outcome := range map[core.Action]activity.Outcome{
		core.LinkedBank: activity.Failed, core.SyncedBank: activity.Failed, core.BackedUp: activity.Failed, core.ChangedProtector: activity.Refused,
		core.RefusedKey: activity.Refused, core.Unlocked: activity.Done, core.RotatedVault: activity.Done, core.RemovedBank: activity.Done,
		core.ExportedRows: activity.Done,
	} {
		if !told[action][outcome] {
			t.Errorf("the log does not tell that %s was %s: %v", action, outcome, told)
		}
	}
	must("close", s.Close())
	all := x.secrets
	for _, store := range x.stores {
		all = append(all, store.all()...)
	}
	search := secrettest.NewSearch(withRawKeys(all)...)
	if found := search.Find(files); found != "" {
		t.Errorf("log or export hold %s", found)
	}
	if search.Find(append(files, token.Reveal()...)) == "" {
		t.Error("the search does not find what is there")
	}
}
