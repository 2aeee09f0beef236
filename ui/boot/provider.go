package boot

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"path/filepath"
	"strconv"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/plaid"
	"bankbook/core/sandbox"
	"bankbook/core/secret"
	"bankbook/storage/settings"
)

// provider returns the bank-data provider of the environment. Without keys for
// Plaid, or with a practice bank whose own file is damaged or in use, or in a copy for a
// reviewer, it is one that is absent, so that what is in the vault can be seen all the same. ctx is that of Open; the practice bank lives
// as long as background.
func (p *Program) provider(ctx, background context.Context, s *Services) (fullProvider, error) {
	if s.reviewCopy {
		return absent{fault.ReviewCopy}, nil
	}
	if s.Env != core.Practice {
		return p.ownPlaid(ctx, s)
	}
	config := p.plaidConfig(s.Env, plaid.Config{})
	var err error
	switch {
	case p.config.PlaidURL != "":
		config.BaseURL, config.Keys = p.config.PlaidURL, p.config.Keys
	default:
		config.BaseURL, config.Keys, err = p.startPractice(background, s)
	}
	if kind := fault.KindOf(err); kind == fault.PracticeDamaged || kind == fault.PracticeInUse {
		p.log.Error("the practice bank does not start", "error", err)
		return absent{kind}, nil
	}
	if err != nil {
		return nil, err
	}
	client, err := plaid.New(config)
	if fault.Is(err, fault.NoKeys) {
		return absent{fault.NoKeys}, nil
	}
	if err != nil {
		return nil, err
	}
	return p.traceBank(client), nil
}

// ownPlaid returns Plaid with the person's own keys.
func (p *Program) ownPlaid(ctx context.Context, s *Services) (fullProvider, error) {
	keys, err := p.plaidKeys(ctx, s.Secrets, s.Env)
	if err != nil {
		return nil, err
	}
	notes, err := s.notes.read()
	if err != nil {
		return nil, err
	}
	return p.plaidBank(s.Env, keys, notes)
}

// startPractice starts the built-in practice bank. Its keys are made up for
// this run: nobody else on the machine may use it.
func (p *Program) startPractice(background context.Context, s *Services) (string, plaid.Keys, error) {
	port := p.current().PracticePort
	config := BankConfig{
		Listen: "127.0.0.1:" + strconv.Itoa(port), ClientID: rand.Text(), Secret: rand.Text(),
		StateFile: filepath.Join(s.dir, "bank.json"), Log: p.log,
	}
	running, err := ServeBank(background, config)
	if port != 0 && errors.Is(err, sandbox.ErrAddress) {
		config.Listen = "127.0.0.1:0"
		running, err = ServeBank(background, config)
	}
	if err != nil {
		return "", plaid.Keys{}, err
	}
	s.practice = running
	keys := plaid.Keys{ClientID: secret.New(config.ClientID), Secret: secret.New(config.Secret)}
	if err := p.keepPort(running.URL()); err != nil {
		// What is lost is the page of a link that is open in a browser now.
		p.log.Warn("the port of the practice bank is not remembered", "error", err)
	}
	return running.URL(), keys, nil
}

// keepPort remembers where the practice bank listens, so that a Hosted Link
// page that is still open in a browser finds it after the next start.
func (p *Program) keepPort(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("boot: address of the practice bank: %w", err)
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		return fmt.Errorf("boot: port of the practice bank: %w", err)
	}
	return p.change(func(s *settings.Settings) { s.PracticePort = port })
}

// BankConfig says how to serve the practice bank.
type BankConfig struct {
	// Listen is a loopback address such as "127.0.0.1:0".
	Listen           string
	ClientID, Secret string
	// StateFile is where the bank is kept; "" is memory only.
	StateFile string
	// Time freezes the bank's clock at an instant; Advance puts it forward.
	Time    time.Time
	Advance time.Duration
	// InitialDelay and HistoryDelay are how long it takes until a new Item's last
	// 30 days, and its whole history, are ready. Zero is the usual time, and less
	// than zero is none at all.
	InitialDelay, HistoryDelay time.Duration
	// KeepItems lets Items live longer than 30 days without a new sign-in.
	KeepItems bool
	// RateLimits refuses requests that come too often for Plaid's sandbox.
	RateLimits bool
	// SingleUsePublicTokens refuses the second exchange of a public token.
	SingleUsePublicTokens bool
	// SettleTransfers lets transfers follow the banking days by themselves.
	SettleTransfers bool
	// Seed chooses the history of new Items.
	Seed int64
	// Log gets one line for each request; nil discards them.
	Log *slog.Logger
}

// ServeBank serves the practice bank until ctx ends or it is closed.
func ServeBank(ctx context.Context, c BankConfig) (*sandbox.Running, error) {
	running, err := sandbox.Listen(ctx, sandbox.Config{
		ClientID: c.ClientID, Secret: c.Secret, StateFile: c.StateFile, Logger: c.Log,
		Start: c.Time, Advance: c.Advance, InitialDelay: c.InitialDelay, HistoryDelay: c.HistoryDelay,
		KeepItems: c.KeepItems, RateLimits: c.RateLimits, SingleUsePublicTokens: c.SingleUsePublicTokens,
		SettleTransfers: c.SettleTransfers, Seed: c.Seed,
	}, c.Listen)
	if err == nil {
		return running, nil
	}
	return nil, fault.New("boot: start the practice bank", practiceKind(err), err)
}

// practiceKind sorts the errors of a practice bank that does not start.
func practiceKind(err error) fault.Kind {
	switch {
	case errors.Is(err, sandbox.ErrState):
		return fault.PracticeDamaged
	case errors.Is(err, sandbox.ErrInUse):
		return fault.PracticeInUse
	case errors.Is(err, sandbox.ErrAddress), errors.Is(err, sandbox.ErrKeys):
		return fault.Invalid
	}
	return fault.OfFile(err)
}
