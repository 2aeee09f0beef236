package cli

// Places in the window that several operations have in common.
const (
	inBanks   = "Banks"
	inLink    = "Link a bank"
	inAccount = "the account’s page"
	inList    = "Transactions"
)

// documents are the operations of the product documents, in their order. Moving money
// has a table of its own when it is there.
func documents() []document {
	return []document{
		{"One user, one bank at a time", []operation{
			{"Request a link token for a user", inLink + " → Continue", "link --profile", "ui/e2e.TestLinkInTheWindow core/link.TestLinking"},
			{"Activate: exchange the public token", inLink + ", by itself", "link", "core/link.TestLinking core/link.TestKilledAnywhere ui/e2e.TestKilledAtEachStep"},
			{"Request an update token for one bank", inBanks + " → Reconnect", "link --repair", "ui/cli.TestLinkUpdatesABank core/link.TestRepair"},
			{"Get a bank", inBanks, "banks show ITEM", "ui/e2e.TestProfilesFromTheCommandLine"},
			{"Delete a bank", inBanks + " → … → Remove bank…", "banks remove ITEM", "ui/e2e.TestProfilesFromTheCommandLine core/unlink.TestRemoveEndsEverything ui/e2e.TestLifeOfABankInTheWindow"},
		}},
		{"Hosted Link, and accounts to pay from", []operation{
			{"Link token with Hosted Link, opened or only shown", inLink + ", also as a QR code and a link to copy", "link --no-open", "ui/e2e.TestCommandsShowWhatTheBankHolds"},
			{"Connect", inLink, "link", "core/link.TestLinking"},
			{"List and get accounts to pay from", inBanks + ", " + inAccount, "ach", "core/ach.TestList ui/boot.TestNumbersFromAPracticeBank"},
			{"Several banks", inBanks + "; " + inLink + " → Advanced", "link --several", "ui/cli.TestLinkSeveralBanks core/plaid.TestCreateLinkForSeveralBanks"},
		}},
		{"Employers and carriers, bank accounts and ACH accounts", []operation{
			{"Link token", inLink + " → Continue", "link", "core/plaid.TestCreateLink core/link.TestLinking"},
			{"Exchange for an employer or a carrier", "head of the sidebar → New profile…, then " + inLink, "profiles add --kind", "core/profile.TestNames ui/e2e.TestProfilesFromTheCommandLine"},
			{"ACH account from a linked bank", inLink + " → Account and routing numbers", "link --numbers", "ui/boot.TestNumbersFromAPracticeBank ui/boot.TestTokenizedNumbersAreLabelled"},
			{"Bank account by hand", inBanks + " → Add account manually", "account add", "ui/boot.TestAccountByHand core/accounts.TestAddByHand"},
			{"Balance of an account by hand", inBanks + " → Add account manually; " + inAccount + " → Set balance…", "account add --balance; account ID --set-balance", "ui/boot.TestAccountByHand ui/shell.TestAnAccountAddedWithItsBalance ui/cli.TestAccountsInTheTerminal"},
			{"ACH account by hand", inBanks + " → Add account manually; " + inAccount, "ach add --account ID", "ui/boot.TestAccountByHand core/ach.TestAdd core/ach.TestFieldsThatCannotBeUsed"},
			{"List bank accounts by profile, connection, status and primary, in pages", inBanks, "accounts --profile --connection --status --primary --limit --offset", "core/accounts.TestList core/accounts.TestPages ui/cli.TestAccountsInTheTerminal"},
			{"Get a bank account", inAccount, "account ID", "ui/boot.TestAccountOfAPracticeBank"},
			{"Update a bank account", inAccount + " → Details", "account ID --nickname --owner --hide", "core/accounts.TestUpdate core/accounts.TestFieldsThatCannotBeUsed"},
			{"Give a bank account to another profile, and undo that", inAccount + " → Owner; the toast", "account ID --owner", "ui/boot.TestAnAccountIsGivenAndTakenBack core/accounts.TestGiveAndTakeBack core/accounts.TestTakingBackTakesNothingFromOthers"},
			{"Set the default bank account", inBanks + " → the star; " + inAccount, "account ID --primary", "core/accounts.TestOnePrimaryForEachUse"},
			{"Stop, close and reopen a bank account", inAccount + " → …", "account ID --stop --close --reopen", "core/accounts.TestStopCloseAndReopen storage/vault.TestStoppedAccountsTakeInNothing"},
			{"Delete a bank account", inAccount + " → …", "account ID --remove", "core/accounts.TestPreviewAndRemove storage/vault.TestRemoveAccountTakesAllOfItAndNothingElse"},
			{"List ACH accounts by status, source, primary and profile, in pages", inBanks, "ach", "core/ach.TestList"},
			{"Get an ACH account", inAccount, "ach", "core/ach.TestList"},
			{"Update an ACH account", inAccount, "ach update ID", "core/ach.TestUpdate"},
			{"Set the default ACH account", inAccount, "ach primary ID", "core/ach.TestOnePrimaryForEachProfile"},
			{"Delete an ACH account", inAccount, "ach remove ID", "core/ach.TestKilledAtEachStep core/ach.TestTheKeychainFailsAtEachCall"},
			{"See or copy the numbers, after an explicit act", inAccount + " → Reveal…, Copy…", "ach reveal ID", "core/ach.TestRevealAndCopy ui/boot.TestNumbersBehindAPassphrase ui/e2e.TestNumbersInTheWindow"},
			{"List and get connections, in pages", inBanks, "banks", "ui/e2e.TestProfilesFromTheCommandLine"},
			{"Add products", inBanks + " → … → Add account numbers…", "link --add-numbers", "ui/cli.TestLinkUpdatesABank core/link.TestUpdates ui/e2e.TestNumbersInTheWindow"},
			{"Sync accounts", "Sync", "sync", "ui/e2e.TestSyncSettlesThroughFaults ui/boot.TestNothingLeaksBetweenProfiles"},
			{"Live balances", inAccount + " → Get balance now", "account ID --balance", "core/accounts.TestBalance ui/boot.TestAccountOfAPracticeBank"},
			{"Balances of the past", inAccount, "", "core/accounts.TestHistory storage/vault.TestBalancesAreKeptByDay"},
			{"Transactions by date, pending and account, in pages", inList, "transactions --search --pending --account --limit --offset", "core/review.TestAgainstNaive"},
			{"One transaction", inList + " → a row", "transactions show TRANSACTION", "ui/e2e.TestProfilesFromTheCommandLine"},
			{"Summary: total, debits, credits, net in minor units", inList + " → the strip above the table", "summary --json", "ui/cli.TestSummaryNeverAddsCurrencies ui/e2e.TestCommandsShowWhatTheBankHolds"},
			{"Encryption at rest", "Settings → Security", "protect", "ui/boot.TestNoFileHoldsASecret ui/boot.TestNoFileHoldsAnAccountNumber"},
			{"Last four only", inAccount + ", " + inBanks, "ach", "ui/boot.TestNoFileHoldsAnAccountNumber"},
			{"Logging without secrets", "Activity", "activity", "ui/boot.TestNoEntryHoldsASecret ui/boot.TestNoFileHoldsASecret"},
			{"Scoping: nothing of another profile's", "every page", "banks --profile", "ui/boot.TestNothingLeaksBetweenProfiles ui/boot.TestAccountsOfAnotherProfile core/scope.TestViews"},
		}},
		{"Banks of a profile, and signing in again", []operation{
			{"Link for a profile, with a redirect URI or an Android package", inLink + " → Advanced", "link --profile --redirect-uri --android-package", "ui/cli.TestTheWayBackIsUsedAgain ui/cli.TestLinkRefusesMistakesBeforeAnythingBegins core/plaid.TestCreateLink core/link.TestOptions core/link.TestRedirectURI core/link.TestAndroidPackage"},
			{"The same when signing in again, choosing accounts, adding products or verifying", "by itself, as the bank was linked", "link --repair --accounts --add-numbers --verify --redirect-uri --android-package", "ui/cli.TestTheWayBackOfABank ui/cli.TestTheWayBackIsUsedAgain core/link.TestWayBack"},
			{"Bank from public token, institution and chosen accounts", inLink + ", by itself", "link", "core/link.TestLinking core/link.TestLookAtSeveralVisits"},
			{"One bank account", inAccount, "account ID", "ui/boot.TestAccountOfAPracticeBank"},
			{"All banks of a profile, those that need a sign-in on request", inBanks + ", those first", "banks --profile --status", "ui/e2e.TestProfilesFromTheCommandLine"},
			{"Sign in again without choosing accounts", inBanks + " → Reconnect", "link --repair", "ui/cli.TestLinkUpdatesABank core/link.TestRepair"},
			{"Sign in again and choose accounts", inBanks + " → Add or remove accounts", "link --accounts", "ui/cli.TestLinkUpdatesABank core/link.TestUpdates"},
			{"Change the accounts of a bank", inBanks + " → Add or remove accounts", "link --accounts", "ui/cli.TestLinkUpdatesABank core/link.TestUpdatesKilledAnywhere ui/e2e.TestLifeOfABankInTheWindow"},
		}},
		{"The rest of a bank's life", []operation{
			{"Duplicate guard before the exchange", inLink + " → Check accounts", "link --again", "core/link.TestDuplicates"},
			{"Continue an earlier bank, and undo that", inBanks + " → … → Continue an earlier bank…", "banks continue ITEM --from --undo", "ui/boot.TestContinueAnEarlierBank storage/vault.TestContinueAndUndo core/carry.TestNothingIsLostOrCountedTwice ui/e2e.TestContinueInTheWindow"},
			{"Accounts that come back under other ids after a sign-in go on", "the end of signing in again → Continue its history…", "banks continue ITEM", "ui/cli.TestAccountsThatCameBackGoOn ui/boot.TestAccountsThatCameBackGoOn storage/vault.TestContinueWithinABank core/sandbox.TestAccountsComeBackUnderOtherIDs"},
			{"Verify by small deposits", inBanks + " → Verify micro-deposits", "link --verify --micro-deposits", "ui/cli.TestLinkByMicroDeposits ui/cli.TestLinkWithTooManyWrongCodes core/link.TestUpdates ui/e2e.TestNumbersInTheWindow"},
			{"Remove and keep the history", inBanks + " → … → Remove bank…", "banks remove ITEM --keep-history", "core/unlink.TestWhatIsKeptIsKeptByHand ui/e2e.TestContinueInTheWindow"},
			{"Undo a removal until Plaid is told", "the toast; " + inBanks + " → Keep bank", "", "core/unlink.TestUndoUntilTheBankIsTold core/unlink.TestRun"},
			{"New access for one bank, or all", inBanks + " → … → Renew access; Settings → Security", "banks rotate ITEM", "ui/boot.TestTokenSurvivesKills ui/boot.TestRotateTokens core/rotate.TestAfterAFault"},
			{"Finish by the browser’s way back, with polling as the truth", inLink, "link", "ui/boot.TestTheWayBackWakesTheSession core/link/landing.TestStrangersAreToldNothing core/link.TestCompletionURIIsNoCondition"},
			{"Profiles: make, rename, switch, archive, delete", "head of the sidebar", "profiles add; profiles change; profiles use; profiles archive; profiles delete", "core/profile.TestDelete ui/shell.TestProfileMenu ui/boot.TestRemoveProfile"},
			{"Own keys: save, test, replace, remove; what they allow", "Settings → Plaid keys", "keys set; keys test; keys remove; keys countries; keys trial", "ui/boot.TestKeysAreTestedAndKept ui/boot.TestKeysReplacedWhileOpen ui/boot.TestKeysChangedByAnotherProgram ui/boot.TestSavingKeysThatFails ui/boot.TestItemsAreCountedForLife ui/cli.TestTheTrialPlanIsToldByThePerson core/plaid.TestProbeFindsWhatKeysAllow ui/e2e.TestKeysInTheWindow"},
			{"Log of what was done", "Activity", "activity", "core/activity.TestFilters ui/boot.TestLinksAndSyncsAreWrittenDown ui/boot.TestWhatIsDoneWithBanksAndProfilesIsWrittenDown ui/boot.TestNoEntryHoldsASecret"},
			{"Status by polling, and what a bank needs told once", inBanks + "; a notification", "banks check", "ui/boot.TestABankThatBreaksIsFoundAndToldOnce ui/boot.TestTheEndOfAConsentIsFound ui/e2e.TestAPersonWhoDoesNotLookIsNotified"},
			{"Sync on a schedule", "Settings → Data", "schedule --every --battery --metered --notify", "core/schedule.TestDriver core/schedule.TestWhatIsDue ui/boot.TestThePlanIsKept"},
		}},
	}
}
