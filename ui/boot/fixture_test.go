package boot

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/clock"
	"bankbook/core/link"
	"bankbook/core/secret"
)

// hurried is the system's clock with short pauses: what is waited for here is a
// test, not a person.
type hurried struct{ clock.System }

// Sleep implements clock.Clock.
func (h hurried) Sleep(ctx context.Context, d time.Duration) error {
	return h.System.Sleep(ctx, d/50)
}

// noBrowser is a machine on which nobody opens a page.
func noBrowser(string) error { return nil }

// config is that of a program with everything in a directory of the test.
func config(t *testing.T) Config {
	t.Helper()
	return Config{
		DataDir: filepath.Join(t.TempDir(), "data"), Secrets: secret.NewMemory(), OpenURL: noBrowser, Clock: hurried{},
	}
}

// start starts a program, which ends with the test.
func start(t *testing.T, c Config) *Program {
	t.Helper()
	p, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Errorf("close the program: %v", err)
		}
	})
	return p
}

func open(t *testing.T, p *Program, choice Choice) *Services {
	t.Helper()
	s, err := p.Open(t.Context(), choice)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closeAll(t *testing.T, s *Services) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Errorf("close the services: %v", err)
	}
}

// testBank asks for a test bank, with the products that the link's options want if
// there are none.
func testBank(products ...core.Product) bank.InstantRequest {
	return bank.InstantRequest{Institution: "ins_109508", User: "user_good", Password: secret.New("pass_good"), Products: products}
}

// instantly begins to link a test bank.
func instantly(t *testing.T, s *Services) core.LinkID {
	t.Helper()
	id, err := s.Links.Instant(t.Context(), link.Options{Profile: s.Profile.ID, HistoryDays: 90}, testBank(core.Transactions))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func modeOf(t *testing.T, path string) os.FileMode {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}
