package people

import "bankbook/core/sandbox/ledger"

// ByHand returns the person behind one account whose numbers were entered
// without a sign-in. Nothing is known of them, unless the account has been seen
// on Plaid's network before: then it is the usual account holder's.
func ByHand(code, subtype, mask string, seen bool) *Person {
	a := Account{Code: code, Name: "Checking ..." + mask, Mask: mask, Type: Depository, Subtype: "checking"}
	if subtype == "savings" {
		a.Name, a.Subtype = "Savings ..."+mask, subtype
	}
	if seen {
		a.Owners = []Owner{alberta()}
	}
	return &Person{Accounts: []Account{a}, Life: ledger.NoLife}
}
