package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

func (c *command) checkCommand() *cobra.Command {
	repair := false
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Read all of your data and tell whether it is whole",
		Long: `Reads every record of the vault, compares all that is told twice, and lists the
snapshots. With --repair, the newest state that is whole takes the place of a
damaged vault, whose file is kept in the folder "quarantine".`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.check(cmd.Context(), repair)
		},
	}
	cmd.Flags().BoolVar(&repair, "repair", false, "recover what can be recovered, if the data is damaged")
	return cmd
}

// check reads the vault; a damaged one is recovered if repair says so.
func (c *command) check(ctx context.Context, repair bool) error {
	err := c.with(ctx, func(ctx context.Context, s *boot.Services) error {
		report, err := s.Check(ctx)
		if err != nil {
			return err
		}
		snapshots, err := s.Snapshots()
		if err != nil {
			return err
		}
		return c.printCheck(core.Recovery{Report: report}, snapshots, s.Now())
	})
	// A file whose beginning is lost is no vault by its looks.
	if !repair || !fault.Is(err, fault.VaultDamaged, fault.VaultForeign) {
		return err
	}
	return c.repair(ctx)
}

func (c *command) repair(ctx context.Context) (err error) {
	p, env, err := c.prepare(nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	var done core.Recovery
	err = c.unlock(ctx, boot.Choice{Env: env}, func(choice boot.Choice) (err error) {
		done, err = p.Recover(ctx, choice)
		return err
	})
	if err != nil {
		return err
	}
	snapshots, err := p.Snapshots(env)
	if err != nil {
		return err
	}
	return c.printCheck(done, snapshots, p.Now())
}

func (c *command) printCheck(done core.Recovery, snapshots []core.Snapshot, now time.Time) error {
	m := say.Recovery(done, now.Local())
	record := checkRecord{
		Message: m.Text(), Report: vaultReportOf(done.Report), Snapshots: make([]snapshotRecord, 0, len(snapshots)),
	}
	if done.From != "" {
		record.Recovery = &recoveryRecord{From: done.From, Since: instant(done.Since), Quarantine: done.Quarantine}
	}
	t := table{head: []string{"Snapshot", "Reason", "Size", "File"}, right: map[int]bool{2: true}, empty: say.NoSnapshots}
	for _, s := range snapshots {
		record.Snapshots = append(record.Snapshots, snapshotRecord{Path: s.Path, Taken: s.Taken, Commit: s.Commit, Bytes: s.Bytes, Reason: s.Reason})
		t.rows = append(t.rows, []string{say.Ago(s.Taken, now.Local()), say.SnapshotReason(s.Reason), say.FileSize(s.Bytes), s.Path})
	}
	if !c.asJSON {
		if _, err := fmt.Fprintln(c.program.Out, strings.TrimSpace(m.Text()+"\n"+done.Quarantine)); err != nil {
			return written(err)
		}
	}
	return c.output().print(record, t)
}

// checkRecord is the outcome of check.
type checkRecord struct {
	Message   string            `json:"message"`
	Report    vaultReportRecord `json:"report"`
	Recovery  *recoveryRecord   `json:"recovery,omitempty"`
	Snapshots []snapshotRecord  `json:"snapshots"`
}

type vaultReportRecord struct {
	Commit   uint64    `json:"commit"`
	Profiles int       `json:"profiles"`
	Items    int       `json:"items"`
	Accounts int       `json:"accounts"`
	Rows     int       `json:"transactions"`
	Bytes    int64     `json:"bytes"`
	Checked  time.Time `json:"checked"`
}

func vaultReportOf(r core.VaultReport) vaultReportRecord { return vaultReportRecord(r) }

type recoveryRecord struct {
	From       core.RecoveredFrom `json:"from"`
	Since      *time.Time         `json:"since,omitempty"`
	Quarantine string             `json:"quarantine"`
}

type snapshotRecord struct {
	Path   string    `json:"path"`
	Taken  time.Time `json:"taken"`
	Commit uint64    `json:"commit"`
	Bytes  int64     `json:"bytes"`
	Reason string    `json:"reason"`
}
