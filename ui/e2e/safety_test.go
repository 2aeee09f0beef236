package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/ui/boot"
)

// checked is what `bankbook check --json` prints.
type checked struct {
	Message string `json:"message"`
	Report  struct {
		Items    int `json:"items"`
		Rows     int `json:"transactions"`
		Accounts int `json:"accounts"`
	} `json:"report"`
	Recovery *struct {
		From       core.RecoveredFrom `json:"from"`
		Quarantine string             `json:"quarantine"`
	} `json:"recovery"`
	Snapshots []struct {
		Path string `json:"path"`
	} `json:"snapshots"`
}

// A second Bankbook says so at once, and has written nothing.
func TestSecondInstance(t *testing.T) {
	m := newMachine(t)
	_, at := withBank(t, m)
	first := m.command("link", at)
	readPage(t, first)
	// The first one stands still, so that whatever is written is the second's.
	var status syscall.WaitStatus
	if err := syscall.Kill(first.Process.Pid, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	if _, err := syscall.Wait4(first.Process.Pid, &status, syscall.WUNTRACED, nil); err != nil || !status.Stopped() {
		t.Fatalf("the first one is %v, %v", status, err)
	}
	path := boot.VaultPath(m.data, core.Practice)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	r := m.run("banks", at)
	t.Logf("refused after %v, the keychain and the start of the program included", time.Since(start).Round(time.Millisecond))
	ended(t, r, 6, "another Bankbook")
	ended(t, m.run("check", "--repair", at), 6, "another Bankbook")
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the second wrote to the vault: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "quarantine*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestCheckAndRepair(t *testing.T) {
	m := newMachine(t)
	m.data = filepath.Join(t.TempDir(), "Dropbox", "data")
	_, at := withBank(t, m)
	if r := m.must("link", "--instant", at); strings.Count(r.err, "Dropbox copies") != 1 {
		t.Errorf("it warns of the folder otherwise than once:\n%s", r.err)
	}
	whole := readJSON[checked](m, "check", at)
	if whole.Report.Items != 1 || whole.Report.Rows == 0 || whole.Recovery != nil || whole.Message == "" {
		t.Fatalf("check = %+v", whole)
	}
	path := boot.VaultPath(m.data, core.Practice)
	damaged, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	clear(damaged[:len(damaged)/8])
	if err := os.WriteFile(path, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"banks", at}, {"check", at}} {
		ended(t, m.run(args...), 6, "folder")
	}
	if kept, err := os.ReadFile(path); err != nil || !bytes.Equal(kept, damaged) {
		t.Errorf("the damaged file was touched: %v", err)
	}
	done := readJSON[checked](m, "check", "--repair", at)
	if done.Recovery == nil || done.Report.Items != 1 || done.Message == "" {
		t.Fatalf("check --repair = %+v", done)
	}
	t.Logf("recovered from %s: %s", done.Recovery.From, done.Message)
	if kept, err := os.ReadFile(done.Recovery.Quarantine); err != nil || !bytes.Equal(kept, damaged) {
		t.Errorf("what is in quarantine is not the damaged file: %v", err)
	}
	m.must("sync", at)
	if again := readJSON[checked](m, "check", at); again.Report.Rows != whole.Report.Rows || again.Report.Accounts != whole.Report.Accounts {
		t.Errorf("after a sync: %+v, want %+v", again.Report, whole.Report)
	}
	if r := m.must("check", "--repair", at); !bytes.Contains([]byte(r.out), []byte("All of your data was read")) {
		t.Errorf("a whole vault is repaired: %s", r.out)
	}
}
