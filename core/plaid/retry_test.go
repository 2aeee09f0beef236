package plaid_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/plaid"
)

// after is an answer with a Retry-After header.
func after(value string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", value)
		next(w, r)
	}
}

func TestTriesAgain(t *testing.T) {
	limited := plaidError(429, "RATE_LIMIT_EXCEEDED", "ITEM_GET_LIMIT", "")
	for name, bad := range map[string]http.HandlerFunc{
		"429":      limited,
		"429 html": answerAs("text/html", 429, "slow down"),
		"500":      plaidError(500, "API_ERROR", "INTERNAL_SERVER_ERROR", ""),
		"502 html": answerAs("text/html", 502, "<h1>Bad Gateway</h1>"),
		"503":      answer(503, `{}`),
		"hang up":  hangUp,
		"cut body": cut,
	} {
		for method, op := range operations() {
			t.Run(name+"/"+method, func(t *testing.T) {
				b := newBench(t, bad, bad, answer(200, op.good))
				err := op.call(t.Context(), b.Client)
				if op.once && !strings.HasPrefix(name, "429") {
					// A second answer may say that the public token is spent.
					if err == nil || b.tries() != 1 {
						t.Errorf("tried %d times: %v", b.tries(), err)
					}
					return
				}
				lost := name == "hang up" || name == "cut body"
				if op.slow && lost {
					// It may have been carried out, and costs money.
					if err == nil || b.tries() != 1 {
						t.Errorf("tried %d times: %v", b.tries(), err)
					}
					return
				}
				if err != nil || b.tries() != 3 || len(b.pauses) != 2 {
					t.Errorf("tried %d times, paused %d times: %v", b.tries(), len(b.pauses), err)
				}
			})
		}
	}
}

func TestGivesUp(t *testing.T) {
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		kind    fault.Kind
		tries   int
	}{
		"always 500":        {answer(500, `{}`), fault.BankDown, 4},
		"always 429":        {answer(429, `{}`), fault.RateLimit, 4},
		"always hangs up":   {hangUp, fault.Network, 4},
		"always cut":        {cut, fault.Nonsense, 4},
		"credits exhausted": {plaidError(429, "RATE_LIMIT_EXCEEDED", "CREDITS_EXHAUSTED", ""), fault.Unsupported, 1},
		"institution down":  {plaidError(400, "INSTITUTION_ERROR", "INSTITUTION_DOWN", ""), fault.BankDown, 1},
		"400":               {plaidError(400, "INVALID_REQUEST", "INVALID_BODY", ""), fault.Refused, 1},
		"401":               {answer(401, `{}`), fault.Nonsense, 1},
		"404 html":          {answerAs("text/html", 404, ""), fault.Nonsense, 1},
		"nonsense":          {answer(200, `{`), fault.Nonsense, 1},
		"ten megabytes":     {long, fault.Nonsense, 1},
		"announced long":    {declaredLong, fault.Nonsense, 1},
		"asks for an hour":  {after("3600", answer(429, `{}`)), fault.RateLimit, 1},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, c.handler)
			assertFault(t, operations()["Item"].call(t.Context(), b.Client), c.kind)
			if b.tries() != c.tries {
				t.Errorf("tried %d times, want %d", b.tries(), c.tries)
			}
		})
	}
}

