package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/schedule"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// scheduleRecord is the schedule as --json prints it.
type scheduleRecord struct {
	// EverySeconds is 0 for never.
	EverySeconds int         `json:"every_seconds"`
	OnBattery    bool        `json:"on_battery"`
	OnMetered    bool        `json:"on_metered"`
	Notify       bool        `json:"notify"`
	Next         []dueRecord `json:"next"`
}

// dueRecord is what is to be done next for a bank. Without a time, it waits for the
// person, or for other keys.
type dueRecord struct {
	ItemID      core.ItemID   `json:"item_id"`
	Institution string        `json:"institution"`
	Deed        schedule.Deed `json:"deed,omitempty"`
	At          *time.Time    `json:"at,omitempty"`
}

func (c *command) scheduleCommand() *cobra.Command {
	var every string
	var battery, metered, notify bool
	cmd := &cobra.Command{
		Use:   "schedule",
		Short: "Show or set when the window syncs banks by itself",
		Long: `Banks are synced by themselves while the window is open and unlocked, with calls
that cost nothing. Those that wait for you are asked once a day whether they work
again. Only what you name is changed.`,
		Args: noArgs,
	}
	flags := cmd.Flags()
	flags.StringVar(&every, "every", "", "how long after a success: never, 1h, 6h, 1d, …")
	flags.BoolVar(&battery, "battery", false, "also while the computer runs on its battery")
	flags.BoolVar(&metered, "metered", false, "also on a network that costs by the byte")
	flags.BoolVar(&notify, "notify", false, "tell by a notification that a bank needs you")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		change := func(p *schedule.Plan) (err error) {
			if flags.Changed("every") {
				p.Every, err = schedule.ParseEvery(every)
			}
			for name, of := range map[string]struct{ to, from *bool }{
				"battery": {&p.OnBattery, &battery}, "metered": {&p.OnMetered, &metered}, "notify": {&p.Notify, &notify},
			} {
				if flags.Changed(name) {
					*of.to = *of.from
				}
			}
			return err
		}
		if err := change(&schedule.Plan{}); err != nil {
			return err
		}
		return c.with(cmd.Context(), func(_ context.Context, s *boot.Services) error { return c.reschedule(s, change) })
	}
	return cmd
}

// reschedule changes the plan and prints what has come of it.
func (c *command) reschedule(s *boot.Services, change func(*schedule.Plan) error) error {
	before, err := s.Schedule().Plan()
	if err != nil {
		return err
	}
	plan := before
	if err := change(&plan); err != nil {
		return err
	}
	if plan != before {
		if err := s.Schedule().SetPlan(plan); err != nil {
			return err
		}
	}
	next, rows, err := c.upcoming(s)
	if err != nil {
		return err
	}
	if c.asJSON {
		return c.output().print(scheduleRecord{int(plan.Every / time.Second), plan.OnBattery, plan.OnMetered, plan.Notify, next}, table{})
	}
	settings := table{head: []string{"Schedule", ""}, rows: [][]string{
		{"Sync by itself", say.Every(plan.Every)},
		{"Also on battery", yesNo(plan.OnBattery)},
		{"Also on a metered network", yesNo(plan.OnMetered)},
		{"Notifications", yesNo(plan.Notify)},
	}}
	if err := c.output().print(nil, settings); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(c.program.Out); err != nil {
		return written(err)
	}
	return c.output().print(nil, table{head: []string{"Bank", "Next", "When", "Item"}, rows: rows, empty: say.NoBanks})
}

func yesNo(yes bool) string {
	if yes {
		return "Yes"
	}
	return "No"
}

// upcoming tells of each bank what is to be done for it.
func (c *command) upcoming(s *boot.Services) ([]dueRecord, [][]string, error) {
	books, err := c.books(s)
	if err != nil {
		return nil, nil, err
	}
	items, err := books.Items()
	if err != nil {
		return nil, nil, err
	}
	list, err := s.Schedule().Upcoming()
	if err != nil {
		return nil, nil, err
	}
	due := map[core.ItemID]schedule.Due{}
	for _, d := range list {
		due[d.Item] = d
	}
	records, rows := make([]dueRecord, 0, len(items)), make([][]string, 0, len(items))
	for _, i := range items {
		r, when := dueRecord{ItemID: i.ID, Institution: i.Institution.Name}, say.NoValue
		if d, ok := due[i.ID]; ok {
			r.Deed, r.At, when = d.Deed, instant(d.At), say.In(d.At, s.Now())
		}
		records = append(records, r)
		rows = append(rows, []string{say.BankName(i.Institution), say.Deed(r.Deed), when, string(i.ID)})
	}
	return records, rows, nil
}

func (c *command) checkBanksCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check [ITEM]",
		Short: "Ask how connections stand, without syncing; all of them, or one",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return oneName("bank, by its item")(cmd, args)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error { return c.checkBanks(ctx, s, args) })
		},
	}
}

// checkBanks prints how banks are after it has asked. As after a sync, one that is not
// in order is an error, so that a script hears of it.
func (c *command) checkBanks(ctx context.Context, s *boot.Services, args []string) error {
	books, err := c.books(s)
	if err != nil {
		return err
	}
	var failed error
	if len(args) == 0 {
		failed = books.CheckAll(ctx)
	} else if failed = books.Check(ctx, core.ItemID(args[0])); failed != nil {
		failed = noBank(core.ItemID(args[0]), failed)
	}
	if _, ok := usageError(failed); ok {
		return failed
	}
	if err := c.printBanks(ctx, s); err != nil {
		return err
	}
	return failed
}
