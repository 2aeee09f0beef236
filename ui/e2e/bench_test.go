package e2e

import (
	"bufio"
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/storage/keychain"
	"bankbook/storage/vault/vaulttest"
	"bankbook/ui/boot"
	"bankbook/ui/e2e/desktop"
)

// BenchmarkWindow starts the program on a vault of 100,000 transactions and of a
// million. It prints the medians of the time until its window is on screen, until
// the overview is in it, and until everything can be searched; beside them that
// of `bankbook version`, which is the start of the process alone; and the most
// memory that the program has held until then.
func BenchmarkWindow(b *testing.B) {
	for _, rows := range []int{100_000, 1_000_000} {
		b.Run(strconv.Itoa(rows), func(b *testing.B) { benchWindow(b, rows) })
	}
}

func benchWindow(b *testing.B, rows int) {
	needPrograms(b)
	m := newMachine(b)
	m.fill(rows)
	d := startDesktop(b, m, screenWidth, screenHeight)
	m.start(b, d) // warm
	var shown, ready, indexed, plain []time.Duration
	memory := 0
	for range b.N {
		s := m.start(b, d)
		shown, ready, indexed = append(shown, s.shown), append(ready, s.ready), append(indexed, s.indexed)
		memory = max(memory, s.memory)
		begun := time.Now()
		m.must("version")
		plain = append(plain, time.Since(begun))
	}
	b.ReportMetric(ms(shown), "ms-window")
	b.ReportMetric(ms(ready), "ms-overview")
	b.ReportMetric(ms(indexed), "ms-index")
	b.ReportMetric(ms(plain), "ms-version")
	b.ReportMetric(ms(shown)/ms(plain), "x-version")
	b.ReportMetric(float64(memory)/1024, "MiB-most")
	b.ReportMetric(0, "ns/op") // the mean says nothing
}

// ms is the median in milliseconds.
func ms(took []time.Duration) float64 {
	sorted := slices.Sorted(slices.Values(took))
	return float64(sorted[len(sorted)/2].Microseconds()) / 1000
}

// fill makes the practice vault with a number of transactions, and lets the
// program open it at the start.
func (m *machine) fill(rows int) {
	m.t.Helper()
	p, err := boot.New(boot.Config{DataDir: m.data, Secrets: keychain.New(keychain.Options{Env: m.session.Env()}), PlaidURL: nowhere})
	if err != nil {
		m.t.Fatal(err)
	}
	s, err := p.Open(context.Background(), boot.Choice{Env: core.Practice})
	if err != nil {
		m.t.Fatal(err)
	}
	if err := vaulttest.Fill(s.Vault, rows, 1); err != nil {
		m.t.Fatal(err)
	}
	if err := p.SetEnvironment(core.Practice); err != nil {
		m.t.Fatal(err)
	}
	m.shut(s)
}

// started is what a start of the window took.
type started struct {
	// shown, ready and indexed are until the window was mapped, the overview was in
	// it, and everything could be searched.
	shown, ready, indexed time.Duration
	// memory is the most that was held until then, in KiB.
	memory int
}

// start starts the program in a window, and ends it.
func (m *machine) start(b *testing.B, d *desktop.Desktop) (s started) {
	b.Helper()
	if err := os.Truncate(boot.LogPath(m.data), 0); err != nil {
		b.Fatal(err)
	}
	wait := exec.Command("xdotool", "search", "--sync", "--onlyvisible", "--name", "Bankbook")
	wait.Env = m.env
	cmd := m.command("--plaid-url=" + nowhere)
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	if err := wait.Run(); err != nil {
		b.Fatal(err)
	}
	s.shown = time.Since(begun)
	s.ready, s.indexed = m.logged(b, "ready").Sub(begun), m.logged(b, "index").Sub(begun)
	s.memory = mostMemory(b, cmd.Process.Pid)
	_ = cmd.Process.Signal(os.Interrupt)
	_ = cmd.Wait() // it was asked to stop
	return s
}

// logged waits for a message in the log and returns its time.
func (m *machine) logged(b *testing.B, message string) time.Time {
	b.Helper()
	written := ""
	err := desktop.Until(b.Context(), patience, func() (bool, error) {
		data, err := os.ReadFile(boot.LogPath(m.data))
		for line := range strings.Lines(string(data)) {
			if at, found := strings.CutPrefix(line, "time="); found && strings.Contains(line, "msg="+message+" ") {
				written, _, _ = strings.Cut(at, " ")
			}
		}
		return written != "", err
	})
	if err != nil {
		b.Fatal(err)
	}
	at, err := time.Parse(time.RFC3339, written)
	if err != nil {
		b.Fatal(err)
	}
	return at
}

// mostMemory returns the peak of a process's resident memory in KiB.
func mostMemory(b *testing.B, pid int) int {
	b.Helper()
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); fields[0] == "VmHWM:" {
			kib, err := strconv.Atoi(fields[1])
			if err != nil {
				b.Fatal(err)
			}
			return kib
		}
	}
	b.Fatal("there is no peak in the process's status")
	return 0
}

// BenchmarkSandbox starts the practice bank alone, on a state with Items, and
// prints the median of the time until it says its address and an answer to a
// call has come; beside it that of `bankbook version`.
func BenchmarkSandbox(b *testing.B) {
	m := &machine{t: b, env: withoutKeychain(b), data: filepath.Join(b.TempDir(), "data")}
	state := filepath.Join(b.TempDir(), "bank.json")
	m.serve(state, 200) // an Item each
	var ready, plain []time.Duration
	for range b.N {
		begun := time.Now()
		m.serve(state, 1)
		ready = append(ready, time.Since(begun))
		begun = time.Now()
		m.must("version")
		plain = append(plain, time.Since(begun))
	}
	b.ReportMetric(ms(ready), "ms-answer")
	b.ReportMetric(ms(plain), "ms-version")
	b.ReportMetric(0, "ns/op")
}

// serve runs the practice bank for so many calls that link a bank each, and kills
// it.
func (m *machine) serve(state string, calls int) {
	m.t.Helper()
	cmd := m.command("sandbox", "--client-id=me", "--secret=mine", "--state="+state)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		m.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	line, err := bufio.NewReader(pipe).ReadString('\n')
	if err != nil {
		m.t.Fatal(err)
	}
	url := strings.TrimSpace(line) + "/sandbox/public_token/create"
	body := `{"client_id":"me","secret":"mine","institution_id":"ins_109508","initial_products":["transactions"]}`
	for range calls {
		answer, err := http.Post(url, "application/json", strings.NewReader(body))
		if err != nil {
			m.t.Fatal(err)
		}
		_ = answer.Body.Close()
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}
