package boot

import (
	"context"
	"errors"
	"slices"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/fault"
	"bankbook/core/notice"
	"bankbook/core/schedule"
	"bankbook/storage/power"
)

// The settings of a vault that hold the plan, and what the person has been told.
const (
	planSetting = "schedule"
	toldSetting = "told"
)

// Schedule says when banks are synced without being asked for.
type Schedule struct{ s *Services }

// Schedule returns what says when banks are synced without being asked for.
func (s *Services) Schedule() Schedule { return Schedule{s} }

// Plan returns what the person has set.
func (c Schedule) Plan() (schedule.Plan, error) {
	text, _, err := c.s.Vault.Setting(planSetting)
	return schedule.Unpack(text), err
}

// SetPlan keeps another plan and goes by it at once. One that nobody can keep to is
// a fault of kind Invalid.
func (c Schedule) SetPlan(p schedule.Plan) error {
	if err := p.Validate(); err != nil {
		return err
	}
	if err := c.s.Vault.PutSetting(planSetting, p.Pack()); err != nil {
		return err
	}
	c.s.clockwork.Poke()
	return nil
}

// Upcoming returns what is to be done for each bank that there is something to do
// for, the soonest first.
func (c Schedule) Upcoming() ([]schedule.Due, error) { return c.s.clockwork.Upcoming() }

// Outlook tells what comes next. If something is due, it asks the system why that is
// not done, which can take a few seconds.
func (c Schedule) Outlook(ctx context.Context) (schedule.Outlook, error) {
	plan, err := c.Plan()
	o := schedule.Outlook{Plan: plan}
	if err != nil {
		return o, err
	}
	list, err := c.Upcoming()
	if at := slices.IndexFunc(list, func(d schedule.Due) bool { return d.Deed == schedule.Sync }); at >= 0 {
		o.Sync = list[at].At
		if o.Sync.IsZero() { // never synced
			o.Sync = c.s.Now()
		}
		if !o.Sync.After(c.s.Now()) {
			o.Quiet = plan.Quiet(c.s.program.config.Power(ctx))
		}
	}
	return o, err
}

// TellsMetered reports whether this system tells that a network costs by the byte.
func (Schedule) TellsMetered() bool { return power.TellsMetered() }

// Teller tells a person who does not look at the window.
type Teller interface {
	// InFront reports whether the person looks at the window.
	InFront() bool
	// Tell tells of banks that wait for the person. It is called by a worker.
	Tell(news []notice.News)
}

// Start begins to go by the schedule, in the background and until Close.
func (c Schedule) Start(teller Teller) {
	if c.s.unwind != nil {
		return
	}
	c.s.teller = teller
	c.s.unwind = c.s.clockwork.Start()
}

// newClockwork makes what goes by the schedule.
func (s *Services) newClockwork() *schedule.Driver {
	return schedule.New(schedule.Deps{
		Items: s.scheduled, Plan: s.Schedule().Plan, Banks: byItself{s}, Past: s.Vault, Power: s.program.config.Power, Events: s.Events,
		Clock: s.program.config.Clock, Looked: s.lookAround,
	})
}

// stopClockwork ends what Start began.
func (s *Services) stopClockwork() {
	if s.unwind != nil {
		s.unwind()
	}
}

// scheduled lists the banks whose profiles are not put away. A copy for a reviewer
// reaches none.
func (s *Services) scheduled() ([]core.Item, error) {
	if s.reviewCopy {
		return nil, nil
	}
	return s.present(s.Books("").view)
}

// byItself is what syncs banks without being asked for.
type byItself struct{ s *Services }

// Sync brings a bank up to date.
func (b byItself) Sync(ctx context.Context, id core.ItemID) error {
	return b.s.Sync.Sync(activity.Unasked(ctx), id)
}

// Check asks how a connection stands.
func (b byItself) Check(ctx context.Context, id core.ItemID) error {
	return b.s.Sync.Check(activity.Unasked(ctx), id)
}

// Running returns the banks that are being synced now.
func (b byItself) Running() []core.ItemID { return b.s.Sync.Running() }

// lookAround sees what has changed, at least every few minutes.
func (s *Services) lookAround(ctx context.Context) {
	s.LookAtKeys(ctx)
	s.lookForNews(ctx)
}

// lookForNews tells the person of banks that wait for them, each once. A person who
// looks at the window sees it there.
func (s *Services) lookForNews(context.Context) {
	news, err := s.takeNews()
	if err != nil {
		s.program.log.Warn("no news", "fault", string(fault.KindOf(err)), "error", err)
		return
	}
	plan, err := s.Schedule().Plan()
	if err != nil || !plan.Notify || len(news) == 0 || s.teller == nil || s.teller.InFront() {
		return
	}
	s.teller.Tell(news)
}

// takeNews returns what there is to tell, and keeps that it has been told: a program
// that ends in between has told it for nothing, which is better than twice.
func (s *Services) takeNews() ([]notice.News, error) {
	items, err := s.scheduled()
	if err != nil {
		return nil, err
	}
	text, _, err := s.Vault.Setting(toldSetting)
	if err != nil {
		return nil, err
	}
	told := notice.Unpack(text)
	news, next := told.Look(items, s.Now().Local())
	if told.Equal(next) {
		return nil, nil
	}
	return news, s.Vault.PutSetting(toldSetting, next.Pack())
}

// Check asks how the connection of a bank stands.
func (b *Books) Check(ctx context.Context, id core.ItemID) (err error) {
	item, err := b.view.Item(id)
	if err != nil {
		return err
	}
	defer b.s.doing(ctx, aboutBank(core.CheckedBank, item))(&err)
	return b.s.Sync.Check(ctx, id)
}

// CheckAll asks how the connections of all banks stand, one after another. Those of
// archived profiles are left alone. The errors are joined.
func (b *Books) CheckAll(ctx context.Context) error {
	items, err := b.s.present(b.view)
	if err != nil {
		return err
	}
	var errs []error
	for _, i := range items {
		if !i.Manual() && i.Leaving.IsZero() {
			errs = append(errs, b.Check(ctx, i.ID))
		}
	}
	return errors.Join(errs...)
}
