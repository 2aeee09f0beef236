package settings

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
)

func TestNotesAboutKeys(t *testing.T) {
	dir := t.TempDir()
	want := KeyNotes{
		Client: "c1", Wanted: []string{"US", "CA"}, Trial: core.OnTrial, Made: map[string]string{"i1": "c1", "i2": "c1", "i3": "c0"},
		Check: core.KeyCheck{
			Tested: time.Date(2026, 11, 12, 9, 0, 0, 0, time.UTC), Works: true,
			Products: []core.Product{core.Transactions}, Countries: []string{"US", "CA", "GB"},
		},
	}
	if err := SaveKeys(dir, core.Production, want); err != nil {
		t.Fatal(err)
	}
	if got, err := LoadKeys(dir, core.Production); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("LoadKeys = %+v, %v; want %+v", got, err, want)
	}
	if want.Count("c1") != 2 || want.Count("c0") != 1 || want.Count("c2") != 0 {
		t.Error("the Items are not counted by their client id")
	}
	if got, err := LoadKeys(dir, core.Sandbox); err != nil || !reflect.DeepEqual(got, KeyNotes{}) {
		t.Errorf("another environment has %+v, %v", got, err)
	}
}

func TestDamagedNotesAboutKeys(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "keys-sandbox.json")
	for text, wantAside := range map[string]bool{`{"tested":`: true, `{"trial_plan":"perhaps"}`: false} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := LoadKeys(dir, core.Sandbox); err != nil || !reflect.DeepEqual(got, KeyNotes{}) {
			t.Errorf("%s: LoadKeys = %+v, %v; want none", text, got, err)
		}
		if _, err := os.Stat(path + ".damaged"); (err == nil) != wantAside {
			t.Errorf("%s: set aside: %v", text, err)
		}
		_ = os.Remove(path + ".damaged")
	}
}

func TestNotesAboutKeysIntoWhatIsNoDirectory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := SaveKeys(file, core.Sandbox, KeyNotes{}); !fault.Is(err, fault.Unreadable) {
		t.Errorf("SaveKeys = %v, want Unreadable", err)
	}
}
