package sandbox

import (
	"errors"
	"maps"
	"net/http"
	"sync/atomic"

	"bankbook/core/sandbox/hook"
	"bankbook/core/sandbox/limit"
	"bankbook/core/sandbox/spec"
	"bankbook/core/sandbox/timepiece"
	"bankbook/core/sandbox/wire"
)

// Server is the practice bank.
type Server struct {
	cfg    Config
	store  *store
	clock  atomic.Pointer[timepiece.Setting]
	sender *hook.Sender
	alarm  alarm
	meter  limit.Meter
	spec   *spec.Book
	memo   *memo
}

// New returns a practice bank with the state of its state file, if there is one.
// A damaged file, or one that is something else, is an ErrState and is not touched.
func New(cfg Config) (*Server, error) {
	cfg, err := cfg.complete()
	if err != nil {
		return nil, err
	}
	st, err := openStore(cfg.StateFile)
	if err != nil {
		return nil, err
	}
	book, err := spec.Load()
	if err != nil {
		return nil, errors.Join(err, st.close())
	}
	s := &Server{cfg: cfg, store: st, spec: book, alarm: newAlarm(), memo: newMemo()}
	s.sender = hook.NewSender(hook.Config{Now: cfg.Now, After: cfg.After, Logger: cfg.Logger})
	st.kept = s.kept
	s.kept(&st.st)
	if err := s.startClock(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close stops what the practice bank does by itself and gives up its state file.
// Requests that would change something are answered with an error from now on.
func (s *Server) Close() error {
	s.alarm.close()
	s.sender.Close()
	return s.store.close()
}

// kept takes over what a change of the state means for the rest of the server.
// It runs while the store is locked, and waits for nothing.
func (s *Server) kept(st *state) {
	clock := st.Clock
	s.clock.Store(&clock)
	for _, d := range st.outbox {
		s.sender.Send(d)
	}
	s.alarm.set(s.nextDue(st), s.watch)
}

// Handler returns the server for requests to host, such as "127.0.0.1:8080", and
// for no other; the pages' addresses are made from it.
func (s *Server) Handler(host string) http.Handler {
	mux := http.NewServeMux()
	for path, e := range s.allRoutes(host) {
		mux.Handle(path, s.api(e))
	}
	mux.Handle(hostedRoot, s.pages())
	mux.Handle("/", s.refuse(wire.NoPath))
	return s.logged(onlyHost(host, http.NewCrossOriginProtection().Handler(mux)))
}

// onlyHost refuses requests to any other name than host: a foreign site can
// point a name of its own at this machine, but cannot choose the Host header
// (SECURITY §6, 16 and 17).
func onlyHost(host string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Host != host {
			http.Error(w, "The practice bank does not answer to this name.", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// allRoutes are those of Plaid's API and of the control API.
func (s *Server) allRoutes(host string) routes {
	all := routes{}
	for path, e := range s.endpoints(host) {
		all[path] = s.attended(path, e)
	}
	for path, e := range s.practiceRoutes() {
		all[path] = s.punctual(e)
	}
	return all
}

// endpoints maps the API's paths to what answers them.
func (s *Server) endpoints(host string) routes {
	all := routes{}
	for _, part := range []routes{
		linkAPI{s, "http://" + host}.routes(),
		s.itemRoutes(),
		s.accountRoutes(),
		s.institutionRoutes(),
		s.transactionRoutes(),
		s.transferRoutes(),
		s.sandboxRoutes(),
		s.webhookRoutes(),
	} {
		maps.Copy(all, part)
	}
	return all
}
