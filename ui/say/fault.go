package say

import (
	"bankbook/core"
	"bankbook/core/fault"
)

// Fault returns what to tell a person about err, by its kind and the
// provider's code; the text of err itself is never shown. A nil error gives the
// zero Message.
func Fault(err error) Message {
	return Trouble(core.TroubleOf(err))
}

// Trouble returns what to tell a person about a fault that was kept.
func Trouble(t core.Trouble) Message {
	if t.Kind == fault.None {
		return Message{}
	}
	if m, ok := codeMessage(t.Code); ok {
		return m
	}
	for _, table := range []map[fault.Kind]Message{
		connectionMessages(), accessMessages(), requestMessages(), keychainMessages(), lockMessages(), vaultMessages(),
		backupMessages(), machineMessages(),
	} {
		if m, ok := table[t.Kind]; ok {
			return m
		}
	}
	return internalMessage()
}

func internalMessage() Message {
	return Message{
		Title:    "Something went wrong in Bankbook",
		Sentence: "Bankbook made a mistake. Your data is as it was before.",
		Hint:     "Try again. If it comes back, send us the details.",
		Action:   Retry,
	}
}

// connectionMessages are about not getting through.
func connectionMessages() map[fault.Kind]Message {
	return map[fault.Kind]Message{
		fault.Internal: internalMessage(),
		fault.Canceled: {Title: "Stopped", Sentence: "This was stopped before it was done."},
		fault.Interrupted: {
			Title: "Interrupted", Sentence: "Bankbook was ended while it did this.", Hint: "See what has come of it, and do it again if it is not done.",
		},
		fault.Network: {
			Title:    "No connection",
			Sentence: "Bankbook couldn’t reach Plaid.",
			Hint:     "Check your internet connection and try again.",
			Action:   Retry,
		},
		fault.RateLimit: {
			Title:    "Too many requests",
			Sentence: "Plaid asks Bankbook to slow down.",
			Hint:     "Wait a few minutes and try again.",
			Action:   Retry,
		},
		fault.BankDown: {
			Title:    "The bank is not answering",
			Sentence: "The bank, or Plaid’s connection to it, is out of order at the moment.",
			Hint:     "Your data is still here. Try again in an hour or so.",
			Action:   Retry,
		},
		fault.NotReady: {
			Title:    "Not ready yet",
			Sentence: "The bank is still preparing this data.",
			Hint:     "Try again in a few minutes.",
			Action:   Retry,
		},
		fault.Nonsense: {
			Title:    "The answer made no sense",
			Sentence: "An answer came that Bankbook could not read, so nothing of it was kept.",
			Hint:     "Something between you and Plaid, such as a proxy or a Wi-Fi sign-in page, may have answered instead. Try again.",
			Action:   Retry,
		},
	}
}

// accessMessages are about what the person has to allow, or has lost.
func accessMessages() map[fault.Kind]Message {
	return map[fault.Kind]Message{
		fault.SignIn: {
			Title:    "Sign-in needed",
			Sentence: "The bank wants you to sign in again.",
			Hint:     "Reconnect to go on. Everything you have stays as it is.",
			Action:   Reconnect,
		},
		fault.Consent: {
			Title:    "Permission needed",
			Sentence: "The bank needs your permission again before it shares more data.",
			Hint:     "Reconnect and choose your accounts.",
			Action:   Reconnect,
		},
		fault.BankSite: {
			Title:    "Something to do at your bank",
			Sentence: "The bank wants you to do something on its own website first.",
			Hint:     "Sign in there, follow what it asks, then try again here.",
			Action:   Retry,
		},
		fault.Keys: {
			Title:    "Plaid refused your keys",
			Sentence: "Plaid doesn’t accept your client ID and secret for this source.",
			Hint:     "Copy them again from the Plaid dashboard. Sandbox and Production have different secrets.",
			Action:   EnterKeys,
		},
		fault.NoKeys: {
			Title:    "No Plaid keys yet",
			Sentence: "This source needs your own Plaid keys.",
			Hint:     "Enter your client ID and secret to go on.",
			Action:   EnterKeys,
		},
		fault.Gone: {
			Title:    "The connection has ended",
			Sentence: "The bank or Plaid has ended this connection for good.",
			Hint:     "What you have stays here. To get new data, remove the bank and link it again.",
			Action:   RemoveBank,
		},
		fault.Expired: {
			Title:    "The page has expired",
			Sentence: "The secure page, or the sign-in it made, is no longer valid.",
			Hint:     "Nothing was saved. Link the bank again.",
			Action:   LinkAgain,
		},
	}
}

