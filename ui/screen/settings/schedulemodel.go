package settings

import (
	"context"

	"bankbook/core/schedule"
)

// Scheduler says when banks are synced by themselves. All of it runs on a worker.
type Scheduler interface {
	// Outlook tells what comes next.
	Outlook(ctx context.Context) (schedule.Outlook, error)
	SetPlan(p schedule.Plan) error
	// TellsMetered reports whether this system tells that a network costs by the byte.
	TellsMetered() bool
}

// scheduled reports whether there is a schedule to show. A copy for a reviewer
// reaches no bank.
func (m *Model) scheduled() bool { return m.deps.Schedule != nil && !m.deps.ReviewCopy }

// fetchSchedule adds the schedule to what is read.
func (m *Model) fetchSchedule(ctx context.Context, f Facts) (Facts, error) {
	if !m.scheduled() {
		return f, nil
	}
	var err error
	f.Schedule, err = m.deps.Schedule.Outlook(ctx)
	return f, err
}

// SetPlan changes one thing about the schedule. It is shown at once.
func (m *Model) SetPlan(change func(*schedule.Plan)) {
	plan := m.state.Facts.Schedule.Plan
	change(&plan)
	m.state.Facts.Schedule.Plan = plan
	m.changed()
	m.work(func(context.Context) error { return m.deps.Schedule.SetPlan(plan) }, func(err error) {
		if err != nil {
			m.deps.Report(err)
		}
		m.Load()
	})
}
