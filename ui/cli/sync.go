package cli

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

func (c *command) syncCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "sync",
		Short: "Fetch what is new at every linked bank",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), c.sync)
		},
	}
}

func (c *command) sync(ctx context.Context, s *boot.Services) error {
	stop := c.follow(s)
	defer stop()
	books, err := c.books(s)
	if err != nil {
		return err
	}
	failed := books.SyncAll(ctx)
	items, err := books.Items()
	if err != nil {
		return errors.Join(failed, err)
	}
	records := make([]syncRecord, 0, len(items))
	t := table{head: []string{"Bank", "Result", "Rows"}, right: map[int]bool{2: true}, empty: say.NoBanks}
	for _, item := range items {
		rows, err := rowsOf(s, item.ID)
		if err != nil {
			return errors.Join(failed, err)
		}
		trouble := item.Sync.Trouble
		records = append(records, syncRecord{
			ItemID: item.ID, Institution: item.Institution.Name, Rows: rows,
			Error: string(trouble.Kind), Code: trouble.Code, RequestID: trouble.RequestID,
		})
		t.rows = append(t.rows, []string{say.BankName(item.Institution), syncResult(item, s.Now()), say.Number(rows)})
	}
	return errors.Join(failed, c.output().print(records, t), s.TakeDueSnapshot(ctx))
}

func syncResult(item core.Item, now time.Time) string {
	if item.Sync.Trouble.Kind == fault.None {
		return say.BankState(item, now).Text
	}
	return say.Trouble(item.Sync.Trouble).Sentence
}

// rowsOf counts an Item's transactions by its totals, without reading them.
func rowsOf(s *boot.Services, id core.ItemID) (int, error) {
	accounts, err := s.Vault.AccountsOf(id)
	if err != nil {
		return 0, err
	}
	mine := map[core.AccountID]bool{}
	for _, a := range accounts {
		mine[a.ID] = true
	}
	totals, err := s.Vault.Totals()
	if err != nil {
		return 0, err
	}
	rows := 0
	for _, t := range totals {
		if mine[t.Account] {
			rows += t.Count
		}
	}
	return rows, nil
}
