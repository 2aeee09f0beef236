package say

// What the command line says beside what the window says as well.
const (
	// NoBanks stands where banks or accounts would be listed.
	NoBanks = "No bank is linked yet. Link one with: bankbook link"
	// NoTransactions stands where transactions would be listed.
	NoTransactions = "No transactions here."
	// AlreadyLinked says why a sign-in is dropped.
	AlreadyLinked = "This bank seems to be linked already, so the new sign-in was dropped. To link it as a second connection: bankbook link --again"
	// LinkTakenUp says that no new page is asked for.
	LinkTakenUp = "Going on with the link that was begun before."
	// CameBackGoOn says what can be done about accounts that came back as others, in
	// front of the bank's id.
	CameBackGoOn = "To let their history go on, with everything counted once: bankbook banks continue"
	// OpenPage introduces the address of a Hosted Link page.
	OpenPage = "Open this page, if your browser did not:"
	// PassphraseInstead tells of what takes the place of a keychain.
	PassphraseInstead = "New data can be protected by a passphrase instead: bankbook protect passphrase"
	// DemoWalks says what the demonstration does in place of a person.
	DemoWalks = "Signing in on the practice bank’s pages as user_good"
	// DemoForgets says why the demonstration keeps nothing.
	DemoForgets = "There is no keychain to keep secrets in, so this demonstration keeps nothing: everything is forgotten at its end."
	// Newest introduces the newest transactions.
	Newest = "Newest transactions"
	// Totals introduces debits, credits and net.
	Totals = "Totals"
)

// PendingMark returns the word that marks a pending transaction in a list.
func PendingMark(pending bool) string {
	if pending {
		return "Pending"
	}
	return ""
}
