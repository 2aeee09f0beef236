// Package clip puts secrets on the clipboard and takes them off it again: after
// half a minute, when the program locks or ends, and only if nothing else has been
// copied since.
package clip

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"time"

	"bankbook/core/secret"
	"bankbook/ui/run"
)

// After is how long a secret stays on the clipboard.
const After = 30 * time.Second

// Clipboard is the system's. fyne.Clipboard is one.
type Clipboard interface {
	Content() string
	SetContent(text string)
}

// Guard clears the clipboard of a secret. All methods belong to the UI thread.
type Guard struct {
	clipboard Clipboard
	runner    run.Runner
	// key and mark recognise the secret again without keeping it.
	key, mark []byte
	stop      func()
}

// New returns a Guard that guards nothing yet.
func New(c Clipboard, r run.Runner) *Guard { return &Guard{clipboard: c, runner: r, stop: func() {}} }

// Put puts a secret on the clipboard for a while. One that was put there before is
// gone with it.
func (g *Guard) Put(s secret.Text) {
	g.stop()
	g.key = make([]byte, sha256.Size)
	_, _ = rand.Read(g.key) // it never fails
	g.mark = g.sum(s.Reveal())
	g.clipboard.SetContent(s.Reveal())
	g.stop = g.runner.Every(After, g.Clear)
}

// Clear takes the secret off the clipboard at once, if it is still there.
func (g *Guard) Clear() {
	g.stop()
	g.stop = func() {}
	if g.mark == nil {
		return
	}
	if hmac.Equal(g.mark, g.sum(g.clipboard.Content())) {
		g.clipboard.SetContent("")
	}
	g.key, g.mark = nil, nil
}

func (g *Guard) sum(text string) []byte {
	h := hmac.New(sha256.New, g.key)
	_, _ = h.Write([]byte(text)) // it never fails
	return h.Sum(nil)
}
