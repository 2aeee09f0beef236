package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/link"
	"bankbook/core/sandbox/walk"
	"bankbook/core/secret"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

func TestLinkGoesOnWithAPageThatStillWaits(t *testing.T) {
	opened := make(chan string, 10)
	var signsIn atomic.Bool
	config := boot.Config{
		DataDir: filepath.Join(t.TempDir(), "data"), Secrets: secret.NewMemory(), Clock: clock.System{},
		OpenURL: func(page string) error {
			walks := signsIn.Load()
			opened <- page
			if !walks {
				return nil
			}
			return walk.Link(context.Background(), &http.Client{}, page, walk.Choice{
				Institution: "First Platypus Bank", User: testUser, Password: testPassword,
			})
		},
	}
	p, err := boot.New(config)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	killed, err := p.Open(t.Context(), boot.Choice{Env: core.Practice})
	if err != nil {
		t.Fatal(err)
	}
	id, err := killed.Links.Begin(t.Context(), link.Options{Profile: killed.Profile.ID, HistoryDays: 90})
	if err != nil {
		t.Fatal(err)
	}
	page := <-opened
	if err := killed.Close(); err != nil {
		t.Fatal(err)
	}

	signsIn.Store(true)
	s, err := p.Open(t.Context(), boot.Choice{Env: core.Practice})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var out, noise bytes.Buffer
	c := &command{program: Program{Out: &out, Err: &noise}, asJSON: true}
	session, err := c.linkWith(t.Context(), s, linkFlags{days: 90})
	if err != nil || session.ID != id || session.Stage != link.Done {
		t.Fatalf("session %s ended as %s, %v; want %s, done", session.ID, session.Stage, err, id)
	}
	if again := <-opened; again != page || len(opened) != 0 {
		t.Errorf("page %s was opened, and %d others; want the first one again", again, len(opened))
	}
	if !strings.Contains(noise.String(), say.LinkTakenUp) || !strings.Contains(noise.String(), page) {
		t.Errorf("nothing is said of it:\n%s", noise.String())
	}
	var record linkRecord
	if err := json.Unmarshal(out.Bytes(), &record); err != nil || record.LinkID != id || len(record.Items) != 1 {
		t.Errorf("printed %s, %v", out.String(), err)
	}
}
