package schedule

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"bankbook/core/fault"
)

// Plan is what the person has set.
type Plan struct {
	// Every is how long after a success a bank is synced again; 0 is never.
	Every time.Duration
	// OnBattery and OnMetered allow it while the machine runs on its battery, and
	// while the network costs by the byte.
	OnBattery, OnMetered bool
	// Notify allows notifications about banks that need the person.
	Notify bool
}

// The bounds of Plan.Every: the providers themselves ask the banks a few times a
// day, and a person who looks once a month does so by hand.
const (
	Shortest = 15 * time.Minute
	Longest  = 31 * 24 * time.Hour
)

// Default is the plan of a person who has set nothing. Every six hours, because
// Plaid asks most banks one to four times a day, and whoever asks it more often hears
// the same. On battery too, because a sync is a few small requests; not on a metered
// network, because that can be somebody else's telephone, and money.
func Default() Plan {
	return Plan{Every: 6 * time.Hour, OnBattery: true, Notify: true}
}

// Validate returns a fault of kind Invalid for a plan that nobody can keep to.
func (p Plan) Validate() error {
	if p.Every != 0 && (p.Every < Shortest || p.Every > Longest) {
		return fault.New("schedule", fault.Invalid, fmt.Errorf("between two syncs there are %v to %v, or there is no sync at all", Shortest, Longest))
	}
	return nil
}

// plan is a Plan as it is kept.
type plan struct {
	Seconds   int64 `json:"every_seconds"`
	OnBattery bool  `json:"on_battery"`
	OnMetered bool  `json:"on_metered"`
	Notify    bool  `json:"notify"`
}

// Pack returns the plan as it is kept.
func (p Plan) Pack() string {
	text, err := json.Marshal(plan{int64(p.Every / time.Second), p.OnBattery, p.OnMetered, p.Notify})
	if err != nil {
		return "" // numbers and flags: it cannot fail
	}
	return string(text)
}

// Unpack reads what Pack has written. What it cannot read, and nothing at all, is the
// Default: these choices cost a click.
func Unpack(text string) Plan {
	p := Default()
	var kept plan
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return p
	}
	p = Plan{time.Duration(kept.Seconds) * time.Second, kept.OnBattery, kept.OnMetered, kept.Notify}
	if p.Validate() != nil {
		return Default()
	}
	return p
}

// Power is what the system tells of the machine. What it does not tell is false.
type Power struct {
	// Battery says that the machine runs on its battery.
	Battery bool
	// Metered says that the network costs by the byte.
	Metered bool
}

// Quiet is why nothing is done although something is due.
type Quiet string

// The reasons.
const (
	// NotQuiet means that nothing keeps it from being done.
	NotQuiet Quiet = ""
	// ForBattery means that the machine runs on its battery.
	ForBattery Quiet = "battery"
	// ForMetered means that the network costs by the byte.
	ForMetered Quiet = "metered"
)

// Quiet tells why nothing is done while the machine is in this state.
func (p Plan) Quiet(now Power) Quiet {
	switch {
	case now.Battery && !p.OnBattery:
		return ForBattery
	case now.Metered && !p.OnMetered:
		return ForMetered
	}
	return NotQuiet
}

// Outlook is what comes next.
type Outlook struct {
	Plan Plan
	// Sync is when a bank is synced next; it can be past, and is zero if none is.
	Sync time.Time
	// Quiet is why what is due is not done now.
	Quiet Quiet
}

// errNoEvery is the reason for a fault of kind Invalid.
var errNoEvery = errors.New("say never, or how often, such as 1h, 6h or 24h")

// ParseEvery reads how often, as a person types it: "never", "90m", "6h", "2d". The
// fault is of kind Invalid.
func ParseEvery(text string) (time.Duration, error) {
	if text == "never" {
		return 0, nil
	}
	d, err := time.ParseDuration(text)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		var n int
		n, err = strconv.Atoi(days)
		d = time.Duration(min(n, int(2*Longest/day))) * day
	}
	if err != nil || d <= 0 {
		return 0, fault.New("schedule: every", fault.Invalid, errNoEvery)
	}
	return d, Plan{Every: d}.Validate()
}
