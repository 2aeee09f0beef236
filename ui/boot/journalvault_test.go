package boot

import (
	"path/filepath"
	"testing"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/say"
)

func TestKeysAreWrittenDown(t *testing.T) {
	c, _ := keysConfig(t)
	s := open(t, start(t, c), Choice{Env: core.Practice})
	defer closeAll(t, s)
	j := &journaled{t: t, s: s}
	k := s.KeyRing()
	save(t, k, core.Sandbox, ownSecret)
	j.wrote("save", want{action: core.SavedKeys, subject: "Plaid Sandbox", outcome: activity.Done, asked: true})
	if err := k.Test(t.Context(), core.Sandbox); err != nil {
		t.Fatal(err)
	}
	j.wrote("test", want{action: core.TestedKeys, subject: "Plaid Sandbox", outcome: activity.Done, asked: true})
	if err := k.Save(t.Context(), core.Sandbox, ownID, secret.New("not-the-secret-of-these-keys")); !fault.Is(err, fault.Keys) {
		t.Fatal(err)
	}
	j.wrote("save what is refused", want{action: core.SavedKeys, subject: "Plaid Sandbox", outcome: activity.Failed, asked: true, kind: fault.Keys})
	if err := k.Remove(t.Context(), core.Sandbox); err != nil {
		t.Fatal(err)
	}
	j.wrote("remove", want{action: core.RemovedKeys, subject: "Plaid Sandbox", outcome: activity.Done})
}

func TestWhatIsDoneToTheVaultIsWrittenDown(t *testing.T) {
	j := newJournaled(t)
	ctx, s := t.Context(), j.s
	path := filepath.Join(t.TempDir(), "everything.age")
	protected := func(subject string) want {
		return want{action: core.ChangedProtector, subject: subject, outcome: activity.Done}
	}
	refused := want{action: core.ChangedProtector, subject: say.SubjectNewPassphrase, outcome: activity.Refused, kind: fault.Passphrase}
	for _, step := range []struct {
		name  string
		do    func() error
		kind  fault.Kind
		wants []want
	}{
		{"check", func() error { _, err := s.Check(ctx); return err }, "", []want{{action: core.CheckedVault, subject: "vault.db", outcome: activity.Done}}},
		{"new keys", func() error { return s.RotateKeys(ctx) }, "", []want{{action: core.RotatedVault, outcome: activity.Done}}},
		{"recovery key", func() error { _, err := s.NewRecoveryKey(ctx); return err }, "", []want{protected(say.SubjectNewRecoveryKey)}},
		{"no recovery key", func() error { return s.DropRecoveryKey(ctx) }, "", []want{protected(say.SubjectNoRecoveryKey)}},
		{"a short passphrase", func() error { return s.UsePassphrase(ctx, secret.New("short")) }, fault.Invalid, nil},
		{"passphrase", func() error { return s.UsePassphrase(ctx, secret.New(words)) }, "", []want{protected(say.SubjectPassphraseOn)}},
		{"not the passphrase", func() error { return s.ChangePassphrase(ctx, newPassphrase, newPassphrase) }, fault.Passphrase, []want{refused}},
		{"another passphrase", func() error { return s.ChangePassphrase(ctx, secret.New(words), newPassphrase) }, "", []want{protected(say.SubjectNewPassphrase)}},
		{"keychain", func() error { return s.UseKeychain(ctx) }, "", []want{protected(say.SubjectKeychainOn)}},
	} {
		if err := step.do(); fault.KindOf(err) != step.kind {
			t.Fatalf("%s: %v", step.name, err)
		}
		j.wrote(step.name, step.wants...)
	}
	report, err := s.Backup(ctx, BackupOrder{Path: path, Passphrase: backupPassphrase})
	if err != nil {
		t.Fatal(err)
	}
	j.wrote("back up", want{action: core.BackedUp, subject: "everything.age", outcome: activity.Done, n: int(report.Bytes)})
	if _, err := s.Backup(ctx, BackupOrder{Path: path, Passphrase: backupPassphrase}); !fault.Is(err, fault.Occupied) {
		t.Fatal(err)
	}
	j.wrote("back up where a file is", want{action: core.BackedUp, subject: "everything.age", outcome: activity.Failed, kind: fault.Occupied})
}

