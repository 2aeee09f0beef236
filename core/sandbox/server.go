package sandbox

import (
	"net/http"
	"time"

	"bankbook/core/sandbox/wire"
)

// Server is the practice bank.
type Server struct {
	cfg   Config
	store *store
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
	return &Server{cfg: cfg, store: st}, nil
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
func (s *Server) endpoints(host string) map[string]endpoint {
	link := linkAPI{s, "http://" + host}
	return map[string]endpoint{
		"/link/token/create":           serve(link.create, "client_name", "language", "country_codes", "user", "user.client_user_id"),
		"/link/token/get":              serve(link.get, "link_token"),
		"/item/public_token/exchange":  serve(s.exchange, "public_token"),
		"/item/get":                    serve(s.itemGet, "access_token"),
		"/item/remove":                 serve(s.itemRemove, "access_token"),
		"/accounts/get":                serve(s.accountsGet, "access_token"),
		"/accounts/balance/get":        serve(s.balanceGet, "access_token"),
		"/auth/get":                    serve(s.authGet, "access_token"),
		"/transactions/sync":           serve(s.sync, "access_token"),
		"/transactions/refresh":        serve(s.refresh, "access_token"),
		"/institutions/get_by_id":      serve(s.institutionGet, "institution_id", "country_codes"),
		"/institutions/search":         serve(s.institutionSearch, "query", "country_codes"),
		"/sandbox/public_token/create": serve(s.sandboxCreate, "institution_id", "initial_products"),
		"/sandbox/item/reset_login":    serve(s.resetLogin, "access_token"),
	}
}
