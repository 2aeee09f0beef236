package link

import (
	"bankbook/core"
	"bankbook/core/link"
	"bankbook/ui/say"
)

// words are what the screen says of one purpose.
type words struct {
	// title stands in the header, again on the button that begins anew.
	title, again string
	// do is what is to be done in the browser, below what comes of it.
	do, below string
	// done is the title of the good end; name stands for the bank in it.
	done func(name string) string
}

// allWords are the words of each purpose.
func allWords() map[link.Purpose]words {
	return map[link.Purpose]words{
		link.New: {
			title: "Link a bank", again: "Start again", do: "Choose your bank and sign in there.",
			done: func(name string) string { return name + " is linked" },
		},
		link.Repair: {
			title: "Sign in again", again: "Sign in again", do: "Sign in to your bank there.",
			below: "Nothing you have is changed or counted twice.",
			done:  func(name string) string { return name + " is connected again" },
		},
		link.Accounts: {
			title: "Add or remove accounts", again: "Choose again", do: "Choose there which accounts Bankbook may see.",
			below: "Accounts that you leave out stay in Bankbook with their history, and get nothing new.",
			done:  func(string) string { return "Your choice is kept" },
		},
		link.Products: {
			title: "Add account numbers", again: "Ask again", do: "Allow Bankbook there to read account and routing numbers.",
			below: "Nothing else about this bank changes.",
			done:  func(string) string { return "Account numbers are added" },
		},
		link.Verify: {
			title: "Verify micro-deposits", again: "Enter the code again",
			do:    "Enter the three letters there that stand beside the small deposit on your statement.",
			below: "After three wrong codes the account can’t be verified any more.",
			done:  func(string) string { return "The account is verified" },
		},
	}
}

// words returns those of the present purpose.
func (s State) words() words {
	purpose := s.errand().Purpose
	if purpose == "" {
		purpose = link.New
	}
	return allWords()[purpose]
}

// endLead is what stands below the title of the good end.
func (s State) endLead(accounts []core.Account) string {
	switch s.errand().Purpose {
	case "":
		return s.linkedLead(accounts)
	case link.Accounts:
		return changedLead(s.Session.Before, accounts)
	case link.Products:
		if !anyNumbers(accounts) {
			return "The bank is getting them ready. They come with one of the next syncs."
		}
		return "They are kept with bank access, apart from your data."
	case link.Verify:
		if !anyNumbers(accounts) {
			return "Its numbers come with one of the next syncs."
		}
		return "Its numbers are kept with bank access, apart from your data."
	}
	return "New transactions come with each sync."
}

// linkedLead is that of a new bank.
func (s State) linkedLead(accounts []core.Account) string {
	switch {
	case s.Session.Options.Deposits && anyPending(accounts):
		return "A small deposit comes in one or two business days. Its code is entered on the Banks screen then."
	case s.Session.Options.Deposits:
		return "Its numbers are kept with bank access, apart from your data."
	case s.Progress.Rows == 0:
		return "Its history is in Bankbook."
	}
	return say.Count(s.Progress.Rows, say.Transaction) + " came with its history."
}

// changedLead tells which accounts have come and gone.
func changedLead(before []core.AccountID, accounts []core.Account) string {
	was := map[core.AccountID]bool{}
	for _, id := range before {
		was[id] = true
	}
	added, gone := 0, 0
	for _, a := range accounts {
		switch {
		case !a.Unshared && !was[a.ID]:
			added++
		case a.Unshared && was[a.ID]:
			gone++
		}
	}
	switch {
	case added == 0 && gone == 0:
		return "The same accounts are shared as before."
	case gone == 0:
		return say.Sentence(say.Count(added, say.Account)) + " added."
	case added == 0:
		return say.Sentence(say.Count(gone, say.Account)) + " no longer shared."
	}
	return say.Sentence(say.Count(added, say.Account)) + " added, " + say.Number(gone) + " no longer shared."
}

func anyNumbers(accounts []core.Account) bool {
	for _, a := range accounts {
		if a.ACH.HasNumbers() {
			return true
		}
	}
	return false
}

func anyPending(accounts []core.Account) bool {
	for _, a := range accounts {
		if a.ACH.Status == core.VerifyPending {
			return true
		}
	}
	return false
}
