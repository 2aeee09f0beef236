package say

import (
	"time"

	"bankbook/core"
)

// Recovery returns what to tell a person of a damaged vault that has been
// recovered: what is here now, and what is lost.
func Recovery(r core.Recovery, now time.Time) Message {
	const kept = " The damaged file is kept in the folder “quarantine”."
	what := Count(r.Report.Items, Bank) + ", " + Count(r.Report.Accounts, Account) + " and " + Count(r.Report.Rows, Transaction)
	switch r.From {
	case "":
		return Message{Title: "Nothing is damaged", Sentence: "All of your data was read, and it is what Bankbook wrote: " + what + "."}
	case core.FromItself:
		return Message{
			Title:    "Your data is repaired",
			Sentence: "The file was damaged, but none of your data was: " + what + ". Nothing is lost.",
			Hint:     "A disk that does this once can do it again: look after it, and make a backup." + kept,
		}
	case core.FromLastCommit:
		return Message{
			Title:    "Your data is recovered",
			Sentence: "The last change could not be read any more. Your data is as it was before it, " + writtenAt(r.Since, now) + ": " + what + ".",
			Hint:     "If the last thing you did is missing, do it again. A sync brings back what the banks sent." + kept,
		}
	case core.FromSnapshot:
		return Message{
			Title:    "Your data is recovered",
			Sentence: "It is now that of the snapshot taken " + writtenAt(r.Since, now) + ": " + what + ".",
			Hint:     "What you did after that is lost, and a bank linked after that has to be linked again. A sync brings back what the banks sent." + kept,
		}
	case core.FromSalvage:
		return Message{
			Title:    "Your banks are recovered",
			Sentence: "No state of your data was whole. " + Count(r.Report.Items, Bank) + " and " + Count(r.Report.Accounts, Account) + " could be read; the transactions are lost.",
			Hint:     "Sync to fetch them again; most banks give the last 24 months. A bank that is missing has to be linked again." + kept,
		}
	}
	return Message{}
}

// writtenAt tells when a state was written, within a sentence.
func writtenAt(t, now time.Time) string {
	if t.IsZero() {
		return "at an unknown time"
	}
	t = t.In(now.Location())
	return "on " + FullDay(core.DateOf(t)) + " at " + TimeOfDay(t)
}

// FolderRisk returns what to tell a person of a risky folder, or the zero
// Message.
func FolderRisk(r core.FolderRisk) Message {
	const better = "Bankbook’s data is safer in a folder of this computer alone; make backups to the other place instead."
	switch {
	case len(r.Conflicts) > 0:
		return Message{
			Title:    "There are two versions of your data",
			Sentence: "A sync service has put another version beside your data: " + List(r.Conflicts...) + ".",
			Hint:     "Bankbook uses vault.db alone. Find out which one is right before you go on, and let no service sync this folder.",
			Action:   OtherFolder,
		}
	case r.Service != "":
		return Message{
			Title:    "This folder is synced by " + r.Service,
			Sentence: r.Service + " copies the data folder to other places, and can put an old file in the place of a new one.",
			Hint:     better,
			Action:   OtherFolder,
		}
	case r.Network:
		return Message{
			Title:    "This folder is on a network",
			Sentence: "The data folder is on another computer, which can lose what Bankbook believes to be saved.",
			Hint:     better,
			Action:   OtherFolder,
		}
	}
	return Message{}
}

// SnapshotReason returns why a snapshot was taken.
func SnapshotReason(reason string) string {
	switch reason {
	case "daily":
		return "Daily"
	case "migration":
		return "Before an update of the file"
	case "asked":
		return "At your word"
	}
	return upperFirst(reason)
}

// NoSnapshots stands for an empty list of snapshots.
const NoSnapshots = "There is no snapshot yet."

// FileSize returns a number of bytes as a person reads it: "820 kB", "12.4 MB".
func FileSize(bytes int64) string {
	switch {
	case bytes < 1000:
		return Number(int(bytes)) + " bytes"
	case bytes < 1_000_000:
		return Number(int(bytes/1000)) + " kB"
	}
	tenths := bytes / 100_000
	return Number(int(tenths/10)) + "." + Number(int(tenths%10)) + " MB"
}
