package journey

// ToBank goes to the bank's own pages.
type ToBank struct{}

func (ToBank) from() []Step { return []Step{HandOver, BankSignIn, BankConsent} }

func (ToBank) do(t *turn) {
	t.Trouble = ""
	t.tell(Event{Name: "OPEN_OAUTH"})
	t.to(BankSignIn)
}

// BankLogin signs in on the bank's own page.
type BankLogin struct{}

func (BankLogin) from() []Step { return []Step{BankSignIn, BankConsent} }

func (BankLogin) do(t *turn) { t.to(BankConsent) }

// Return comes back from the bank's pages without having done anything there.
type Return struct{}

func (Return) from() []Step { return []Step{BankSignIn, BankConsent} }

func (Return) do(t *turn) {
	t.tell(Event{Name: "CLOSE_OAUTH"})
	t.to(HandOver)
}

// Fail ends what was to be done at the bank: with AccessNotGranted if the person
// has refused, or with another error's code.
type Fail struct{ Code string }

func (Fail) from() []Step { return []Step{BankSignIn, BankConsent} }

func (in Fail) do(t *turn) {
	t.tell(Event{Name: "FAIL_OAUTH", Trouble: in.Code})
	t.trouble(in.Code)
}

// Allow agrees at the bank, for accounts that are chosen there.
type Allow struct{}

func (Allow) from() []Step { return []Step{BankConsent} }

func (Allow) do(t *turn) {
	if t.terms.Update {
		t.finish(Updated)
		return
	}
	t.linked()
}
