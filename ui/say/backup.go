package say

import (
	"path/filepath"

	"bankbook/core"
)

// What is asked for at a terminal about backups.
const (
	AskBackupPassphrase    = "Passphrase of the backup: "
	AskNewBackupPassphrase = "New passphrase for the backup: "
)

// BackingUp tells how far a backup has come, by the bytes that are written and
// read back; 0 of 0 before the first.
func BackingUp(done, total int64) string {
	if total > 0 && done >= total {
		return "Checking the backup…"
	}
	return "Backing up…" + percent(done, total)
}

// Restoring tells how far a backup has been read; 0 of 0 before the first byte.
func Restoring(done, total int64) string {
	if total > 0 && done >= total {
		return "Checking and restoring…"
	}
	return "Reading the backup…" + percent(done, total)
}

// percent returns how much of a whole is done, as it follows a word; nothing for
// no whole.
func percent(done, total int64) string {
	if total <= 0 {
		return ""
	}
	return " " + Number(int(100*done/total)) + "%"
}

// BackupWritten tells that a backup has been made.
func BackupWritten(path string, r core.BackupReport) string {
	what := "The backup"
	if r.Review {
		what = "The copy for review"
	}
	return what + " is in " + filepath.Base(path) + " (" + FileSize(r.Bytes) + "), and was read back. It opens with its passphrase only."
}

// Restored tells that a backup has been brought back.
func Restored(r core.BackupReport) Message {
	if r.Review {
		return Message{Sentence: "The copy for review is here. It holds no access to banks."}
	}
	return Message{
		Sentence: "The backup of " + FullDay(core.DateOf(r.Created)) + " is here.",
		Hint:     "Sync to fetch what came later. A bank may want you to sign in again.",
	}
}

// LeftOut tells that a source is not in a backup, and why.
func LeftOut(l core.LeftOut) string {
	return Environment(l.Env) + " is not in the backup: " + Trouble(core.Trouble{Kind: l.Why}).Sentence
}

// PutAside tells where replaced data is now.
func PutAside(folder string) string { return "What was here before is in " + folder + "." }

// Renewing tells how many banks have new access.
func Renewing(done, total int64) string {
	if total == 0 {
		return "Renewing…"
	}
	return "Bank " + Number(int(min(done+1, total))) + " of " + Number(int(total)) + "…"
}

// RenewedNote follows new access to banks.
const RenewedNote = "Access is renewed. Backups made before keep the old access: make a fresh one."
