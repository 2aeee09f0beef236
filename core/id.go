package core

// The identifiers below are distinct types so that the compiler refuses one
// where another is meant. Plaid's are 37 mixed-case characters and
// case-sensitive; none of them is a secret.
type (
	// ProfileID names whose data a record is. Chosen by Bankbook.
	ProfileID string
	// ItemID is Plaid's item_id: one login at one institution.
	ItemID string
	// AccountID is Plaid's account_id. It belongs to one Item: linking the
	// same bank again gives the same account another AccountID.
	AccountID string
	// TransactionID is Plaid's transaction_id. A pending transaction and the
	// posted one that follows it have different ids.
	TransactionID string
	// InstitutionID is Plaid's institution_id, such as "ins_109508".
	InstitutionID string
	// LinkID names one run through Hosted Link. Chosen by Bankbook before the
	// first request is made.
	LinkID string
)
