package sandbox

import (
	"errors"
	"log/slog"
	"time"
)

// Config says how the practice bank behaves. ClientID and Secret are required.
type Config struct {
	// ClientID and Secret are the keys that a client has to send.
	ClientID, Secret string
	// StateFile is where the state is kept; "" keeps it in memory only.
	StateFile string
	// Now is real time, from which the practice bank's own clock is set; nil is
	// time.Now.
	Now func() time.Time
	// After is how the practice bank waits; nil is time.After.
	After func(time.Duration) <-chan time.Time
	// Start freezes the clock of a new practice bank at an instant; one whose
	// state shows a later time keeps that. Zero is the time of the state, or real
	// time. Advance puts the clock forward by so much at every start.
	Start   time.Time
	Advance time.Duration
	// KeepItems lets Items live without a new sign-in. If it is not set, an Item
	// wants one 30 days after the last, as in Plaid's sandbox.
	KeepItems bool
	// RateLimits refuses requests that come too often for Plaid's sandbox.
	RateLimits bool
	// InitialDelay and HistoryDelay are the times from an Item's creation until
	// its first 30 days, and its whole history, are ready. Zero stands for one
	// and three seconds; Immediately for none at all.
	InitialDelay, HistoryDelay time.Duration
	// SingleUsePublicTokens refuses the second exchange of a public token. If it
	// is not set, the second gives the same access token as the first (whether
	// Plaid does is not documented, PLAID §8).
	SingleUsePublicTokens bool
	// SettleTransfers lets transfers, refunds and sweeps follow the banking days by
	// themselves. If it is not set they wait for a simulation, as at Plaid.
	SettleTransfers bool
	// Seed chooses the history of the Items that are made from now on.
	Seed int64
	// Products and Countries are what the keys allow; none means all that the
	// practice bank has.
	Products, Countries []string
	// Logger gets one line per request: method, path, status, request id and
	// error code. Nil discards them.
	Logger *slog.Logger
}

// ErrKeys is the error of a Config without ClientID or Secret.
var ErrKeys = errors.New("sandbox: client id and secret are required")

// Immediately is an InitialDelay or HistoryDelay of nothing.
const Immediately time.Duration = -1

// The delays of a Config that names none.
const (
	defaultInitialDelay = time.Second
	defaultHistoryDelay = 3 * time.Second
)

// complete checks c and fills what was left out.
func (c Config) complete() (Config, error) {
	if c.ClientID == "" || c.Secret == "" {
		return c, ErrKeys
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.After == nil {
		c.After = time.After
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	c.InitialDelay = delay(c.InitialDelay, defaultInitialDelay)
	c.HistoryDelay = max(delay(c.HistoryDelay, defaultHistoryDelay), c.InitialDelay)
	return c, nil
}

func delay(set, standard time.Duration) time.Duration {
	switch {
	case set == 0:
		return standard
	case set < 0:
		return 0
	}
	return set
}
