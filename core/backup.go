package core

import (
	"time"

	"bankbook/core/fault"
)

// BackupReport is what a backup holds, after it has been made or brought back.
type BackupReport struct {
	// Created is when the backup was made; Bytes is the size of its file.
	Created time.Time
	Bytes   int64
	// Review says that it is a copy for a reviewer, without access to banks.
	Review  bool
	Sources []BackupSource
	// LeftOut are the sources that are kept here and are not in the backup.
	LeftOut []LeftOut
	// Quarantine is where what had the place of restored data was put, or "".
	Quarantine string
}

// BackupSource is one environment in a backup.
type BackupSource struct {
	Env Environment
	VaultReport
}

// LeftOut is an environment that could not be read for a backup, and why.
type LeftOut struct {
	Env Environment
	Why fault.Kind
}
