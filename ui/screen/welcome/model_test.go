package welcome_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/run"
	"bankbook/ui/screen/welcome"
	"bankbook/ui/sheet"
)

// bench is a model whose services are fields that a test sets.
type bench struct {
	*welcome.Model
	queue    *run.Queue
	keychain error
	// protectors are those of the data that is there.
	protectors map[core.Environment]core.Protector
	hasKeys    bool
	check      error
	start      error
	started    []welcome.Choice
	restores   []sheet.RestoreSpec
	asked      []string
}

func newBench(t *testing.T, change func(*bench, *welcome.Deps)) *bench {
	t.Helper()
	b := &bench{queue: run.NewQueue()}
	t.Cleanup(b.queue.Close)
	deps := welcome.Deps{
		Runner: b.queue, Folder: "~/.local/share/bankbook",
		Keychain:  func(context.Context) error { return b.keychain },
		Protector: func(_ context.Context, e core.Environment) (core.Protector, error) { return b.protectors[e], nil },
		HasKeys:   func(context.Context, core.Environment) (bool, error) { return b.hasKeys, nil },
		CheckKeys: func(_ context.Context, e core.Environment, _ welcome.Keys) error {
			b.asked = append(b.asked, "check "+string(e))
			return b.check
		},
		Start: func(_ context.Context, c welcome.Choice) error {
			b.started = append(b.started, c)
			return b.start
		},
		PickFolder: func() { b.asked = append(b.asked, "folder") },
		Restore:    func(spec sheet.RestoreSpec) { b.restores = append(b.restores, spec) },
		OpenURL:    func(url string) { b.asked = append(b.asked, url) },
	}
	if change != nil {
		change(b, &deps)
	}
	b.Model = welcome.New(deps)
	b.Load()
	b.queue.Settle()
	return b
}

func TestPracticeStartsAtOnce(t *testing.T) {
	b := newBench(t, nil)
	if b.State().Chosen != core.Practice {
		t.Errorf("chosen %q", b.State().Chosen)
	}
	b.Continue("", "")
	if !b.State().Busy {
		t.Error("not busy")
	}
	b.Continue("", "")
	b.queue.Settle()
	if len(b.started) != 1 || b.started[0].Environment != core.Practice || b.State().Busy {
		t.Errorf("started %v", b.started)
	}
}

func TestOtherSourcesAskForKeysFirst(t *testing.T) {
	b := newBench(t, nil)
	b.Choose(core.Sandbox)
	b.Continue("", "")
	b.queue.Settle()
	if b.State().Step != welcome.EnterKeys || len(b.started) != 0 {
		t.Errorf("step %v, started %v", b.State().Step, b.started)
	}
	b.Submit(" client ", " key ")
	b.queue.Settle()
	if len(b.started) != 1 || b.started[0].Keys.ClientID != "client" || b.started[0].Keys.Secret.Reveal() != "key" {
		t.Errorf("started %v", b.started)
	}
	if !slices.Equal(b.asked, []string{"check sandbox"}) {
		t.Errorf("asked %v", b.asked)
	}
}

func TestKeptKeysAreUsedAgain(t *testing.T) {
	b := newBench(t, func(b *bench, _ *welcome.Deps) { b.hasKeys = true })
	b.Choose(core.Production)
	b.Continue("", "")
	b.queue.Settle()
	if len(b.started) != 1 || b.started[0].Keys.ClientID != "" || len(b.asked) != 0 {
		t.Errorf("started %v, asked %v", b.started, b.asked)
	}
	b.ChangeKeys()
	if b.State().Step != welcome.EnterKeys {
		t.Error("keys cannot be changed")
	}
}

func TestFieldsAreCheckedBeforePlaidIs(t *testing.T) {
	for _, tt := range []struct {
		id, key           string
		idError, keyError string
	}{
		{"", "", "Enter your client ID", "Enter your secret"},
		{"a b", "c", "A client ID has no spaces", ""},
		{"a", "b c", "", "A secret has no spaces"},
		{"same", "same", "", "This is the client ID once more"},
	} {
		b := newBench(t, nil)
		b.Choose(core.Sandbox)
		b.Continue("", "")
		b.Submit(tt.id, tt.key)
		b.queue.Settle()
		if s := b.State(); s.ClientIDError != tt.idError || s.SecretError != tt.keyError || len(b.asked) != 0 {
			t.Errorf("%q, %q: errors %q, %q; asked %v", tt.id, tt.key, s.ClientIDError, s.SecretError, b.asked)
		}
	}
}