func TestARestoredVaultTellsOfIt(t *testing.T) {
	j := newJournaled(t)
	if _, err := j.s.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "everything.age")
	if _, err := j.s.Backup(t.Context(), BackupOrder{Path: path, Passphrase: backupPassphrase}); err != nil {
		t.Fatal(err)
	}
	elsewhere := backupConfig(t)
	p := start(t, elsewhere)
	if _, err := p.Restore(t.Context(), RestoreOrder{Path: path, Passphrase: backupPassphrase}); err != nil {
		t.Fatal(err)
	}
	there := &journaled{t: t, s: open(t, p, Choice{Env: core.Practice})}
	defer closeAll(t, there.s)
	there.wrote("open what was restored",
		want{action: core.CheckedVault, subject: "vault.db", outcome: activity.Done},
		want{action: core.Restored, subject: "everything.age", outcome: activity.Done})
}

func TestKeysThatDoNotFitAreToldWhenTheVaultOpens(t *testing.T) {
	c := config(t)
	p := start(t, c)
	right := Choice{Env: core.Practice, Protector: core.ByPassphrase, Passphrase: secret.New(words)}
	j := &journaled{t: t, s: open(t, p, right)}
	key, err := j.s.NewRecoveryKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	j.news(0)
	closeAll(t, j.s)
	for _, wrong := range []Choice{
		{Env: core.Practice, Passphrase: newPassphrase},
		{Env: core.Practice, Passphrase: backupPassphrase},
		{Env: core.Practice}, // none at all is no try
	} {
		if _, err := p.Open(t.Context(), wrong); !fault.Is(err, fault.Passphrase, fault.Locked) {
			t.Fatal(err)
		}
	}
	// Another program counts on.
	p = start(t, c)
	if _, err := p.Open(t.Context(), Choice{Env: core.Practice, Passphrase: newPassphrase}); !fault.Is(err, fault.Passphrase) {
		t.Fatal(err)
	}
	unlocked := want{action: core.Unlocked, subject: say.SubjectByPassphrase, outcome: activity.Done}
	j.s = open(t, p, right)
	j.wrote("open after three wrong keys", want{action: core.RefusedKey, outcome: activity.Refused, n: 3}, unlocked)
	closeAll(t, j.s)
	j.s = open(t, p, right)
	j.wrote("open again", unlocked)
	closeAll(t, j.s)
	j.s = open(t, p, Choice{Env: core.Practice, RecoveryKey: key, Passphrase: newPassphrase})
	defer closeAll(t, j.s)
	j.wrote("open with the recovery key",
		want{action: core.Unlocked, subject: say.SubjectByRecoveryKey, outcome: activity.Done},
		want{action: core.ChangedProtector, subject: say.SubjectResetPassphrase, outcome: activity.Done})
}

// A log that takes nothing keeps nobody from what they do.
func TestALogThatFailsStopsNothing(t *testing.T) {
	j := newJournaled(t)
	told := make(chan error, 10)
	j.s.Events.Subscribe(func(e event.Event) {
		if lost, ok := e.(event.ActivityLost); ok {
			told <- lost.Err
		}
	})
	full := fault.New("log: add", fault.DiskFull, nil)
	j.s.Activity = activity.New(activity.Deps{Log: brokenLog{err: full}, Events: j.s.Events, Clock: j.c.Clock, Failed: func(error) {}})
	item := j.link()
	if err := j.s.RemoveBank(t.Context(), item.ID); err != nil {
		t.Error(err)
	}
	if err := <-told; !fault.Is(err, fault.DiskFull) || len(told) > 0 {
		t.Errorf("told %v, and %d more", err, len(told))
	}
}
