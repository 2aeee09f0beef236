// Package landing is where a browser ends up that has come to the end of a link
// page: an address on this machine, with a random path, for one session and one
// visit. Whoever comes there wakes the session, which asks the provider what has
// happened; the visit itself proves nothing and tells nothing (SECURITY §5).
package landing

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"bankbook/core"
)

// page is all that there is to see.
const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Done here</title></head>
<body><main id="landed"><h1>Done here</h1><p>You can close this page and go back to Bankbook.</p></main></body>
</html>
`

// Places are the addresses of the sessions under way. They are safe for concurrent
// use.
type Places struct {
	landed func(core.LinkID)

	mu     sync.Mutex
	closed bool
	open   map[core.LinkID]*place
	wg     sync.WaitGroup
}

// New returns Places that call landed, from a goroutine of their own, when a browser
// has come to a session's address.
func New(landed func(core.LinkID)) *Places {
	return &Places{landed: landed, open: map[core.LinkID]*place{}}
}

// URI opens the address of a session and returns it; one that the session had before
// is no longer good. It returns "" if this machine lends no address: linking goes on
// without.
func (p *Places) URI(id core.LinkID) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return ""
	}
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return ""
	}
	if before := p.open[id]; before != nil {
		before.close()
	}
	made := &place{host: listener.Addr().String(), path: "/" + rand.Text(), come: make(chan struct{})}
	made.server = &http.Server{
		Handler: made, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 5 * time.Second, MaxHeaderBytes: 16 << 10,
	}
	made.server.SetKeepAlivesEnabled(false)
	p.open[id] = made
	p.wg.Go(func() { p.attend(id, made, listener) })
	return "http://" + made.host + made.path
}

// attend waits until somebody has come to a place, or it is closed.
func (p *Places) attend(id core.LinkID, made *place, listener net.Listener) {
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		_ = made.server.Serve(listener) // ends with the place
	}()
	select {
	case <-made.come:
		p.landed(id)
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = made.server.Shutdown(ctx) // whoever has come sees the page to its end
		made.close()
	case <-gone:
	}
	<-gone
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open[id] == made {
		delete(p.open, id)
	}
}

// Forget closes the address of a session that needs it no more, if it has one.
func (p *Places) Forget(id core.LinkID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if made := p.open[id]; made != nil {
		made.close()
	}
}

// Close closes all addresses and returns when nothing runs any more.
func (p *Places) Close() {
	p.mu.Lock()
	p.closed = true
	for _, made := range p.open {
		made.close()
	}
	p.mu.Unlock()
	p.wg.Wait()
}

// place is one session's address.
type place struct {
	host, path string
	server     *http.Server
	once       sync.Once
	// come is closed when somebody has come.
	come chan struct{}
}

func (p *place) close() { _ = p.server.Close() }

// ServeHTTP shows the page to the first one who knows the path. Everybody else is
// told nothing.
func (p *place) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	switch {
	case r.Host != p.host: // another name may lead here (DNS rebinding)
		w.WriteHeader(http.StatusMisdirectedRequest)
		return
	case subtle.ConstantTimeCompare([]byte(r.URL.Path), []byte(p.path)) != 1:
		w.WriteHeader(http.StatusNotFound)
		return
	case r.Method != http.MethodGet:
		h.Set("Allow", http.MethodGet)
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	first := false
	p.once.Do(func() { first = true })
	if !first {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, page)
	close(p.come)
}
