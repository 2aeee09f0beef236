package shell_test

import (
	"context"
	"time"

	"bankbook/core/schedule"
)

// scheduler has a sync to come.
type scheduler struct{}

func (scheduler) Outlook(context.Context) (schedule.Outlook, error) {
	return schedule.Outlook{Plan: schedule.Default(), Sync: now.Add(3*time.Hour + time.Minute)}, nil
}
func (scheduler) SetPlan(schedule.Plan) error { return nil }
func (scheduler) TellsMetered() bool          { return true }
