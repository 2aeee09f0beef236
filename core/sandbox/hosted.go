package sandbox

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/web"
)

// pages serves Hosted Link. Every GET shows where the user is and changes
// nothing; every change is a POST with a form token, and ends in a redirect.
func (s *Server) pages() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+web.StylePath, serveStyle)
	for pattern, handle := range hostedRoutes {
		method, path, _ := strings.Cut(pattern, " ")
		mux.Handle(method+" /hosted/{page}"+path, s.page(handle))
	}
	for step, p := range stepPages {
		mux.Handle("GET /hosted/{page}"+p.path, s.page(func(v *visit) error { return v.look(step) }))
	}
	mux.Handle(hostedRoot, s.page(func(*visit) error { return errNoPage }))
	return mux
}

// hostedRoutes are the pages' addresses below the link's own, but for those that
// show a step.
var hostedRoutes = map[string]func(*visit) error{
	"GET ":                (*visit).showStart,
	"POST ":               (*visit).begin,
	"POST /how":           (*visit).chooseType,
	"POST /remembered":    (*visit).remember,
	"POST /bank":          (*visit).chooseBank,
	"POST /notice":        (*visit).goOn,
	"POST /problem":       (*visit).goOn,
	"POST /sign-in":       (*visit).signIn,
	"POST /robot":         (*visit).human,
	"POST /check":         (*visit).answer,
	"POST /oauth":         (*visit).toBank,
	"POST /oauth/sign-in": (*visit).bankSignIn,
	"POST /oauth/back":    (*visit).bankBack,
	"POST /oauth/deny":    (*visit).bankDeny,
	"POST /oauth/consent": (*visit).bankAllow,
	"POST /accounts":      (*visit).share,
	"POST /numbers":       (*visit).enterNumbers,
	"POST /deposit":       (*visit).enterCode,
	"POST /more":          (*visit).agree,
	"POST /another":       (*visit).another,
	"GET /leaving":        (*visit).showLeaving,
	"POST /leave":         (*visit).leave,
	"GET /done":           (*visit).showDone,
	"GET /left":           (*visit).showLeft,
}

func serveStyle(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/css; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-cache")
	_, _ = w.Write(web.StyleSheet())
}

// The reasons for which a page cannot be shown.
var (
	errNoPage  = errors.New("no such page")
	errExpired = errors.New("page expired")
	errSpent   = errors.New("page used up")
	errForged  = errors.New("form token is wrong")
)

// visit is one request to a page.
type visit struct {
	*Server
	w    http.ResponseWriter
	r    *http.Request
	now  time.Time
	root string
	// link and update are copies of the page's link and of the Item to sign in
	// to again, if there is one; session is this browser's, or nil.
	link    link
	update  *item
	session *session
	// saved is the Item that makes this user a known one, or nil.
	saved   *item
	key     ident.Keyring
	browser string
	id      string
}

// page prepares a visit, and shows what went wrong with it.
func (s *Server) page(handle func(*visit) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{Server: s, w: w, r: r, now: s.now(), id: ident.NewRequest()}
		note(w, v.id, "")
		err := v.open()
		if err == nil {
			err = handle(v)
		}
		switch {
		case err == nil:
		case errors.Is(err, errNoPage):
			v.show(http.StatusNotFound, web.Gone{})
		case errors.Is(err, errExpired):
			v.show(http.StatusGone, web.Gone{Expired: true, Client: v.link.Client, Return: v.completion()})
		case errors.Is(err, errSpent):
			v.show(http.StatusGone, web.Gone{Spent: true, Client: v.link.Client, Return: v.completion()})
		case errors.Is(err, errForged):
			v.show(http.StatusForbidden, web.Refused{})
		default:
			s.cfg.Logger.Error("practice bank", "path", hostedRoot, "request_id", v.id, "error", err.Error())
			http.Error(w, "The practice bank cannot go on: its state could not be kept.", http.StatusInternalServerError)
		}
	})
}

