package plaid

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"bankbook/core/bank"
	"bankbook/core/fault"
)

const (
	// firstPause bounds the pause before the second try; it doubles with each.
	firstPause = 500 * time.Millisecond
	// longestPause bounds every pause that the server does not ask for itself.
	longestPause = 10 * time.Second
	// longestWish is the longest pause that a server's Retry-After is granted.
	longestWish = time.Minute
)

// request says how one endpoint is called.
type request struct {
	// op names it in errors, in the form "plaid: sync".
	op string
	// slow gives it three times the time, for an answer that the bank is asked
	// for. A slow request costs its person money or quota, so it is not sent again
	// when it is unknown whether it was carried out.
	slow bool
	// once is for a request whose answer may exist only once: unless the provider
	// says that it was not carried out, whoever asked has to know before it is
	// sent again.
	once bool
}

// final reports whether a request that failed is not to be sent again here.
func (r request) final(f *failure) bool {
	return r.slow && f.lost || r.once && f.Kind != fault.RateLimit
}

// answer is a response type of plaid-go. Every one of Plaid's answers has a
// request id: one without is not Plaid's.
type answer[T any] interface {
	*T
	GetRequestId() string
}

// call sends one request until it succeeds, fails for good, or has been tried
// often enough. Errors are fault.Errors.
func call[T any, P answer[T]](ctx context.Context, c *Client, r request, send func(context.Context) (T, *http.Response, error)) (T, error) {
	got, failed := callRaw(ctx, c, r, send)
	if failed != nil {
		return got, failed.Error
	}
	id := P(&got).GetRequestId()
	if id == "" {
		var none T
		return none, nonsense(r.op, "", "the answer has no request id")
	}
	bank.Answered(ctx, requestID(id))
	return got, nil
}

// callRaw is call without the look at the answer. It returns the whole failure.
func callRaw[T any](ctx context.Context, c *Client, r request, send func(context.Context) (T, *http.Response, error)) (T, *failure) {
	timeout := c.config.Timeout
	if r.slow {
		timeout *= 3
	}
	for tried := 1; ; tried++ {
		try, cancel := context.WithTimeout(ctx, timeout)
		got, response, err := send(try)
		cancel()
		if err == nil {
			return got, nil
		}
		if ctx.Err() != nil {
			return got, ended(ctx, r)
		}
		failed := c.read(r.op, response, err)
		bank.Answered(ctx, failed.RequestID)
		pause, wanted := c.pause(tried, failed)
		if !wanted || r.final(failed) {
			return got, failed
		}
		if err := c.config.Sleep(ctx, pause); err != nil {
			return got, ended(ctx, r)
		}
	}
}

// ended is the failure of a call whose context is over.
func ended(ctx context.Context, r request) *failure {
	return &failure{Error: fault.New(r.op, fault.KindOf(ctx.Err()), ctx.Err())}
}

// pause returns how long to wait before the next try, if there is to be one:
// exponential back-off with full jitter, and no less than the server asks for.
func (c *Client) pause(tried int, failed *failure) (time.Duration, bool) {
	if !failed.again || tried >= c.config.Tries {
		return 0, false
	}
	bound := min(firstPause<<min(tried-1, 16), longestPause)
	pause := time.Duration(c.config.Rand() * float64(bound))
	wish := c.retryAfter(failed.header)
	return max(pause, wish), wish <= longestWish
}

// retryAfter reads the header of that name: seconds, or a date.
func (c *Client) retryAfter(header http.Header) time.Duration {
	text := header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(at.Sub(c.config.Now()), 0)
	}
	return 0
}
