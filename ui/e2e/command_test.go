package e2e

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/sandbox"
	"bankbook/core/sandbox/walk"
	"bankbook/storage/keychain"
	"bankbook/storage/keychain/keychaintest"
	"bankbook/ui/boot"
)

// withBank starts a practice bank apart from the program, and lets the
// machine's commands use it by --plaid-url.
func withBank(t *testing.T, m *machine) (*sandbox.Running, string) {
	t.Helper()
	bank, err := sandbox.Listen(t.Context(), sandbox.Config{
		ClientID: bankID, Secret: bankSecret, InitialDelay: sandbox.Immediately, HistoryDelay: sandbox.Immediately,
	}, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := bank.Close(); err != nil {
			t.Error(err)
		}
	})
	m.env = append(m.env, "PLAID_CLIENT_ID="+bankID, "PLAID_SECRET="+bankSecret)
	return bank, "--plaid-url=" + bank.URL()
}

// ended checks how a command ended: its exit code, that it says something with
// a next step, and that it does not look like a crash.
func ended(t *testing.T, r result, code int, words ...string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d, want %d\n%s%s", r.code, code, r.out, r.err)
	}
	for _, word := range words {
		if !strings.Contains(strings.ToLower(r.err), strings.ToLower(word)) {
			t.Errorf("it says nothing of %q:\n%s", word, r.err)
		}
	}
	if strings.Contains(r.err, "panic") || strings.Contains(r.err, "goroutine ") {
		t.Errorf("it crashed:\n%s", r.err)
	}
}

func TestCommandsShowWhatTheBankHolds(t *testing.T) {
	m := newMachine(t)
	bank, at := withBank(t, m)
	m.must("link", "--instant", "--numbers", at)
	banks := readJSON[[]struct {
		ItemID   string `json:"item_id"`
		Status   string `json:"status"`
		Accounts int    `json:"accounts"`
	}](m, "banks", at)
	if len(banks) != 1 || banks[0].Status != "connected" || banks[0].Accounts != 12 {
		t.Fatalf("banks = %+v, want one, connected, with twelve accounts", banks)
	}
	truth, err := bank.Server().Truth(banks[0].ItemID)
	if err != nil {
		t.Fatal(err)
	}
	rows := readJSON[[]struct {
		ID       string `json:"transaction_id"`
		Amount   string `json:"amount"`
		Currency string `json:"currency"`
	}](m, "transactions", "--limit=0", "--plaid-url="+nowhere)
	if len(rows) != len(truth) {
		t.Errorf("%d transactions are listed, the bank holds %d", len(rows), len(truth))
	}
	summary := readJSON[[]struct {
		Currency string `json:"currency"`
		Count    int    `json:"count"`
	}](m, "summary", at)
	counted := 0
	for _, s := range summary {
		counted += s.Count
	}
	if counted != len(truth) {
		t.Errorf("the summary counts %d transactions, the bank holds %d", counted, len(truth))
	}
	numbered := readJSON[[]struct {
		Last4 string `json:"number_last4"`
	}](m, "accounts", at)
	if !slices.ContainsFunc(numbered, func(a struct {
		Last4 string `json:"number_last4"`
	},
	) bool {
		return a.Last4 == "0000"
	}) {
		t.Errorf("no account has the numbers that were asked for: %+v", numbered)
	}
	if r := m.must("accounts", at); !strings.Contains(r.out, "Checking ••0000") || !strings.Contains(r.out, "$110.00") {
		t.Errorf("the accounts do not show checking with its balance:\n%s", r.out)
	}
}

func TestDemoNeedsNothing(t *testing.T) {
	m := &machine{t: t, env: withoutKeychain(t), data: filepath.Join(t.TempDir(), "data")}
	r := m.must("demo")
	if !strings.Contains(r.out, "Checking ••0000") || !strings.Contains(r.err, "keychain") {
		t.Errorf("the demonstration shows no accounts, or does not say that it keeps nothing:\n%s%s", r.out, r.err)
	}
	if left, _ := filepath.Glob(filepath.Join(m.data, "practice", "*")); len(left) != 0 {
		t.Errorf("the demonstration left %q behind", left)
	}
}

// withoutKeychain is the environment of a machine that has no session bus.
func withoutKeychain(t testing.TB) []string {
	t.Helper()
	home := t.TempDir()
	return []string{"HOME=" + home, "XDG_RUNTIME_DIR=" + filepath.Join(home, "run"), "PATH=" + os.Getenv("PATH"), "TMPDIR=" + t.TempDir()}
}