func TestFaultsAreShownWhereTheyBelong(t *testing.T) {
	for _, tt := range []struct {
		kind  fault.Kind
		check func(welcome.State) bool
	}{
		{fault.Keys, func(s welcome.State) bool { return s.SecretError != "" && s.Err == nil }},
		{fault.Network, func(s welcome.State) bool { return fault.Is(s.Err, fault.Network) && s.SecretError == "" }},
		{fault.KeychainLocked, func(s welcome.State) bool { return fault.Is(s.NoKeychain, fault.KeychainLocked) && s.Err == nil }},
	} {
		b := newBench(t, func(b *bench, _ *welcome.Deps) { b.check = fault.New("test", tt.kind, nil) })
		b.Choose(core.Sandbox)
		b.Continue("", "")
		b.Submit("client", "key")
		b.queue.Settle()
		if s := b.State(); !tt.check(s) || s.Busy || s.Step != welcome.EnterKeys {
			t.Errorf("%s: %+v", tt.kind, s)
		}
		if len(b.started) != 0 {
			t.Errorf("%s: started all the same", tt.kind)
		}
	}
}

func TestKeptKeysThatAreRefusedAreAskedForAgain(t *testing.T) {
	b := newBench(t, func(b *bench, _ *welcome.Deps) {
		b.hasKeys, b.start = true, fault.New("test", fault.Keys, nil)
	})
	b.Choose(core.Sandbox)
	b.Continue("", "")
	b.queue.Settle()
	if s := b.State(); s.Step != welcome.EnterKeys || !fault.Is(s.Err, fault.Keys) {
		t.Errorf("%+v", s)
	}
}

func TestWithoutKeychainThePersonHasToChoose(t *testing.T) {
	for by, typed := range map[core.Protector]string{core.ThisSessionOnly: "", core.ByPassphrase: "correct horse battery"} {
		b := newBench(t, func(b *bench, _ *welcome.Deps) { b.keychain = fault.New("test", fault.KeychainMissing, nil) })
		if s := b.State(); s.CanStart() || s.NoKeychain == nil || s.Protector != "" {
			t.Fatalf("%+v", s)
		}
		b.Continue("", "")
		b.queue.Settle()
		if len(b.started) != 0 {
			t.Error("started without a word")
		}
		b.Protect(by)
		b.Continue(typed, typed)
		b.queue.Settle()
		if len(b.started) != 1 || b.started[0].Protector != by || b.started[0].Passphrase.Reveal() != typed {
			t.Errorf("started %v", b.started)
		}
	}
}

func TestNewPassphraseIsCheckedAndKeptForTheKeysPage(t *testing.T) {
	const good = "correct horse battery"
	b := newBench(t, nil)
	b.Choose(core.Sandbox)
	b.Protect(core.ByPassphrase)
	b.Continue("short", "short")
	if s := b.State(); s.NewError == "" || s.Step != welcome.ChooseSource {
		t.Errorf("%+v", s)
	}
	b.Continue(good, "another")
	if s := b.State(); s.AgainError == "" || s.Step != welcome.ChooseSource {
		t.Errorf("%+v", s)
	}
	b.Continue(good, good)
	b.Submit("client", "key")
	b.queue.Settle()
	if len(b.started) != 1 || b.started[0].Passphrase.Reveal() != good || b.started[0].Protector != core.ByPassphrase {
		t.Errorf("started %v", b.started)
	}
}

func TestDataThatIsThereKeepsItsProtector(t *testing.T) {
	b := newBench(t, func(b *bench, _ *welcome.Deps) {
		b.keychain, b.hasKeys = fault.New("test", fault.KeychainMissing, nil), true
		b.protectors = map[core.Environment]core.Protector{core.Practice: core.ByKeychain, core.Sandbox: core.ByPassphrase}
	})
	if s := b.State(); s.CanStart() || s.New() {
		t.Errorf("what the keychain protects starts without it: %+v", s)
	}
	b.Choose(core.Sandbox)
	b.Continue("", "")
	b.queue.Settle()
	if len(b.started) != 1 || !b.started[0].Passphrase.IsEmpty() {
		t.Errorf("started %v", b.started)
	}
}

