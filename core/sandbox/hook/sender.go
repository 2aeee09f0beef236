package hook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"syscall"
	"time"
)

// Header is the one that holds the JWT.
const Header = "Plaid-Verification"

// Delivery is a webhook on its way.
type Delivery struct {
	URL  string
	Body []byte
	Key  Key
}

// Config says how a Sender works.
type Config struct {
	// Now is real time, which receivers compare the signature's time with.
	Now func() time.Time
	// After is time.After, or what a test has in its place.
	After func(time.Duration) <-chan time.Time
	// Logger gets one line per attempt, without the address's path.
	Logger *slog.Logger
}

// queueLength is how many webhooks can be on their way; more are dropped.
const queueLength = 1024

// Sender delivers webhooks one after the other. A receiver that does not accept
// one does not hold up the others for longer than an attempt takes.
type Sender struct {
	cfg    Config
	client *http.Client
	queue  chan attempt
	// slots has one element for every webhook that is on its way.
	slots chan struct{}
	ctx   context.Context
	stop  context.CancelFunc
	start sync.Once
	tasks sync.WaitGroup
}

// attempt is a try at a delivery; wait is how long the last wait was.
type attempt struct {
	Delivery
	wait, waited time.Duration
}

// The times of Plaid's retries.
const (
	answerTimeout = 10 * time.Second
	firstWait     = 30 * time.Second
	waitFactor    = 4
	giveUpAfter   = 24 * time.Hour
)

// NewSender returns a Sender. It does nothing until the first Send.
func NewSender(cfg Config) *Sender {
	ctx, stop := context.WithCancel(context.Background())
	dialer := &net.Dialer{Timeout: answerTimeout, Control: onlyLoopback}
	return &Sender{
		cfg: cfg, queue: make(chan attempt, queueLength), slots: make(chan struct{}, queueLength), ctx: ctx, stop: stop,
		client: &http.Client{
			Timeout: answerTimeout,
			// No proxy, and no redirect: either could lead off this machine.
			Transport:     &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// Deliverable reports whether a webhook for the address would be sent.
func Deliverable(address string) bool {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return false
	}
	if u.Hostname() == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return err == nil && ip.IsLoopback()
}

// Send sends a webhook in the background. It never waits: if too many are on
// their way, or the address is not on this machine, it is dropped.
func (s *Sender) Send(d Delivery) {
	if !Deliverable(d.URL) {
		return
	}
	select {
	case s.slots <- struct{}{}:
	default:
		s.cfg.Logger.Warn("practice bank: a webhook is dropped, too many are on their way")
		return
	}
	s.start.Do(func() { s.tasks.Go(s.work) })
	s.queue <- attempt{Delivery: d} // has room: there are as many places as slots
}

// Close drops what is on its way and returns when nothing is under way.
func (s *Sender) Close() {
	s.stop()
	s.start.Do(func() {}) // no worker from now on
	s.tasks.Wait()
}

func (s *Sender) work() {
	for {
		select {
		case <-s.ctx.Done():
			return
		case a := <-s.queue:
			s.try(a)
		}
	}
}

func (s *Sender) try(a attempt) {
	err := s.post(a.Delivery)
	next := firstWait
	if a.wait > 0 {
		next = a.wait * waitFactor
	}
	switch {
	case err == nil, s.ctx.Err() != nil:
		<-s.slots
	case a.waited+next > giveUpAfter:
		s.cfg.Logger.Warn("practice bank: a webhook is given up", "error", err.Error())
		<-s.slots
	default:
		s.cfg.Logger.Info("practice bank: a webhook is tried again", "after", next.String(), "error", err.Error())
		s.tasks.Go(func() { s.later(attempt{a.Delivery, next, a.waited + next}) })
	}
}

func (s *Sender) later(a attempt) {
	select {
	case <-s.ctx.Done():
	case <-s.cfg.After(a.wait):
		s.queue <- a
	}
}

// post makes one attempt. Its error does not tell the address, which may be a
// secret.
func (s *Sender) post(d Delivery) error {
	jwt, err := d.Key.Sign(d.Body, s.cfg.Now())
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(s.ctx, http.MethodPost, d.URL, bytes.NewReader(d.Body))
	if err != nil {
		return errors.New("hook: no valid address")
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(Header, jwt)
	resp, err := s.client.Do(req)
	if err != nil {
		return errors.New("hook: no answer")
	}
	_, _ = io.CopyN(io.Discard, resp.Body, 1<<16)
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("hook: answered with %d", resp.StatusCode)
	}
	return nil
}

// onlyLoopback refuses to connect to another machine, whatever "localhost" is
// said to be.
func onlyLoopback(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !at.Addr().Unmap().IsLoopback() {
		return errors.New("hook: not on this machine")
	}
	return nil
}
