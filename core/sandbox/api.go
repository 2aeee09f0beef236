package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"bankbook/core/sandbox/ident"
	"bankbook/core/sandbox/trouble"
	"bankbook/core/sandbox/wire"
)

// apiVersion is the one version of Plaid's API that is spoken.
const apiVersion = "2020-09-14"

// maxBody is the largest request body that is read, in bytes.
const maxBody = 256 << 10

// call is one request to the API.
type call struct {
	id   string
	body []byte
	ctx  context.Context
	// spoiled is what happens to the answer on its way, or nil.
	spoiled *trouble.Fault
	// linger lets the answer take longer than others may.
	linger func()
}

// endpoint answers a call with a body, or with an error, which is an *wire.Error
// unless something is wrong with the practice bank itself.
type endpoint func(*call) (any, error)

// routes are endpoints by their paths.
type routes map[string]endpoint

// serve makes an endpoint of a function on a request's body.
func serve[Req, Resp any](fn func(id string, req Req) (Resp, error)) endpoint {
	return func(c *call) (any, error) {
		var req Req
		if err := json.Unmarshal(c.body, &req); err != nil {
			return nil, bodyError(err)
		}
		return fn(c.id, req)
	}
}

// bodyError tells a client what is wrong with the type of a field.
func bodyError(err error) *wire.Error {
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return wire.Body()
	}
	field := wrong.Field
	if field == "" {
		return wire.Body()
	}
	return wire.Field(field, "must be "+typeName(wrong.Type.Kind().String()))
}

func typeName(kind string) string {
	switch kind {
	case "string":
		return "a string"
	case "slice":
		return "an array"
	case "int", "int64":
		return "an integer"
	case "bool":
		return "a boolean"
	}
	return "an object"
}

// api answers calls: it looks at the headers and the keys, and writes the answer
// or Plaid's error envelope.
func (s *Server) api(e endpoint) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &call{id: ident.NewRequest(), ctx: r.Context(), linger: linger(w)}
		answer, err := s.answer(c, e, w, r)
		if err != nil {
			s.writeError(w, r, c, err)
			return
		}
		room := s.memo.room()
		defer s.memo.give(room)
		body, err := encode(answer, room)
		if err != nil {
			s.writeError(w, r, c, err)
			return
		}
		note(w, c.id, "")
		c.write(w, http.StatusOK, body)
	})
}

func (s *Server) answer(c *call, e endpoint, w http.ResponseWriter, r *http.Request) (any, error) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return nil, wire.Method()
	}
	body, err := readBody(w, r)
	if err != nil {
		return nil, err
	}
	if r.URL.Path == categoriesPath {
		c.body = []byte("{}")
		return e(c)
	}
	c.body = body
	if err := checkHeaders(r.Header); err != nil {
		return nil, err
	}
	if err := s.checkKeys(r.Header, body); err != nil {
		return nil, err
	}
	if err := s.spec.Check(r.URL.Path, body); err != nil {
		return nil, err
	}
	return e(c)
}

// categoriesPath is the one endpoint that Plaid answers for everybody, without
// keys and whatever the body: plaid-go sends none.
const categoriesPath = "/categories/get"

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, wire.TooLarge()
	case err != nil:
		return nil, wire.Body()
	}
	return body, nil
}

// refuse answers every request with the same error.
func (s *Server) refuse(reason func() *wire.Error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.writeError(w, r, &call{id: ident.NewRequest()}, reason())
	})
}

func checkHeaders(h http.Header) error {
	if kind, _, err := mime.ParseMediaType(h.Get("Content-Type")); err != nil || kind != "application/json" {
		return wire.Headers("Content-Type must be application/json")
	}
	if v := h.Get("Plaid-Version"); v != "" && v != apiVersion {
		return wire.Headers("Plaid-Version must be " + apiVersion)
	}
	return nil
}

// checkKeys wants the keys in the headers, or else in the body.
func (s *Server) checkKeys(h http.Header, body []byte) error {
	var keys struct {
		ClientID *string `json:"client_id"`
		Secret   *string `json:"secret"`
	}
	if !json.Valid(body) || !bytes.HasPrefix(bytes.TrimSpace(body), []byte{'{'}) {
		return wire.Body()
	}
	if err := json.Unmarshal(body, &keys); err != nil {
		return bodyError(err)
	}
	id, secret := h.Get("Plaid-Client-Id"), h.Get("Plaid-Secret")
	if keys.ClientID != nil {
		id = *keys.ClientID
	}
	if keys.Secret != nil {
		secret = *keys.Secret
	}
	idOK, secretOK := ident.Same(id, s.cfg.ClientID), ident.Same(secret, s.cfg.Secret)
	if !idOK || !secretOK {
		return wire.Keys()
	}
	return nil
}

func (s *Server) writeError(w http.ResponseWriter, r *http.Request, c *call, err error) {
	var e *wire.Error
	if !errors.As(err, &e) {
		s.cfg.Logger.Error("practice bank", "path", r.URL.Path, "request_id", c.id, "error", err.Error())
		e = wire.Internal()
	}
	e.RequestID = c.id
	body, err := json.Marshal(e)
	if err != nil {
		http.Error(w, fmt.Sprint(err), http.StatusInternalServerError)
		return
	}
	note(w, c.id, e.Code)
	c.write(w, e.HTTP, body)
}

func writeJSON(w http.ResponseWriter, status int, body []byte) {
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	if h.Get("Content-Length") == "" { // without it the body is sent in chunks
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// noted is an answer with what the log tells of it.
type noted struct {
	http.ResponseWriter
	status    int
	requestID string
	code      string
}

func (n *noted) WriteHeader(status int) {
	n.status = status
	n.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController and http.MaxBytesReader.
func (n *noted) Unwrap() http.ResponseWriter { return n.ResponseWriter }

func note(w http.ResponseWriter, requestID, code string) {
	if n, ok := w.(*noted); ok {
		n.requestID, n.code = requestID, code
	}
}

// logged writes one line per request. A hosted page's address is a secret, so
// only its first part is written.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := &noted{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(n, r)
		path := r.URL.Path
		if strings.HasPrefix(path, hostedRoot) {
			path = hostedRoot
		}
		s.cfg.Logger.LogAttrs(r.Context(), slog.LevelInfo, "practice bank",
			slog.String("method", r.Method), slog.String("path", path), slog.Int("status", n.status),
			slog.String("request_id", n.requestID), slog.String("code", n.code))
	})
}