// requestMessages are about what the provider cannot or will not do.
func requestMessages() map[fault.Kind]Message {
	return map[fault.Kind]Message{
		fault.Unsupported: {
			Title:    "Not available here",
			Sentence: "This bank, or your Plaid plan, doesn’t offer this.",
			Hint:     "The rest of the bank’s data is not affected.",
		},
		fault.ByHand: {
			Title:    "Kept by you",
			Sentence: "You keep this account yourself, so there is no bank to ask.",
			Hint:     "Enter its balance yourself.",
		},
		fault.Shared: {
			Title:    "The bank still shares this account",
			Sentence: "The next sync would bring it back, so it can’t be removed alone.",
			Hint:     "Stop it instead, or take it out of what the bank shares.",
		},
		fault.Mutation: {
			Title:    "The data kept changing",
			Sentence: "The bank’s data changed while Bankbook was reading it, so nothing of it was kept.",
			Hint:     "Sync again in a minute.",
			Action:   Retry,
		},
		fault.StaleCursor: {
			Title:    "Reading from the start",
			Sentence: "Plaid no longer knows where the last sync ended.",
			Hint:     "Sync again to read this bank from the start. Nothing is counted twice.",
			Action:   Retry,
		},
		fault.Refused: {
			Title:    "Plaid refused the request",
			Sentence: "Plaid says that the request was wrong.",
			Hint:     "Trying again will not help. Please send us the details.",
		},
		fault.NotFound: {
			Title:    "Not found",
			Sentence: "This is no longer there.",
			Hint:     "It may have been removed in the meantime.",
		},
		fault.Invalid: {
			Title:    "Please check what you entered",
			Sentence: "Something that you entered can’t be used as it is.",
			Hint:     "Correct it and try again.",
		},
	}
}

// keychainMessages are about the operating system's keychain.
func keychainMessages() map[fault.Kind]Message {
	return map[fault.Kind]Message{
		fault.KeychainMissing: {
			Title:    "No keychain on this computer",
			Sentence: "Bankbook keeps bank access in your system’s keychain, and this computer has none.",
			Hint:     "Install one, such as GNOME Keyring or KWallet, or use Bankbook for this session only: nothing is kept after you close it.",
			Action:   SessionOnly,
		},
		fault.KeychainLocked: {
			Title:    "The keychain is locked",
			Sentence: "Your system’s keychain is locked, or it didn’t let Bankbook in.",
			Hint:     "Unlock it and allow Bankbook, then try again.",
			Action:   Retry,
		},
		fault.KeychainTimeout: {
			Title:    "The keychain is not answering",
			Sentence: "Your system’s keychain did not answer in time.",
			Hint:     "Look for a window that asks for your password, then try again.",
			Action:   Retry,
		},
		fault.KeychainLied: {
			Title:    "The keychain did not keep it",
			Sentence: "Your system’s keychain reported success, but what was saved did not come back.",
			Hint:     "Try again. If it stays like this, the keychain may be full or damaged.",
			Action:   Retry,
		},
		fault.SecretMissing: {
			Title:    "Bank access is missing",
			Sentence: "What Bankbook needs for this is not in your system’s keychain.",
			Hint:     "It may have been deleted, or this data came from another computer. Remove the bank and link it again.",
			Action:   RemoveBank,
		},
	}
}

// lockMessages are about what a person has to know or type to get at their
// data.
func lockMessages() map[fault.Kind]Message {
	return map[fault.Kind]Message{
		fault.Locked: {
			Title:    "Your data is locked",
			Sentence: "This data is protected by a passphrase.",
			Hint:     "Type the passphrase to unlock it.",
			Action:   Unlock,
		},
		fault.Passphrase: {
			Title:    "That isn’t it",
			Sentence: "This passphrase or recovery key doesn’t fit.",
			Hint:     "Capital letters count in a passphrase. Try again, or use your recovery key.",
			Action:   Unlock,
		},
		fault.LockboxDamaged: {
			Title:    "The lockbox is damaged",
			Sentence: "The file that keeps bank access (lockbox) is not what Bankbook wrote. It was left as it is.",
			Hint:     "Put back a copy of that file, or restore a backup.",
			Action:   Restore,
		},
	}
}