// open finds the link and the session, and checks the form of a POST.
func (v *visit) open() error {
	page := v.r.PathValue("page")
	v.root, v.browser = hostedRoot+page, v.cookie()
	found := false
	v.store.read(func(st *state) {
		l := st.linkByPath(page)
		if l == nil || !l.readable(v.now) {
			return
		}
		found, v.key, v.link = true, st.Key, l.copy()
		v.session = l.sessionOf(v.key, v.browser).copy()
		v.update = st.item(l.Update).clone()
		v.saved = st.remembered(l, v.now).clone()
	})
	switch {
	case !found:
		return errNoPage
	case v.link.Spent:
		return errSpent
	case !v.now.Before(v.link.Expires) && v.link.success() == nil:
		return errExpired
	case v.r.Method == http.MethodPost:
		return v.checkForm()
	}
	return nil
}

// maxForm is the largest form that is read, in bytes: a custom user's password
// is a whole configuration.
const maxForm = 256 << 10

func (v *visit) checkForm() error {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxForm)
	if v.r.ParseForm() != nil || v.browser == "" || !ident.Same(v.r.PostForm.Get("form"), v.formToken()) {
		return errForged
	}
	return nil
}

// formToken is what every form of this page carries in this browser.
func (v *visit) formToken() string {
	return ident.Letters(v.key.Sum("form", v.link.ID, v.browser), ident.PathLength)
}

// cookieName is that of the cookie by which a browser is known again.
const cookieName = "practice_bank"

// cookieLength is the length of its value; another is no cookie of ours.
const cookieLength = 43

func (v *visit) cookie() string {
	c, err := v.r.Cookie(cookieName)
	if err != nil || len(c.Value) != cookieLength {
		return ""
	}
	return c.Value
}

// frame returns what the forms of a page need, and gives the browser a cookie if
// it has none.
func (v *visit) frame() web.Frame {
	if v.browser == "" {
		v.browser = ident.Letters(ident.Random(keyLength), cookieLength)
		http.SetCookie(v.w, &http.Cookie{
			Name: cookieName, Value: v.browser, Path: hostedRoot, HttpOnly: true, SameSite: http.SameSiteStrictMode,
		})
	}
	return web.Frame{Client: v.link.Client, Root: v.root, Form: v.formToken(), Update: v.link.Update != ""}
}

func (v *visit) show(status int, p web.Page) {
	var b bytes.Buffer
	if err := web.Render(&b, p); err != nil {
		v.cfg.Logger.Error("practice bank", "path", hostedRoot, "request_id", v.id, "error", err.Error())
		http.Error(v.w, "The page could not be drawn.", http.StatusInternalServerError)
		return
	}
	v.protect()
	v.w.WriteHeader(status)
	_, _ = v.w.Write(b.Bytes())
}

// protect allows the page its style sheet and its forms, and nothing else. A
// browser also wants to know where a form may lead in the end.
func (v *visit) protect() {
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"+v.completionSource())
}

// completionSource is the completion address as a source of the policy.
func (v *visit) completionSource() string {
	u, err := url.Parse(v.link.Completion)
	if err != nil || !completable(u) {
		return ""
	}
	if u.Host == "" || !strings.HasPrefix(u.Scheme, "http") {
		return " " + u.Scheme + ":"
	}
	return " " + u.Scheme + "://" + u.Host
}

// plainHost is a host that can stand in a policy as it is.
var plainHost = regexp.MustCompile(`^(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z.-]+)(:[0-9]{1,5})?$`)

// completable reports whether the browser may be sent to u at the end: to a web
// address, or to an app's own scheme (PLAID §2.3).
func completable(u *url.URL) bool {
	switch u.Scheme {
	case "http", "https":
		return plainHost.MatchString(u.Host) && u.User == nil
	case "", "javascript", "data", "file", "about", "blob", "vbscript", "view-source":
		return false
	}
	return true
}

// to sends the browser to another page of the link.
func (v *visit) to(page string) error {
	v.protect()
	http.Redirect(v.w, v.r, v.root+page, http.StatusSeeOther)
	return nil
}

// end sends the browser away: to the completion address if there is one.
func (v *visit) end(page string) error {
	if v.link.Completion == "" {
		return v.to(page)
	}
	v.protect()
	v.w.Header().Set("Location", v.link.Completion)
	v.w.WriteHeader(http.StatusSeeOther)
	return nil
}
