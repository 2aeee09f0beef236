package backup_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/storage/backup"
)

// childOrder is the variable that makes the test binary write backups until it
// is killed.
const childOrder = "BANKBOOK_BACKUP_TEST_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(childOrder); path != "" {
		os.Exit(childWrite(path))
	}
	os.Exit(m.Run())
}

// writerOrder is what the child is told on its standard input.
type writerOrder struct {
	Vault, Bank, Dir string
	Secrets          map[secret.Name][]byte
	Report           core.VaultReport
}

// childWrite writes one backup after the other, each from a program of another
// version, and tells each when it is done.
func childWrite(path string) int {
	var w writerOrder
	if err := json.NewDecoder(os.Stdin).Decode(&w); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	s := backup.Source{Env: core.Practice, Vault: w.Vault, Bank: w.Bank, Secrets: map[secret.Name]secret.Text{}, Report: w.Report}
	for name, value := range w.Secrets {
		s.Secrets[name] = secret.New(string(value))
	}
	for n := 1; ; n++ {
		_, err := backup.Write(context.Background(), backup.Order{
			Path: path, Overwrite: true, Passphrase: passphrase, WorkFactor: cheap, Kind: backup.Full, Created: now,
			Program: fmt.Sprint(n), Sources: []backup.Source{s}, Tools: backup.Tools{Dir: w.Dir, Verify: verify},
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Println(n)
	}
}

// killRounds is the number of times that a writer of backups is killed.
const killRounds = 20

func TestKilledWriterLeavesAWholeBackup(t *testing.T) {
	s := source(t, 200)
	w := writerOrder{Vault: s.Vault, Bank: s.Bank, Dir: t.TempDir(), Report: s.Report, Secrets: map[secret.Name][]byte{}}
	for name, value := range s.Secrets {
		w.Secrets[name] = []byte(value.Reveal())
	}
	told, err := json.Marshal(w)
	must(t, err)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	path := filepath.Join(t.TempDir(), "bankbook.backup")
	for range killRounds {
		last := killWriter(t, path, string(told), random.IntN(3), time.Duration(random.IntN(15_000))*time.Microsecond)
		c, err := read(t, path)
		must(t, err)
		if got := c.Manifest.Program; got != fmt.Sprint(last) && got != fmt.Sprint(last+1) {
			t.Fatalf("the backup is number %s, but %d was told", got, last)
		}
	}
}

// killWriter kills a writer some time after it has told acks backups more than
// the first, and returns the number of the last one it told.
func killWriter(t *testing.T, path, order string, acks int, wait time.Duration) (last int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childOrder+"="+path)
	cmd.Stdin, cmd.Stderr = strings.NewReader(order), os.Stderr
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewScanner(out)
	for i := 0; lines.Scan(); i++ {
		_, err := fmt.Sscan(lines.Text(), &last)
		must(t, err)
		if i == acks {
			time.AfterFunc(wait, func() { _ = cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
		t.Fatalf("the writer was not killed but ended: %v", err)
	}
	return last
}
