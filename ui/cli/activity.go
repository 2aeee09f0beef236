package cli

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/activity"
	"bankbook/core/export"
	"bankbook/core/fault"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// history is what the command activity was asked for.
type history struct {
	since, until, action, outcome, bank, line string

	limit int
	csv   bool
}

func (c *command) activityCommand() *cobra.Command {
	h := history{}
	cmd := &cobra.Command{
		Use:   "activity",
		Short: "List or export what was done, newest first",
		Long: `Lists the activity log: what was done, when, to what, how it ended, and the id of
the request that Plaid's support can look up. It never holds a token, a key or an
account number. With --profile, it is that of the profile and of the program itself.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if h.csv && !cmd.Flags().Changed("limit") {
				h.limit = 0
			}
			if _, err := h.filter(); err != nil {
				return err
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error { return c.activity(ctx, s, h) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&h.since, "since", "", "only from this day on, written 2026-03-18")
	flags.StringVar(&h.until, "until", "", "only up to this day")
	flags.StringVar(&h.action, "action", "", "only this action, such as bank.synced, or all that begin like it, such as bank")
	flags.StringVar(&h.outcome, "outcome", "", "only what was done, failed, refused, stopped or interrupted")
	flags.StringVar(&h.bank, "bank", "", "only of the bank with this item id")
	flags.StringVar(&h.line, "search", "", "only with these words, in what was done, to what, or in the request id")
	flags.IntVarP(&h.limit, "limit", "n", 50, "how many at the most; 0 lists all")
	flags.BoolVar(&h.csv, "csv", false, "print comma-separated values, all entries unless --limit is given")
	return cmd
}

// filter reads the flags.
func (h history) filter() (f activity.Filter, err error) {
	f = activity.Filter{Outcome: activity.Outcome(h.outcome), Text: h.line, Item: core.ItemID(h.bank)}
	switch {
	case h.limit < 0:
		return f, unusable("--limit", "%d is below zero", h.limit)
	case h.outcome != "" && !slices.Contains(activity.Outcomes(), f.Outcome):
		return f, unusable("--outcome", "%q is not done, failed, refused, stopped or interrupted", h.outcome)
	}
	if f.From, err = dayOf("--since", h.since); err != nil {
		return f, err
	}
	if f.To, err = dayOf("--until", h.until); err != nil {
		return f, err
	}
	if f.Actions = actionsLike(h.action); h.action != "" && f.Actions == nil {
		return f, unusable("--action", "%q is no action", h.action)
	}
	return f, nil
}

// unusable is the fault of a flag.
func unusable(flag, format string, args ...any) error {
	return fault.New("read "+flag, fault.Invalid, fmt.Errorf(format, args...))
}

// dayOf reads the day in a flag, none for "".
func dayOf(flag, text string) (core.Date, error) {
	if text == "" {
		return 0, nil
	}
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, unusable(flag, "%q is not written like 2026-03-18", text)
	}
	return core.DateOf(at), nil
}

// actionsLike returns the action of a name, or all of the kind of that name.
func actionsLike(name string) (list []core.Action) {
	for _, a := range core.Actions() {
		if string(a) == name || name != "" && strings.HasPrefix(string(a), name+".") {
			list = append(list, a)
		}
	}
	return list
}

func (c *command) activity(ctx context.Context, s *boot.Services, h history) error {
	b, err := c.books(s)
	if err != nil {
		return err
	}
	profiles, err := b.View().Profiles()
	if err != nil {
		return err
	}
	f, err := h.filter()
	if err != nil {
		return err
	}
	labels := say.ActivityLabels(profiles)
	found := first(h.limit, activity.Find(ctx, b, f, activity.Reading{Words: say.ActivityWords, Zone: time.Local}, 0))
	switch {
	case h.csv:
		n, err := export.ActivityCSV(c.program.Out, found, labels)
		err = unwritten(err)
		b.Exported(ctx, say.SubjectActivityCSV, n, err)
		return err
	case c.asJSON:
		_, err := export.ActivityJSON(c.program.Out, found, labels)
		return unwritten(err)
	}
	t := table{head: []string{"Time", "Profile", "Action", "Object", "Outcome", "Request ID"}, empty: say.NoActivity}
	for a, err := range found {
		if err != nil {
			return err
		}
		t.rows = append(t.rows, []string{
			a.At.Local().Format("2006-01-02 15:04"), labels.Profile(a.Profile), say.Did(a.Action), say.DidWhat(a), say.Outcome(a).Text, a.RequestID,
		})
	}
	return c.output().print(nil, t)
}

// first returns the first n of entries, all for 0.
func first(n int, found iter.Seq2[core.Activity, error]) iter.Seq2[core.Activity, error] {
	return func(yield func(core.Activity, error) bool) {
		taken := 0
		for a, err := range found {
			if !yield(a, err) {
				return
			}
			if taken++; taken == n {
				return
			}
		}
	}
}