// backupMessages are about copies of the data.
func backupMessages() map[fault.Kind]Message {
	return map[fault.Kind]Message{
		fault.BackupDamaged: {
			Title:    "This backup can’t be used",
			Sentence: "The file is not a backup of Bankbook’s, or it is not whole. Nothing was restored.",
			Hint:     "Try another copy of the backup.",
		},
		fault.ReviewCopy: {
			Title:    "This is a copy for review",
			Sentence: "It holds transactions, but no access to the banks they came from.",
			Hint:     "Ask the person who gave it to you for a newer one, or choose another source.",
		},
		fault.Occupied: {
			Title:    "There is something already",
			Sentence: "A file or data is in that place already, and it was left as it is.",
			Hint:     "Choose another place.",
			Action:   OtherFolder,
		},
	}
}

// vaultMessages are about the file that holds the data.
func vaultMessages() map[fault.Kind]Message {
	return map[fault.Kind]Message{
		fault.VaultInUse: {
			Title:    "Bankbook is already open",
			Sentence: "Another Bankbook has your data open.",
			Hint:     "Use that window, or close it and try again.",
			Action:   Retry,
		},
		fault.VaultNewer: {
			Title:    "Your data is from a newer Bankbook",
			Sentence: "A newer version of Bankbook wrote this data, and this one could harm it.",
			Hint:     "Install the newest version of Bankbook. Nothing was changed.",
		},
		fault.VaultForeign: {
			Title:    "This is not Bankbook’s data",
			Sentence: "The file in the data folder is not Bankbook’s, or it belongs to another source.",
			Hint:     "Choose another folder. The file was left as it is.",
			Action:   OtherFolder,
		},
		fault.VaultDamaged: {
			Title:    "Your data is damaged",
			Sentence: "The data file is not what Bankbook wrote, so nothing more is written to it.",
			Hint:     "Bankbook can put the last state that is whole in its place, and keep the damaged file. In a terminal: bankbook check --repair.",
			Action:   Recover,
		},
		fault.VaultKey: {
			Title:    "The key doesn’t fit",
			Sentence: "The key in your system’s keychain doesn’t open this data.",
			Hint:     "The data may come from another computer or another user. Choose another folder, or bring back the key.",
			Action:   OtherFolder,
		},
		fault.VaultReplaced: {
			Title:    "The data file was exchanged",
			Sentence: "Somebody put another file in the place of your data while Bankbook was open, so nothing more is written.",
			Hint:     "Close Bankbook and look into the data folder. A sync service or a restore may have done it.",
		},
		fault.PracticeDamaged: {
			Title:    "The practice bank is damaged",
			Sentence: "The practice bank’s own file (bank.json, unless you named another) is not what it wrote. It was left as it is.",
			Hint:     "Put back a copy of that file and try again. If you have none, move it away: the practice bank then starts anew.",
			Action:   Retry,
		},
		fault.PracticeInUse: {
			Title:    "The practice bank is open already",
			Sentence: "Another practice bank has the same file (bank.json, unless you named another) open. Nothing was changed.",
			Hint:     "Close the other one and try again, or choose another file for this one.",
			Action:   Retry,
		},
	}
}

// machineMessages are about the computer.
func machineMessages() map[fault.Kind]Message {
	return map[fault.Kind]Message{
		fault.Unreadable: {
			Title:    "The data folder can’t be used",
			Sentence: "Bankbook can’t read or write a file in its data folder.",
			Hint:     "Check that the folder is yours and that the disk is there, then try again.",
			Action:   Retry,
		},
		fault.DiskFull: {
			Title:    "The disk is full",
			Sentence: "There is no room left to save. Nothing was saved by halves.",
			Hint:     "Free some space and try again.",
			Action:   Retry,
		},
		fault.NoBrowser: {
			Title:    "No browser opened",
			Sentence: "Bankbook could not open your browser.",
			Hint:     "Copy the link and open it in any browser.",
			Action:   CopyLink,
		},
		fault.NoDisplay: {
			Title:    "No screen",
			Sentence: "There is no display to open a window on.",
			Hint:     "Start Bankbook from your desktop, or see what it does in the terminal: bankbook demo.",
		},
	}
}