func TestKeychainThatComesBackIsUsedAgain(t *testing.T) {
	b := newBench(t, func(b *bench, _ *welcome.Deps) { b.keychain = fault.New("test", fault.KeychainTimeout, nil) })
	b.keychain = nil
	b.Load()
	b.queue.Settle()
	if s := b.State(); s.Protector != core.ByKeychain || !s.CanStart() {
		t.Errorf("%+v", s)
	}
	b.start = fault.New("test", fault.KeychainTimeout, nil)
	b.Continue("", "")
	b.queue.Settle()
	if s := b.State(); s.CanStart() || s.Protector != "" {
		t.Errorf("a timeout led to %q", s.Protector)
	}
}

func TestBack(t *testing.T) {
	left := 0
	b := newBench(t, func(_ *bench, d *welcome.Deps) {
		d.Current = core.Sandbox
		d.Back = func() { left++ }
	})
	if b.State().Chosen != core.Sandbox || !b.CanLeave() {
		t.Errorf("chosen %q", b.State().Chosen)
	}
	b.ChangeKeys()
	b.Back()
	if b.State().Step != welcome.ChooseSource || left != 0 {
		t.Error("back from the keys left the screen")
	}
	b.Back()
	if left != 1 {
		t.Error("back did not leave")
	}
}

// A backup comes back protected as what is here, or as new data would be; a
// keychain that only does not answer is not given up for a passphrase.
func TestRestore(t *testing.T) {
	here := map[core.Environment]core.Protector{core.Sandbox: core.ByPassphrase}
	for name, tt := range map[string]struct {
		change func(*bench, *welcome.Deps)
		before func(*bench)
		want   sheet.RestoreSpec
	}{
		"first start": {want: sheet.RestoreSpec{Protector: core.ByKeychain}},
		"passphrase chosen": {
			before: func(b *bench) { b.Protect(core.ByPassphrase) },
			want:   sheet.RestoreSpec{Protector: core.ByPassphrase},
		},
		"data here": {
			change: func(b *bench, _ *welcome.Deps) {
				b.protectors = map[core.Environment]core.Protector{core.Practice: core.ByKeychain}
			},
			want: sheet.RestoreSpec{Protector: core.ByKeychain, Here: true},
		},
		"data with a passphrase here": {
			change: func(b *bench, _ *welcome.Deps) { b.protectors = here },
			want:   sheet.RestoreSpec{Protector: core.ByPassphrase, Here: true},
		},
		"no keychain": {
			change: func(b *bench, _ *welcome.Deps) { b.keychain = fault.New("test", fault.KeychainMissing, nil) },
			want:   sheet.RestoreSpec{Protector: core.ByPassphrase, NoKeychain: true},
		},
		"no keychain, this session only": {
			change: func(b *bench, _ *welcome.Deps) { b.keychain = fault.New("test", fault.KeychainMissing, nil) },
			before: func(b *bench) { b.Protect(core.ThisSessionOnly) },
			want:   sheet.RestoreSpec{Protector: core.ByPassphrase, NoKeychain: true},
		},
		"locked keychain": {
			change: func(b *bench, _ *welcome.Deps) { b.keychain = fault.New("test", fault.KeychainLocked, nil) },
			want:   sheet.RestoreSpec{Protector: core.ByKeychain},
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, tt.change)
			if tt.before != nil {
				tt.before(b)
			}
			b.Restore()
			if len(b.restores) != 1 || !reflect.DeepEqual(b.restores[0], tt.want) {
				t.Errorf("restores %+v, want %+v", b.restores, tt.want)
			}
		})
	}
}

func TestNoRestoreWhileSomethingElseIsUnderWay(t *testing.T) {
	b := newBench(t, nil)
	b.Continue("", "")
	b.Restore()
	b.queue.Settle()
	if len(b.restores) != 0 {
		t.Errorf("restores %+v", b.restores)
	}
}
