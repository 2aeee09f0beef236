package plaid

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net"
	"net/http"
	"time"
)

// maxBody bounds an answer. The longest that is wanted, a page of 500
// transactions, has about 1 MB.
const maxBody = 8 << 20

// errTooLong is what reading an answer of more than maxBody ends with.
var errTooLong = errors.New("the answer is too long")

// newTransport returns a transport for servers that answer in seconds. The
// time for a whole answer is bounded by each request's context.
func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSHandshakeTimeout: 10 * time.Second,
		TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:   true,
		MaxIdleConnsPerHost: 4,
		IdleConnTimeout:     90 * time.Second,
	}
}

// guarded returns a copy of client that adds the keys to each request, bounds
// each answer and follows no redirect.
func guarded(client *http.Client, keys Keys) *http.Client {
	next := client.Transport
	if next == nil {
		next = newTransport()
	}
	guarded := *client
	guarded.Transport = &guard{next: next, keys: keys}
	guarded.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &guarded
}

// guard is what stands between plaid-go and the network. The keys are added
// here, not in plaid-go's configuration, so that they lie in no printable
// string.
type guard struct {
	next http.RoundTripper
	keys Keys
}

// RoundTrip implements http.RoundTripper.
func (g *guard) RoundTrip(request *http.Request) (*http.Response, error) {
	signed, err := withAddedKeys(request)
	if err != nil {
		return nil, err
	}
	signed.Header.Set("PLAID-CLIENT-ID", g.keys.ClientID.Reveal())
	signed.Header.Set("PLAID-SECRET", g.keys.Secret.Reveal())
	response, err := g.next.RoundTrip(signed)
	if err != nil {
		return nil, err
	}
	response.Body = &boundedBody{body: response.Body, left: maxBody, declared: response.ContentLength}
	if err := keep(request.Context(), response); err != nil {
		return nil, err
	}
	return response, nil
}

// addedKeys is the context key under which keys lie that plaid-go has no fields for.
type addedKeys struct{}

// withAdded asks the transport to put keys into the JSON of a request.
func withAdded(ctx context.Context, keys map[string]any) context.Context {
	return context.WithValue(ctx, addedKeys{}, keys)
}

// withAddedKeys returns a copy of the request that has the keys, if there are any.
func withAddedKeys(request *http.Request) (*http.Request, error) {
	changed := request.Clone(request.Context())
	added, wanted := request.Context().Value(addedKeys{}).(map[string]any)
	if !wanted {
		return changed, nil
	}
	fields := map[string]any{}
	err := json.NewDecoder(request.Body).Decode(&fields)
	_ = request.Body.Close()
	if err != nil {
		return nil, errors.New("the request is no JSON object") // the decoder's words quote it
	}
	maps.Copy(fields, added)
	text, err := json.Marshal(fields)
	if err != nil {
		return nil, errors.New("the request cannot be written as JSON")
	}
	changed.Body, changed.ContentLength, changed.GetBody = io.NopCloser(bytes.NewReader(text)), int64(len(text)), nil
	return changed, nil
}

// boundedBody ends with errTooLong after maxBody bytes, or before the first if
// more are announced.
type boundedBody struct {
	body     io.ReadCloser
	left     int
	declared int64
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left <= 0 || b.declared > maxBody {
		return 0, errTooLong
	}
	if len(p) > b.left {
		p = p[:b.left]
	}
	n, err := b.body.Read(p)
	b.left -= n
	return n, err
}

func (b *boundedBody) Close() error { return b.body.Close() }

// keptBody is the context key under which a *[]byte waits for the body of a
// good answer.
type keptBody struct{}

// withKept asks the transport to keep the body of a good answer and to hand
// plaid-go an empty one, which it takes for an answer without fields.
func withKept(ctx context.Context, into *[]byte) context.Context {
	return context.WithValue(ctx, keptBody{}, into)
}

func keep(ctx context.Context, response *http.Response) error {
	into, wanted := ctx.Value(keptBody{}).(*[]byte)
	if !wanted || response.StatusCode != http.StatusOK || !isJSON(response) {
		return nil
	}
	var body bytes.Buffer
	if n := response.ContentLength; n > 0 && n <= maxBody {
		body.Grow(int(n) + bytes.MinRead)
	}
	_, err := body.ReadFrom(response.Body)
	_ = response.Body.Close()
	if err != nil {
		return err
	}
	*into = body.Bytes()
	response.Body, response.ContentLength = http.NoBody, 0
	return nil
}

func isJSON(response *http.Response) bool {
	kind, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	return err == nil && kind == "application/json"
}
