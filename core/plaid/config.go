package plaid

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/plaid/plaid-go/v20/plaid"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// Keys are a person's own Plaid credentials.
type Keys struct {
	ClientID secret.Text
	Secret   secret.Text
}

// Config is what a Client is made of. Env and Keys must be given, and BaseURL
// for the practice bank; every other field has a default.
type Config struct {
	Env core.Environment
	// BaseURL is where the practice bank listens, such as
	// "http://127.0.0.1:8123": a loopback address by number. It must be empty for
	// the other environments, which are at Plaid's own addresses.
	BaseURL string
	Keys    Keys

	// ClientName is what Hosted Link calls this program; at most 30 characters.
	ClientName string
	// Language is that of the Hosted Link pages; "en" if empty.
	Language string
	// Countries are those whose banks are offered; "US" alone if empty.
	Countries []string
	// Products are those that the keys allow; empty if that is not known. Products
	// that a bank may lack are not asked for if the keys do not allow them.
	Products []core.Product

	// HTTP sends the requests. Its redirect policy is replaced and its transport
	// wrapped; the given client itself is not changed. nil means one with
	// TLS 1.2 or later and short connection timeouts.
	HTTP *http.Client
	// Timeout bounds one try; three times as much is allowed where Plaid asks the
	// bank first (balances and refresh). 30 s if zero.
	Timeout time.Duration
	// Tries bounds how often one request is sent; 4 if zero.
	Tries int

	// Now, Sleep and Rand are the clock, a pause that ends early with the
	// context, and a number in [0, 1). They are here for tests.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error
	Rand  func() float64
}

// Client talks to Plaid, or to the practice bank. It is safe for concurrent
// use.
type Client struct {
	config Config
	api    *plaid.PlaidApiService
	// base is where the API is.
	base *url.URL
	// countries are Config.Countries in plaid-go's type.
	countries []plaid.CountryCode
}

var (
	_ bank.Provider      = (*Client)(nil)
	_ bank.InstantLinker = (*Client)(nil)
)

// New returns a Client. Its errors are of the kinds NoKeys, if keys are
// missing, and Invalid.
func New(config Config) (*Client, error) {
	const op = "plaid: new"
	base, err := baseURL(config.Env, config.BaseURL)
	if err != nil {
		return nil, fault.New(op, fault.Invalid, err)
	}
	if config.Keys.ClientID.IsEmpty() || config.Keys.Secret.IsEmpty() {
		return nil, fault.New(op, fault.NoKeys, nil)
	}
	config = withDefaults(config)

	settings := plaid.NewConfiguration()
	settings.UseEnvironment(plaid.Environment(base.String()))
	settings.HTTPClient = guarded(config.HTTP, config.Keys)
	c := &Client{config: config, api: plaid.NewAPIClient(settings).PlaidApi, base: base}
	for _, country := range config.Countries {
		c.countries = append(c.countries, plaid.CountryCode(country))
	}
	return c, nil
}

func withDefaults(config Config) Config {
	if config.ClientName == "" {
		config.ClientName = "Bankbook"
	}
	if config.Language == "" {
		config.Language = "en"
	}
	if len(config.Countries) == 0 {
		config.Countries = []string{"US"}
	}
	if config.HTTP == nil {
		config.HTTP = &http.Client{Transport: newTransport()}
	}
	if config.Timeout <= 0 {
		config.Timeout = 30 * time.Second
	}
	if config.Tries <= 0 {
		config.Tries = 4
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	if config.Sleep == nil {
		config.Sleep = sleep
	}
	if config.Rand == nil {
		config.Rand = rand.Float64
	}
	return config
}

// baseURL returns the address of an environment. Keys and tokens go there, so
// nothing but Plaid itself and this machine is accepted.
func baseURL(env core.Environment, given string) (*url.URL, error) {
	switch env {
	case core.Practice:
		return loopbackURL(given)
	case core.Sandbox, core.Production:
		if given != "" {
			return nil, errors.New("the base URL of this environment cannot be changed")
		}
		own := plaid.Sandbox
		if env == core.Production {
			own = plaid.Production
		}
		return url.Parse(string(own))
	}
	return nil, errors.New("no such environment")
}

// loopbackURL accepts http://ADDRESS:PORT with a loopback address by number: a
// name could lead elsewhere.
func loopbackURL(given string) (*url.URL, error) {
	parsed, err := url.Parse(given)
	if err != nil {
		return nil, errors.New("the base URL is not a URL")
	}
	if plain := (&url.URL{Scheme: "http", Host: parsed.Host}).String(); given != plain && given != plain+"/" {
		return nil, errors.New("the base URL is not of the form http://127.0.0.1:PORT")
	}
	if !isLoopback(parsed) {
		return nil, errors.New("the practice bank is not on a loopback address")
	}
	return &url.URL{Scheme: "http", Host: parsed.Host}, nil
}

func isLoopback(u *url.URL) bool {
	address, err := netip.ParseAddr(u.Hostname())
	return err == nil && address.IsLoopback()
}

// sleep waits for d, or until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
