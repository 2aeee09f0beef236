package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Running is a practice bank that listens.
type Running struct {
	server *Server
	http   *http.Server
	url    string
	stop   func() bool
	ended  chan error
}

// The times after which a connection is given up.
const (
	headerTimeout = 5 * time.Second
	bodyTimeout   = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	closeTimeout  = 3 * time.Second
	maxHeader     = 16 << 10
)

// ErrAddress is in the chain of an error about an address that cannot be
// listened at.
var ErrAddress = errors.New("cannot listen at this address")

// Listen starts a practice bank on a loopback address: "127.0.0.1:0" takes any
// free port. It runs until Close is called or ctx ends.
func Listen(ctx context.Context, cfg Config, addr string) (*Running, error) {
	addr, err := loopback(addr)
	if err != nil {
		return nil, err
	}
	s, err := New(cfg)
	if err != nil {
		return nil, err
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("sandbox: %w: %w", ErrAddress, err), s.Close())
	}
	host := l.Addr().String()
	r := &Running{
		server: s, url: "http://" + host, ended: make(chan error, 1),
		http: &http.Server{
			Handler: s.Handler(host), ReadHeaderTimeout: headerTimeout, ReadTimeout: bodyTimeout,
			WriteTimeout: bodyTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		},
	}
	go func() { r.ended <- r.http.Serve(l) }()
	r.stop = context.AfterFunc(ctx, func() { _ = errors.Join(r.http.Close(), s.Close()) })
	return r, nil
}

// loopback returns addr with a numeric host, if that is this machine alone.
func loopback(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("sandbox: %w: %w", ErrAddress, err)
	}
	switch host {
	case "localhost":
		host = "127.0.0.1"
	case "127.0.0.1", "::1":
	default:
		return "", fmt.Errorf("sandbox: %w: %q is not a loopback address", ErrAddress, host)
	}
	return net.JoinHostPort(host, port), nil
}

// URL returns the server's address, such as "http://127.0.0.1:8080".
func (r *Running) URL() string { return r.url }

// Server returns the practice bank that listens.
func (r *Running) Server() *Server { return r.server }

// Close lets requests under way come to their end, for a few seconds, and stops.
func (r *Running) Close() error {
	r.stop()
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	err := r.http.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, r.http.Close())
	}
	if ended := <-r.ended; !errors.Is(ended, http.ErrServerClosed) {
		err = errors.Join(err, ended)
	}
	err = errors.Join(err, r.server.Close())
	r.ended <- http.ErrServerClosed // for another Close
	return err
}
