package hook

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

var now = time.Date(2026, time.November, 21, 9, 30, 0, 0, time.UTC)

// verify checks a JWT as Plaid tells its clients to, and returns the claims.
func verify(t *testing.T, jwt string, key JWK, body []byte) {
	t.Helper()
	parts := strings.Split(jwt, ".")
	if len(parts) != 3 {
		t.Fatalf("not a JWT: %q", jwt)
	}
	raw := func(text string) []byte {
		out, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	var header struct{ Alg, Kid, Typ string }
	var claims struct {
		Iat  int64
		Body string `json:"request_body_sha256"`
	}
	if json.Unmarshal(raw(parts[0]), &header) != nil || json.Unmarshal(raw(parts[1]), &claims) != nil {
		t.Fatalf("not a JWT: %q", jwt)
	}
	if header.Alg != "ES256" || header.Typ != "JWT" || header.Kid != key.ID {
		t.Errorf("header %+v", header)
	}
	if sum := sha256.Sum256(body); claims.Iat != now.Unix() || claims.Body != hex.EncodeToString(sum[:]) {
		t.Errorf("claims %+v", claims)
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, raw(key.X)...), raw(key.Y)...))
	if err != nil {
		t.Fatal(err)
	}
	digest, signature := sha256.Sum256([]byte(parts[0]+"."+parts[1])), raw(parts[2])
	if len(signature) != 64 || !ecdsa.Verify(public, digest[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		t.Error("the signature is wrong")
	}
}

func newKey(t *testing.T) (Key, JWK) {
	t.Helper()
	key, err := NewKey("one", now)
	if err != nil {
		t.Fatal(err)
	}
	public, err := key.JWK()
	if err != nil {
		t.Fatal(err)
	}
	return key, public
}

func TestSignatureVerifies(t *testing.T) {
	key, public := newKey(t)
	for _, body := range []string{"", "{}", `{"webhook_code":"ERROR"}`} {
		for range 50 { // r and s have leading zeros now and then
			jwt, err := key.Sign([]byte(body), now)
			if err != nil {
				t.Fatal(err)
			}
			verify(t, jwt, public, []byte(body))
		}
	}
	raw, err := json.Marshal(key)
	if err != nil {
		t.Fatal(err)
	}
	var kept Key
	if err := json.Unmarshal(raw, &kept); err != nil {
		t.Fatal(err)
	}
	jwt, err := kept.Sign([]byte("x"), now)
	if err != nil {
		t.Fatal(err)
	}
	verify(t, jwt, public, []byte("x"))
}

func TestExpiredKeySaysSo(t *testing.T) {
	key, public := newKey(t)
	if public.Expired != nil || public.Created != now.Unix() {
		t.Errorf("%+v", public)
	}
	key.Expired = now.Add(time.Hour)
	public, err := key.JWK()
	if err != nil || public.Expired == nil || *public.Expired != now.Add(time.Hour).Unix() {
		t.Errorf("%+v %v", public, err)
	}
}

func TestOnlyThisMachineIsCalled(t *testing.T) {
	for address, want := range map[string]bool{
		"http://127.0.0.1:8080/x": true, "http://localhost/x": true, "https://localhost:1/": true, "http://[::1]:9/": true,
		"http://127.1.2.3/": true, "https://example.com/": false, "http://10.0.0.1/": false, "http://localhost.example.com/": false,
		"ftp://127.0.0.1/": false, "127.0.0.1": false, "": false, "http://": false, "http://0.0.0.0/": false,
		"http://169.254.169.254/": false, "http://user@127.0.0.1@example.com/": false,
	} {
		if Deliverable(address) != want {
			t.Errorf("%q: %v", address, !want)
		}
	}
	if onlyLoopback("tcp", "93.184.216.34:80", nil) == nil || onlyLoopback("tcp4", "127.0.0.1:80", nil) != nil {
		t.Error("the dialer's check is wrong")
	}
}

