package say_test

import (
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/ui/say"
)

func TestRecovery(t *testing.T) {
	report := core.VaultReport{Items: 1, Accounts: 2, Rows: 1240}
	since := time.Date(2026, 11, 17, 14, 5, 0, 0, time.UTC)
	for from, words := range map[core.RecoveredFrom][]string{
		"":                  {"what Bankbook wrote", "1 bank, 2 accounts and 1,240 transactions"},
		core.FromItself:     {"Nothing is lost", "1,240 transactions", "quarantine"},
		core.FromLastCommit: {"The last change", "on Nov 17, 2026 at 9:05 AM", "do it again", "sync", "quarantine"},
		core.FromSnapshot:   {"snapshot taken on Nov 17, 2026 at 9:05 AM", "after that is lost", "sync", "quarantine"},
		core.FromSalvage:    {"1 bank and 2 accounts", "transactions are lost", "Sync", "24 months", "quarantine"},
	} {
		m := say.Recovery(core.Recovery{From: from, Since: since, Report: report}, now)
		for _, w := range words {
			if !strings.Contains(m.Text(), w) {
				t.Errorf("%q: nothing of %q in: %s", from, w, m.Text())
			}
		}
		if m.Title == "" || strings.HasSuffix(m.Title, ".") {
			t.Errorf("%q: the title is %q", from, m.Title)
		}
	}
	if m := say.Recovery(core.Recovery{From: core.FromLastCommit}, now); !strings.Contains(m.Sentence, "unknown time") {
		t.Errorf("without a time: %s", m.Sentence)
	}
}

func TestFolderRisk(t *testing.T) {
	if m := say.FolderRisk(core.FolderRisk{}); !m.IsZero() {
		t.Errorf("no risk: %+v", m)
	}
	for word, risk := range map[string]core.FolderRisk{
		"vault-LAPTOP.db":  {Service: "OneDrive", Conflicts: []string{"vault-LAPTOP.db"}},
		"Dropbox":          {Service: "Dropbox", Network: true},
		"another computer": {Network: true},
	} {
		if m := say.FolderRisk(risk); !strings.Contains(m.Text(), word) || m.Title == "" || m.Action == say.NoAction {
			t.Errorf("%+v: %+v", risk, m)
		}
	}
}

func TestFileSize(t *testing.T) {
	for bytes, want := range map[int64]string{0: "0 bytes", 999: "999 bytes", 32_768: "32 kB", 12_450_000: "12.4 MB", 1_234_567_890: "1,234.5 MB"} {
		if got := say.FileSize(bytes); got != want {
			t.Errorf("%d bytes are %q, want %q", bytes, got, want)
		}
	}
	if say.SnapshotReason("daily") != "Daily" || say.SnapshotReason("other") != "Other" {
		t.Error("the reasons of snapshots")
	}
}

func TestProgressOfBackups(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{say.BackingUp(0, 0), "Backing up…"},
		{say.BackingUp(429, 1000), "Backing up… 42%"},
		{say.BackingUp(1000, 1000), "Checking the backup…"},
		{say.Restoring(0, 0), "Reading the backup…"},
		{say.Restoring(999, 1000), "Reading the backup… 99%"},
		{say.Restoring(1000, 1000), "Checking and restoring…"},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}

func TestUpkeep(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{say.LastCheck(now.Add(-13*time.Minute), now), "Checked today at 9:30 AM"},
		{say.LastCheck(now.AddDate(0, 0, -1).UTC(), now), "Checked yesterday at 9:43 AM"},
		{say.LastCheck(now.AddDate(0, 0, -2), now), "Checked 2 days ago"},
		{say.LastBackup(now.AddDate(0, 0, -30), now, true), "Last backup 30 days ago"},
		{say.LastBackup(now.AddDate(0, 0, -31), now, true), "Last backup on Oct 18"},
		{say.LastBackup(now.AddDate(-2, 0, 0), now, true), "Last backup on Nov 18, 2024"},
		{say.LastBackup(time.Time{}, now, true), "No backup yet. One brings everything back if this computer is lost."},
		{say.LastBackup(time.Time{}, now, false), "One file with everything, sealed under a passphrase of its own."},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}
