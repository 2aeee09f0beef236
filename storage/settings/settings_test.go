package settings

import (
	"os"
	"path/filepath"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
)

func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	want := Settings{Environment: core.Sandbox, Appearance: "dark", PracticePort: 40123}
	if err := Save(dir, want); err != nil {
		t.Fatal(err)
	}
	got, err := Load(dir)
	if err != nil || got != want {
		t.Fatalf("Load = %+v, %v; want %+v", got, err, want)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("the directory holds %d files (%v), want only the settings", len(entries), err)
	}
}

func TestFirstStartHasNoSettings(t *testing.T) {
	if got, err := Load(t.TempDir()); err != nil || got != (Settings{}) {
		t.Fatalf("Load = %+v, %v; want none", got, err)
	}
}

func TestDamagedSettingsAreSetAside(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, fileName)
	if err := os.WriteFile(path, []byte("{\"environment\":"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := Load(dir); err != nil || got != (Settings{}) {
		t.Fatalf("Load = %+v, %v; want none", got, err)
	}
	if kept, err := os.ReadFile(path + ".damaged"); err != nil || string(kept) != "{\"environment\":" {
		t.Fatalf("the damaged file was not kept: %q, %v", kept, err)
	}
}

func TestUnknownEnvironmentCountsAsNone(t *testing.T) {
	dir := t.TempDir()
	if err := Save(dir, Settings{Environment: "development", Appearance: "dark"}); err != nil {
		t.Fatal(err)
	}
	if got, err := Load(dir); err != nil || got.Environment != "" || got.Appearance != "dark" {
		t.Fatalf("Load = %+v, %v; want no environment, dark", got, err)
	}
}

func TestSaveIntoWhatIsNoDirectory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Save(file, Settings{}); !fault.Is(err, fault.Unreadable) {
		t.Fatalf("Save = %v, want Unreadable", err)
	}
}

func TestImpossiblePracticePortCountsAsNone(t *testing.T) {
	for _, port := range []int{-1, 65536} {
		dir := t.TempDir()
		if err := Save(dir, Settings{PracticePort: port, Appearance: "dark"}); err != nil {
			t.Fatal(err)
		}
		if got, err := Load(dir); err != nil || got.PracticePort != 0 || got.Appearance != "dark" {
			t.Errorf("port %d: Load = %+v, %v; want no port, dark", port, got, err)
		}
	}
}
