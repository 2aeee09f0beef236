package boot

import (
	"context"
	"time"

	"bankbook/core"
	"bankbook/storage/backup"
)

// The settings of a vault that hold when it was checked and backed up last, as
// RFC 3339 has it.
const (
	checkedSetting  = "last-check"
	backedUpSetting = "last-backup"
)

// Upkeep tells when the vault was looked after last.
func (s *Services) Upkeep() (core.Upkeep, error) {
	checked, err := s.noted(checkedSetting)
	if err != nil {
		return core.Upkeep{}, err
	}
	backedUp, err := s.noted(backedUpSetting)
	return core.Upkeep{Checked: checked, BackedUp: backedUp}, err
}

// noted returns the time that a setting holds; what is none was never.
func (s *Services) noted(setting string) (time.Time, error) {
	text, _, err := s.Vault.Setting(setting)
	if err != nil {
		return time.Time{}, err
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, nil
	}
	return at, nil
}

// note keeps a time. What was done is done without it, so a failure is only
// logged.
func (s *Services) note(setting string, at time.Time) {
	if err := s.Vault.PutSetting(setting, at.UTC().Format(time.RFC3339)); err != nil {
		s.program.log.Warn("not noted", "what", setting, "source", string(s.Env), "error", err)
	}
}

// noteBackup notes in every source of a backup that there is one.
func (s *Services) noteBackup(ctx context.Context, sources []backup.Source, at time.Time) {
	for _, source := range sources {
		if source.Env == s.Env {
			s.note(backedUpSetting, at)
			continue
		}
		err := s.program.opened(ctx, source.Env, func(other *Services) error {
			other.note(backedUpSetting, at)
			return nil
		})
		if err != nil {
			s.program.log.Warn("not noted", "what", backedUpSetting, "source", string(source.Env), "error", err)
		}
	}
}