func TestBadInput(t *testing.T) {
	session := keychaintest.StartAttended(t)
	machineOf := func(t *testing.T) *machine {
		return &machine{t: t, session: session, env: session.Env(), data: filepath.Join(t.TempDir(), "data")}
	}
	t.Run("wrong keys", func(t *testing.T) {
		m := machineOf(t)
		_, at := withBank(t, m)
		m.env = append(m.env, "PLAID_SECRET=not-the-secret")
		ended(t, m.run("link", "--instant", at), 3, "keys")
	})
	t.Run("no keys", func(t *testing.T) {
		m := machineOf(t)
		ended(t, m.run("link", "--env=sandbox", "--instant"), 3, "keys")
	})
	t.Run("no network", func(t *testing.T) {
		m := machineOf(t)
		_, at := withBank(t, m)
		m.must("link", "--instant", at)
		before := m.must("transactions", "--limit=0", "--json", at).out
		ended(t, m.run("sync", "--plaid-url="+nowhere), 4, "connect")
		if after := m.must("transactions", "--limit=0", "--json", at).out; after != before {
			t.Error("rows changed although the bank was out of reach")
		}
	})
	t.Run("no browser", func(t *testing.T) {
		m := machineOf(t)
		_, at := withBank(t, m)
		m.env = append(m.env, "PATH="+t.TempDir())
		follow, page := m.startLinking(at)
		if err := walk.Link(t.Context(), &http.Client{}, page, walk.Choice{Institution: "Tartan Bank", User: "user_good", Password: "pass_good"}); err != nil {
			t.Fatal(err)
		}
		ended(t, follow(), 0)
	})
	t.Run("closed tab", func(t *testing.T) {
		m := machineOf(t)
		_, at := withBank(t, m)
		follow, page := m.startLinking("--no-open", at)
		if err := walk.Exit(t.Context(), &http.Client{}, page, walk.Platypus()); err != nil {
			t.Fatal(err)
		}
		ended(t, follow(), 8, "nothing was saved")
	})
	t.Run("interrupted", func(t *testing.T) {
		m := machineOf(t)
		_, at := withBank(t, m)
		cmd := m.command("link", "--no-open", at)
		_, done := readPage(t, cmd)
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		ended(t, done(), 10)
	})
	t.Run("locked keychain", func(t *testing.T) {
		own := keychaintest.Start(t)
		m := &machine{t: t, session: own, env: own.Env(), data: filepath.Join(t.TempDir(), "data")}
		m.must("banks")
		own.Lock(t)
		ended(t, m.run("banks"), 7, "keychain", "unlock")
		own.KillDaemon(t)
		ended(t, m.run("banks"), 7, "keychain")
	})
	t.Run("no keychain", func(t *testing.T) {
		m := machineOf(t)
		m.env = withoutKeychain(t)
		ended(t, m.run("banks"), 7, "keychain")
		m.must("banks", "--session-only")
	})
	t.Run("data folder is a file", func(t *testing.T) {
		m := machineOf(t)
		if err := os.WriteFile(m.data, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		ended(t, m.run("banks"), 6, "folder")
		if kept, err := os.ReadFile(m.data); err != nil || string(kept) != "mine" {
			t.Errorf("the file was changed: %q, %v", kept, err)
		}
	})
	t.Run("foreign file", func(t *testing.T) {
		m := machineOf(t)
		m.must("banks")
		foreign := []byte("this is no vault, but somebody's diary")
		path := boot.VaultPath(m.data, core.Practice)
		if err := os.WriteFile(path, foreign, 0o600); err != nil {
			t.Fatal(err)
		}
		ended(t, m.run("banks"), 6)
		if kept, err := os.ReadFile(path); err != nil || !bytes.Equal(kept, foreign) {
			t.Errorf("the file was changed: %q, %v", kept, err)
		}
	})
	t.Run("another environment's vault", func(t *testing.T) {
		m := machineOf(t)
		m.must("banks")
		data, err := os.ReadFile(boot.VaultPath(m.data, core.Practice))
		if err != nil {
			t.Fatal(err)
		}
		other := boot.VaultPath(m.data, core.Sandbox)
		if err := os.MkdirAll(filepath.Dir(other), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(other, data, 0o600); err != nil {
			t.Fatal(err)
		}
		ended(t, m.run("banks", "--env=sandbox"), 6)
	})
	t.Run("missing key", func(t *testing.T) {
		m := machineOf(t)
		m.must("banks")
		path := boot.VaultPath(m.data, core.Practice)
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		m.env = keychaintest.StartAttended(t).Env() // another keychain, without the key
		ended(t, m.run("banks"), 7)
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
			t.Errorf("a vault without its key was changed: %v", err)
		}
	})
	t.Run("second instance", func(t *testing.T) {
		m := machineOf(t)
		p, err := boot.New(boot.Config{DataDir: m.data, Secrets: keychain.New(keychain.Options{Env: m.env})})
		if err != nil {
			t.Fatal(err)
		}
		s, err := p.Open(t.Context(), boot.Choice{Env: core.Practice})
		if err != nil {
			t.Fatal(err)
		}
		ended(t, m.run("banks"), 6, "open")
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		m.must("banks")
	})
	t.Run("nonsense", func(t *testing.T) {
		m := machineOf(t)
		m.env = append(m.env, "PLAID_CLIENT_ID=a", "PLAID_SECRET=b")
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.CopyN(w, rand.Reader, 10<<20)
		}))
		defer server.Close()
		ended(t, m.run("link", "--instant", "--plaid-url="+server.URL), 4)
	})
	t.Run("wrong flags", func(t *testing.T) {
		m := machineOf(t)
		for _, args := range [][]string{
			{"nosuch"},
			{"banks", "extra"},
			{"banks", "--nosuch"},
			{"--env=development", "banks"},
			{"link", "--days=0"},
			{"link", "--days=731"},
			{"transactions", "--limit=-1"},
			{"transactions", "--account=0123"},
			{"banks", "--plaid-url=http://example.com"},
		} {
			ended(t, m.run(args...), 2)
		}
	})
	t.Run("no display", func(t *testing.T) {
		m := machineOf(t)
		m.env = slices.DeleteFunc(slices.Clone(m.env), func(kv string) bool {
			return strings.HasPrefix(kv, "DISPLAY=") || strings.HasPrefix(kv, "WAYLAND_DISPLAY=")
		})
		ended(t, m.run(), 9, "display", "demo")
	})
}

