package transfer

import "slices"

// Status is how far a motion has come.
type Status string

// The states (OpenAPI, TransferStatus).
const (
	Pending   Status = "pending"
	Posted    Status = "posted"
	Settled   Status = "settled"
	Available Status = "funds_available"
	Cancelled Status = "cancelled"
	Failed    Status = "failed"
	Returned  Status = "returned"
)

// transitions are the states that follow each state. A return after settlement
// is not in the list of /sandbox/transfer/simulate, but in Plaid's guide to it
// ("Simulating a return with Plaid Ledger") and in the automatic simulations.
var transitions = map[Status][]Status{
	Pending:   {Posted, Failed, Cancelled},
	Posted:    {Settled, Returned},
	Settled:   {Available, Returned},
	Available: {Returned},
}

// Leads reports whether a motion in state s can come into state to.
func (s Status) Leads(to Status) bool { return slices.Contains(transitions[s], to) }

// Undone reports whether the money is back where it came from.
func (s Status) Undone() bool { return s == Cancelled || s == Failed || s == Returned }

// Failure is why a motion failed or was returned.
type Failure struct {
	// Code is an ACH return code, or "" for one that failed.
	Code string `json:"code,omitempty"`
	Text string `json:"text,omitempty"`
}

// The reasons that are given when a client names none (Plaid, "ACH return codes").
const defaultReturn = "R01"

var returnTexts = map[string]string{
	"R01": "Insufficient funds",
	"R02": "Account closed",
	"R03": "No account or unable to locate account",
	"R04": "Invalid account number",
	"R05": "Unauthorized debit to consumer account",
	"R06": "Returned per ODFI's request",
	"R07": "Authorization revoked by customer",
	"R08": "Payment stopped or stop payment on item",
	"R09": "Uncollected funds",
	"R10": "Customer advises not authorized",
	"R11": "Check truncation entry return",
	"R13": "Invalid ACH routing number",
	"R16": "Account frozen",
	"R20": "Non-transaction account",
	"R23": "Credit entry refused by receiver",
	"R24": "Duplicate entry",
	"R29": "Corporate customer advises not authorized",
}

// reason completes what a client says about a failure.
func reason(to Status, why Failure) *Failure {
	switch to {
	case Returned:
		if why.Code == "" {
			why.Code = defaultReturn
		}
	case Failed:
		why.Code = ""
		if why.Text == "" {
			why.Text = "The entry was rejected before it was submitted to the network"
		}
	default:
		return nil
	}
	if why.Text == "" {
		why.Text = returnTexts[why.Code]
	}
	return &why
}