// receiver is a client's webhook endpoint; timer hands out what a Sender waits
// for.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	status []int
	got    chan []byte
	jwts   chan string
}

func newReceiver(t *testing.T, status ...int) *receiver {
	r := &receiver{status: status, got: make(chan []byte, 100), jwts: make(chan string, 100)}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			t.Error(err)
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		if len(r.status) > 0 {
			w.WriteHeader(r.status[0])
			r.status = r.status[1:]
		}
		r.jwts <- req.Header.Get(Header)
		r.got <- body
	}))
	t.Cleanup(r.Close)
	return r
}

// timer is a clock of which every wait is seen, and ends when the test says so.
type timer struct {
	asked chan time.Duration
	ring  chan time.Time
}

func newSender(t *testing.T) (*Sender, timer) {
	clock := timer{make(chan time.Duration, 100), make(chan time.Time)}
	s := NewSender(Config{
		Now: func() time.Time { return now }, Logger: slog.New(slog.DiscardHandler),
		After: func(d time.Duration) <-chan time.Time {
			clock.asked <- d
			return clock.ring
		},
	})
	t.Cleanup(s.Close)
	return s, clock
}

func TestDeliveryIsSignedAndInOrder(t *testing.T) {
	key, public := newKey(t)
	r := newReceiver(t)
	s, _ := newSender(t)
	for _, body := range []string{"1", "2", "3"} {
		s.Send(Delivery{r.URL, []byte(body), key})
	}
	for _, want := range []string{"1", "2", "3"} {
		jwt, body := <-r.jwts, <-r.got
		if string(body) != want {
			t.Errorf("%s, want %s", body, want)
		}
		verify(t, jwt, public, body)
	}
}

func TestRetriesWaitFourTimesAsLongUntilADayIsOver(t *testing.T) {
	key, _ := newKey(t)
	r := newReceiver(t, 500, 404, 204, 302, 503, 500, 500, 500, 500)
	s, clock := newSender(t)
	s.Send(Delivery{r.URL, []byte("x"), key})
	var waits []time.Duration
	for range 6 {
		<-r.got
		waits = append(waits, <-clock.asked)
		clock.ring <- now
	}
	<-r.got // the last attempt
	want := 30 * time.Second
	for i, w := range waits {
		if w != want {
			t.Errorf("wait %d is %v, want %v", i, w, want)
		}
		want *= 4
	}
	s.Close()
	if len(s.slots) != 0 || len(clock.asked) != 0 {
		t.Errorf("it is not given up: %d on the way, %d waits", len(s.slots), len(clock.asked))
	}
}

func TestAcceptedAfterARetryIsDone(t *testing.T) {
	key, _ := newKey(t)
	r := newReceiver(t, 500)
	s, clock := newSender(t)
	s.Send(Delivery{r.URL, []byte("x"), key})
	<-r.got
	<-clock.asked
	s.Send(Delivery{r.URL, []byte("y"), key}) // is not held up
	if body := <-r.got; string(body) != "y" {
		t.Errorf("got %s", body)
	}
	clock.ring <- now
	if body := <-r.got; string(body) != "x" {
		t.Errorf("got %s", body)
	}
	s.Close()
	if len(clock.asked) != 0 {
		t.Error("it is tried once more")
	}
}

func TestTooManyAreDropped(t *testing.T) {
	key, _ := newKey(t)
	hold := make(chan struct{})
	var mu sync.Mutex
	got := 0
	r := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		mu.Lock()
		got++
		mu.Unlock()
		<-hold
	}))
	defer r.Close()
	defer close(hold)
	s, _ := newSender(t)
	for range queueLength + 50 {
		s.Send(Delivery{r.URL, []byte("x"), key})
	}
	if len(s.slots) != queueLength {
		t.Errorf("%d on the way", len(s.slots))
	}
	s.Close() // does not wait for the receiver
	s.Send(Delivery{r.URL, []byte("x"), key})
	mu.Lock()
	defer mu.Unlock()
	if got > 1 {
		t.Errorf("%d attempts at once", got)
	}
}
