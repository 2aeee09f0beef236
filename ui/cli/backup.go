package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// backupFileFlag names the file that holds the passphrase of a backup.
const backupFileFlag = "backup-passphrase-file"

func (c *command) backupCommand() *cobra.Command {
	var order boot.BackupOrder
	var file string
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write everything to one file that a passphrase opens",
		Long: `Writes all sources to one file, with the access to your banks, sealed under a
passphrase of its own, and reads it back. It is a tar file inside of age's format:
"age -d FILE | tar x" opens it without Bankbook.

With --reviewer, it is a copy of one source for somebody else to look at, without
access to banks and without account numbers.`,
		Args: oneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			order.Path = args[0]
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error { return c.backup(ctx, s, order, file) })
		},
	}
	cmd.Flags().BoolVar(&order.Reviewer, "reviewer", false, "make a copy for a reviewer")
	cmd.Flags().BoolVar(&order.Overwrite, "overwrite", false, "replace the file if it is there")
	cmd.Flags().StringVar(&file, backupFileFlag, "", "file whose first line is the new passphrase of the backup; - is standard input")
	return cmd
}

func (c *command) backup(ctx context.Context, s *boot.Services, order boot.BackupOrder, file string) (err error) {
	if order.Passphrase, err = c.newPassphrase(ctx, say.AskNewBackupPassphrase, file); err != nil {
		return err
	}
	tell, end := c.progress(say.BackingUp)
	order.Progress = tell
	report, err := s.Backup(secret.Attended(ctx), order)
	end()
	if err != nil {
		return err
	}
	return c.printBackup(order.Path, report, say.BackupWritten(order.Path, report))
}

func (c *command) restoreCommand() *cobra.Command {
	var order boot.RestoreOrder
	var protector, file, newFile string
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Bring back a backup",
		Long: `Brings back all sources of a backup, or the one that --env names. What is here is
touched only after all of the backup has been read. A place that is taken is left
as it is, unless --replace moves what is there to the folder "quarantine".`,
		Args: oneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			order.Path, order.Protector = args[0], core.Protector(protector)
			return c.restore(cmd.Context(), order, file, newFile)
		},
	}
	cmd.Flags().BoolVar(&order.Replace, "replace", false, "move what is there to quarantine")
	cmd.Flags().StringVar(&protector, "protect", string(core.ByKeychain), "what protects the data from now on: keychain or passphrase")
	cmd.Flags().StringVar(&file, backupFileFlag, "", "file whose first line is the passphrase of the backup; - is standard input")
	cmd.Flags().StringVar(&newFile, newFileFlag, "", "file whose first line is the new passphrase of the data; - is standard input")
	return cmd
}

func (c *command) restore(ctx context.Context, order boot.RestoreOrder, file, newFile string) (err error) {
	if c.sessionOnly {
		return errUsage{"what is restored is kept: --session-only does not go with it"}
	}
	if p := order.Protector; p != core.ByKeychain && p != core.ByPassphrase {
		return errUsage{fmt.Sprintf("--protect takes keychain or passphrase, and got %q", p)}
	}
	p, env, err := c.prepare(nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	if c.envName != "" {
		order.Env = env
	}
	if order.Passphrase, err = c.secretOf(ctx, say.AskBackupPassphrase, file); err != nil {
		return err
	}
	if order.Protector == core.ByPassphrase {
		if order.NewPassphrase, err = c.newPassphrase(ctx, say.AskNewPassphrase, newFile); err != nil {
			return err
		}
	}
	tell, end := c.progress(say.Restoring)
	order.Progress = tell
	report, err := p.Restore(secret.Attended(ctx), order)
	end()
	if err != nil {
		return err
	}
	return c.printBackup(order.Path, report, say.Restored(report).Text())
}

// printBackup prints what is in a backup.
func (c *command) printBackup(path string, report core.BackupReport, sentence string) error {
	record := backupRecord{
		Path: path, Created: report.Created, Bytes: report.Bytes, Review: report.Review, Quarantine: report.Quarantine,
		Sources: make([]backupSourceRecord, 0, len(report.Sources)),
	}
	if absolute, err := filepath.Abs(path); err == nil {
		record.Path = absolute
	}
	t := table{head: []string{"Source", "Banks", "Accounts", "Transactions"}, right: map[int]bool{1: true, 2: true, 3: true}}
	for _, s := range report.Sources {
		record.Sources = append(record.Sources, backupSourceRecord{Source: s.Env, vaultReportRecord: vaultReportOf(s.VaultReport)})
		t.rows = append(t.rows, []string{say.Environment(s.Env), say.Number(s.Items), say.Number(s.Accounts), say.Number(s.Rows)})
	}
	for _, l := range report.LeftOut {
		record.LeftOut = append(record.LeftOut, leftOutRecord{Source: l.Env, Why: l.Why})
		c.note("%s", say.LeftOut(l))
	}
	if err := c.say(sentence); err != nil {
		return err
	}
	if report.Quarantine != "" {
		c.note("%s", say.PutAside(report.Quarantine))
	}
	return c.output().print(record, t)
}

// backupRecord is the outcome of backup and of restore.
type backupRecord struct {
	Path       string               `json:"path"`
	Created    time.Time            `json:"created"`
	Bytes      int64                `json:"bytes"`
	Review     bool                 `json:"review"`
	Sources    []backupSourceRecord `json:"sources"`
	LeftOut    []leftOutRecord      `json:"left_out,omitempty"`
	Quarantine string               `json:"quarantine,omitempty"`
}

type backupSourceRecord struct {
	Source core.Environment `json:"source"`
	vaultReportRecord
}

type leftOutRecord struct {
	Source core.Environment `json:"source"`
	Why    fault.Kind       `json:"why"`
}