// startLinking starts `bankbook link` and returns the address of the page that
// waits, and a function that waits for the command's end.
func (m *machine) startLinking(args ...string) (end func() result, page string) {
	m.t.Helper()
	page, end = readPage(m.t, m.command(append([]string{"link"}, args...)...))
	return end, page
}

// readPage starts a command and reads what it prints up to an address.
func readPage(t testing.TB, cmd *exec.Cmd) (page string, end func() result) {
	t.Helper()
	var out, errOut bytes.Buffer
	cmd.Stdout = &out
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	lines := bufio.NewScanner(pipe)
	for page == "" && lines.Scan() {
		errOut.WriteString(lines.Text() + "\n")
		if strings.HasPrefix(lines.Text(), "http://") {
			page = lines.Text()
		}
	}
	if page == "" {
		t.Fatalf("it printed no address:\n%s", errOut.String())
	}
	return page, func() result {
		for lines.Scan() {
			errOut.WriteString(lines.Text() + "\n")
		}
		_ = cmd.Wait() // the exit code tells
		return result{out: out.String(), err: errOut.String(), code: cmd.ProcessState.ExitCode()}
	}
}

func TestSandboxServesAlone(t *testing.T) {
	m := &machine{t: t, env: withoutKeychain(t), data: filepath.Join(t.TempDir(), "data")}
	state := filepath.Join(t.TempDir(), "bank.json")
	cmd := m.command("sandbox", "--client-id=me", "--secret=mine", "--state="+state)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill() }()
	line, err := bufio.NewReader(pipe).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	url := strings.TrimSpace(line)
	body := `{"client_id":"me","secret":"mine","institution_id":"ins_109508","initial_products":["transactions"]}`
	client := &http.Client{Timeout: 10 * time.Second}
	answer, err := client.Post(url+"/sandbox/public_token/create", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var token struct {
		Public string `json:"public_token"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&token); err != nil || !strings.HasPrefix(token.Public, "public-sandbox-") {
		t.Fatalf("public token %q, %v", token.Public, err)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it did not end well: %v", err)
	}
	if _, err := os.Stat(state); err != nil {
		t.Errorf("the state was not kept: %v", err)
	}
}
