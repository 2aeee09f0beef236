package sandbox

import (
	"maps"
	"net/http"
	"time"

	"bankbook/core/sandbox/spec"
	"bankbook/core/sandbox/wire"
)

// Server is the practice bank.
type Server struct {
	cfg   Config
	store *store
	spec  *spec.Book
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
		return nil, err
	}
	return &Server{cfg: cfg, store: st, spec: book}, nil
}

// now returns the time in the form in which it is kept: UTC, whole microseconds.
func (s *Server) now() time.Time { return s.cfg.Now().UTC().Truncate(time.Microsecond) }

// Handler returns the server for requests to host, such as "127.0.0.1:8080", and
// for no other; the pages' addresses are made from it.
func (s *Server) Handler(host string) http.Handler {
	mux := http.NewServeMux()
	for path, e := range s.endpoints(host) {
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
	} {
		maps.Copy(all, part)
	}
	return all
}