func TestPauses(t *testing.T) {
	ms := time.Millisecond
	for name, c := range map[string]struct {
		rand    float64
		tries   int
		handler http.HandlerFunc
		want    []time.Duration
	}{
		"middle":          {0.5, 4, answer(503, `{}`), []time.Duration{250 * ms, 500 * ms, 1000 * ms}},
		"least":           {0, 3, answer(503, `{}`), []time.Duration{0, 0}},
		"bounded":         {1, 8, answer(503, `{}`), []time.Duration{500 * ms, 1000 * ms, 2000 * ms, 4000 * ms, 8000 * ms, 10000 * ms, 10000 * ms}},
		"once":            {0.5, 1, answer(503, `{}`), nil},
		"seconds":         {0.5, 2, after("7", answer(429, `{}`)), []time.Duration{7000 * ms}},
		"shorter seconds": {1, 2, after("0", answer(429, `{}`)), []time.Duration{500 * ms}},
		"date":            {0.5, 2, after(now.Add(9*time.Second).Format(http.TimeFormat), answer(429, `{}`)), []time.Duration{9000 * ms}},
		"past date":       {0.5, 2, after(now.Add(-time.Hour).Format(http.TimeFormat), answer(429, `{}`)), []time.Duration{250 * ms}},
		"no date":         {0.5, 2, after("soon", answer(429, `{}`)), []time.Duration{250 * ms}},
		"negative":        {0.5, 2, after("-5", answer(429, `{}`)), []time.Duration{250 * ms}},
		"for ever":        {0.5, 2, after("99999999999999999999", answer(429, `{}`)), []time.Duration{250 * ms}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBenchWith(t, plaid.Config{Tries: c.tries, Rand: func() float64 { return c.rand }}, c.handler)
			if err := operations()["Item"].call(t.Context(), b.Client); err == nil {
				t.Fatal("no error")
			}
			if !slices.Equal(b.pauses, c.want) {
				t.Errorf("paused %v, want %v", b.pauses, c.want)
			}
		})
	}
}

// Without a Sleep of the test's own the pause is real, and ends with the
// context.
func TestPauseEndsWithContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	b := newBenchWith(t, plaid.Config{Sleep: func(ctx context.Context, _ time.Duration) error {
		cancel()
		return plaid.Sleep(ctx, time.Hour)
	}}, answer(503, `{}`))
	assertFault(t, operations()["Item"].call(ctx, b.Client), fault.Canceled)
	if b.tries() != 1 {
		t.Errorf("tried %d times", b.tries())
	}
	if err := plaid.Sleep(t.Context(), 0); err != nil {
		t.Errorf("a pause of nothing: %v", err)
	}
}

// A server that begins to answer and stops ends each try at its timeout.
func TestSlowServer(t *testing.T) {
	for method, op := range operations() {
		t.Run(method, func(t *testing.T) {
			b := newBenchWith(t, plaid.Config{Timeout: 20 * time.Millisecond, Tries: 2}, hang)
			assertFault(t, op.call(t.Context(), b.Client), fault.Network)
			want := 1
			if op.slow || op.once {
				want = 0
			}
			if len(b.pauses) != want {
				t.Errorf("paused %d times, want %d", len(b.pauses), want)
			}
		})
	}
}

// deadlines is a transport that notes how long a request may take.
type deadlines struct{ granted []time.Duration }

func (d *deadlines) RoundTrip(r *http.Request) (*http.Response, error) {
	at, _ := r.Context().Deadline()
	d.granted = append(d.granted, time.Until(at).Round(10*time.Second))
	return nil, errUnplugged
}

// Where the bank is asked first, the answer takes longer.
func TestTimeouts(t *testing.T) {
	for name, op := range operations() {
		d := &deadlines{}
		client, err := plaid.New(plaid.Config{
			Env: core.Practice, BaseURL: "http://127.0.0.1:9", Keys: keys(), HTTP: &http.Client{Transport: d}, Tries: 1,
		})
		if err != nil {
			t.Fatal(err)
		}
		assertFault(t, op.call(t.Context(), client), fault.Network)
		want := 30 * time.Second
		if op.slow {
			want = 90 * time.Second
		}
		if len(d.granted) != 1 || d.granted[0] != want {
			t.Errorf("%s may take %v, want %v", name, d.granted, want)
		}
	}
}

// The caller's own deadline is the network's fault, its cancellation is not.
func TestCallersContext(t *testing.T) {
	b := newBench(t, hang)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	assertFault(t, operations()["Item"].call(ctx, b.Client), fault.Network)

	ctx, stop := context.WithCancel(t.Context())
	b = newBench(t, func(w http.ResponseWriter, r *http.Request) {
		stop()
		hang(w, r)
	})
	assertFault(t, operations()["Item"].call(ctx, b.Client), fault.Canceled)
	if b.tries() != 1 {
		t.Errorf("tried %d times", b.tries())
	}
}
