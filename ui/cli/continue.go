package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

func (c *command) continueCommand() *cobra.Command {
	var from, undo string
	var yes bool
	cmd := &cobra.Command{
		Use:   "continue [ITEM]",
		Short: "Let the history of an earlier bank go on in one that was linked again, or of accounts that came back as others; --undo takes it back",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 1) == (undo != "") {
				return errUsage{"give the item that an earlier bank goes on in, or --undo and the id"}
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error {
				if undo != "" {
					return c.undoContinue(ctx, s, undo)
				}
				return c.continueBank(ctx, s, continuing{from: core.ItemID(from), to: core.ItemID(args[0]), yes: yes})
			})
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "the item of the earlier bank (default: the one that fits best)")
	cmd.Flags().StringVar(&undo, "undo", "", "the id that was printed when it was done")
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

// continuing is which bank goes on in which.
type continuing struct {
	from, to core.ItemID
	yes      bool
}

type continuationRecord struct {
	ID      string      `json:"continuation_id"`
	From    core.ItemID `json:"from_item_id"`
	To      core.ItemID `json:"to_item_id"`
	Moved   int         `json:"moved"`
	There   int         `json:"already_there"`
	Unnamed int         `json:"no_longer_named"`
	Pending int         `json:"pending_left_out"`
}

func (c *command) continueBank(ctx context.Context, s *boot.Services, w continuing) error {
	books, err := c.books(s)
	if err != nil {
		return err
	}
	if w.from == "" {
		earlier, err := books.EarlierBanks(w.to)
		if err != nil {
			return noBank(w.to, err)
		}
		if len(earlier) == 0 {
			return errUsage{"No earlier bank has accounts like those of " + string(w.to) + "."}
		}
		w.from = earlier[0].ID
	}
	counts, err := books.PreviewContinue(w.from, w.to)
	if err != nil {
		return noBank(w.from, err)
	}
	if err := c.confirm(w.yes, strings.Join(say.Continuing(counts, s.Now()), ".\n")+"."); err != nil {
		return err
	}
	done, counts, err := books.Continue(ctx, w.from, w.to)
	if err != nil {
		return err
	}
	record := continuationRecord{done.ID, w.from, w.to, counts.Moved, counts.There, counts.Unnamed, counts.Pending}
	return c.output().print(record, table{
		head: []string{"Carried over", "There already", "To undo"}, right: map[int]bool{0: true, 1: true},
		rows: [][]string{{say.Number(counts.Moved), say.Number(counts.There), "bankbook banks continue --undo " + done.ID}},
	})
}

func (c *command) undoContinue(ctx context.Context, s *boot.Services, id string) error {
	books, err := c.books(s)
	if err != nil {
		return err
	}
	err = books.UndoContinue(id)
	if fault.Is(err, fault.NotFound) {
		return errUsage{"There is nothing to undo under " + id + "."}
	}
	if err != nil {
		return err
	}
	return c.printBanks(ctx, s)
}
