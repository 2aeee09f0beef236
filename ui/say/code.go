package say

// codeMessage returns the words of a code that deserves its own, because the
// next step is another than that of its kind.
func codeMessage(code string) (Message, bool) {
	for _, table := range []map[string]Message{bankCodes(), planCodes(), linkCodes()} {
		if m, ok := table[code]; ok {
			return m, true
		}
	}
	return Message{}, false
}

// bankCodes are the provider's codes about a bank connection (PLAID §3.1, §4).
func bankCodes() map[string]Message {
	noNewAccount := Message{
		Title:    "Not possible with this sign-in",
		Sentence: "You signed in with another name than before.",
		Hint:     "Remove the bank and link it again to use the new name.",
		Action:   RemoveBank,
	}
	return map[string]Message{
		"ITEM_LOCKED": {
			Title:    "Your bank sign-in is locked",
			Sentence: "The bank has locked your sign-in, usually after several wrong passwords.",
			Hint:     "Unlock it on the bank’s own website, then reconnect here.",
			Action:   Reconnect,
		},
		"PASSWORD_RESET_REQUIRED": {
			Title:    "A new password is needed",
			Sentence: "The bank wants you to set a new password.",
			Hint:     "Set it on the bank’s own website, then reconnect here.",
			Action:   Reconnect,
		},
		"USER_SETUP_REQUIRED": {
			Title:    "Something to do at your bank",
			Sentence: "The bank wants you to finish setting up your online access.",
			Hint:     "Sign in on the bank’s own website, follow what it asks, then reconnect here.",
			Action:   Reconnect,
		},
		"MFA_NOT_SUPPORTED": {
			Title:    "The bank’s sign-in check isn’t supported",
			Sentence: "Plaid can’t pass the extra check that the bank asks for.",
			Hint:     "Choose another way to confirm on the bank’s own website, then try again.",
		},
		"INCORRECT_DEPOSIT_VERIFICATION": {
			Title:    "The code was not right",
			Sentence: "The three letters were not those beside the deposit.",
			Hint:     "Look at your statement again. After three wrong codes the account can’t be verified any more.",
			Action:   LinkAgain,
		},
		"TOO_MANY_VERIFICATION_ATTEMPTS": {
			Title:    "The account can’t be verified any more",
			Sentence: "The code was wrong three times.",
			Hint:     "Remove it and link it again to get another deposit.",
			Action:   RemoveBank,
		},
		"INVALID_UPDATED_USERNAME":        noNewAccount,
		"INSTITUTION_NO_LONGER_SUPPORTED": bankRetired(),
		"NO_ACCOUNTS":                     noAccounts(),
		"NO_AUTH_ACCOUNTS":                noAccounts(),
	}
}

// planCodes are the provider's codes about the person's keys and plan, and
// about itself.
func planCodes() map[string]Message {
	return map[string]Message{
		"INSTITUTION_REGISTRATION_REQUIRED": notApproved(),
		"UNAUTHORIZED_INSTITUTION":          notApproved(),
		"UNAUTHORIZED_ENVIRONMENT": {
			Title:    "Your keys are for another source",
			Sentence: "Plaid says that these keys are not allowed here.",
			Hint:     "Production keys need Plaid’s approval. Check that the secret is the one for this source.",
			Action:   EnterKeys,
		},
		"CREDITS_EXHAUSTED": {
			Title:    "Your Plaid plan is used up",
			Sentence: "Plaid says that your plan has no requests left.",
			Hint:     "See the Plaid dashboard. Trying again will not help.",
		},
		"PLANNED_MAINTENANCE": {
			Title:    "Plaid is being serviced",
			Sentence: "Plaid is down for planned maintenance.",
			Hint:     "Your data is still here. Try again in an hour or so.",
			Action:   Retry,
		},
	}
}

// linkCodes are the codes of a link session that say exactly what is lost.
func linkCodes() map[string]Message {
	return map[string]Message{
		"LINK_ACCESS_LOST": {
			Title:    "The sign-in was lost",
			Sentence: "You signed in, but what the bank handed over works only once, and Bankbook was interrupted before it could keep it.",
			Hint:     "Link the bank again. Your earlier data is not affected.",
			Action:   LinkAgain,
		},
		"LINK_SIGN_IN_LAPSED": {
			Title:    "The sign-in has lapsed",
			Sentence: "You signed in, but Bankbook did not get to it within 30 minutes, and it is no longer valid.",
			Hint:     "Nothing was saved. Link the bank again.",
			Action:   LinkAgain,
		},
		"TOKEN_LOST": {
			Title:    "Bank access was lost",
			Sentence: "The bank’s access was being changed, and Bankbook was interrupted before it could keep the new one.",
			Hint:     "What you have stays here. Link the bank again to get what is new.",
			Action:   LinkAgain,
		},
		"LINK_INTERRUPTED": {
			Title:    "The link was interrupted",
			Sentence: "Bankbook was closed before there was a page to sign in on.",
			Hint:     "Nothing was saved. Link the bank again.",
			Action:   LinkAgain,
		},
		"LINK_URL_UNSAFE": {
			Title:    "The page is not safe to open",
			Sentence: "The page that was to be opened is not at an address of Plaid’s, so it was not opened.",
			Hint:     "Check for a proxy on this computer. Please send us the details.",
		},
	}
}

func bankRetired() Message {
	return Message{
		Title:    "This bank is no longer supported",
		Sentence: "Plaid no longer supports this bank.",
		Hint:     "What you have stays here. The bank may be listed under a new name: link it again to see.",
		Action:   LinkAgain,
	}
}

func noAccounts() Message {
	return Message{
		Title:    "No accounts shared",
		Sentence: "The bank shares no account with Bankbook that could be used for this.",
		Hint:     "Reconnect and choose your accounts.",
		Action:   Reconnect,
	}
}

func notApproved() Message {
	return Message{
		Title:    "This bank wants Plaid’s approval first",
		Sentence: "Your Plaid keys are not yet allowed to use this bank.",
		Hint:     "Ask for access to it in the Plaid dashboard. It can take some weeks.",
	}
}
