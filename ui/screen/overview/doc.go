// Package overview is the first screen: what needs the person, what they have
// and owe, how money moved in the last twelve months, the newest transactions,
// and where this month's spending went.
//
// Cash flow counts money that came into or left cash accounts (checking,
// savings). Categories TRANSFER_IN and TRANSFER_OUT are left out, because most
// of them move money between the owner's accounts and would count it twice on
// either side. Purchases on a card count when the card is paid, which is when
// the cash leaves. Who has no cash account sees the rows of the others instead,
// without LOAN_PAYMENTS, which on a card is money from another account.
//
// Spending looks at what was bought, on any account: it leaves out transfers
// and LOAN_PAYMENTS, and takes refunds off the category they belong to.
//
// Amounts of different currencies are never added: the figures are those of the
// main currency, and others are named beside them.
package overview
