package journey

// Begin goes on from the first page.
type Begin struct{}

func (Begin) from() []Step { return nil }

func (Begin) do(t *turn) {
	if t.terms.Update {
		return
	}
	t.forget()
	t.Institution = ""
	if t.terms.Remembered != "" {
		t.tell(Event{Name: "SKIP_SUBMIT_PHONE"})
	}
	if t.terms.ChooseType {
		t.to(AuthType)
		return
	}
	t.to(Banks)
}

// forget drops what was reached at a bank.
func (t *turn) forget() {
	bad := t.Bad
	t.State = State{Step: t.Step, Since: t.Since, Institution: t.Institution, Bad: bad}
}

// Recall begins with the bank that was linked before.
type Recall struct{}

func (Recall) from() []Step { return nil }

func (Recall) do(t *turn) {
	if t.terms.Update || t.terms.Remembered == "" {
		return
	}
	t.forget()
	t.Institution = ""
	t.tell(Event{Name: "SUBMIT_PHONE"})
	t.to(Remembered)
}

// Passcode answers the question for the code that was sent to a remembered user.
type Passcode struct{ Right bool }

func (Passcode) from() []Step { return []Step{Remembered} }

func (in Passcode) do(t *turn) {
	t.tell(Event{Name: "SUBMIT_OTP"})
	if !in.Right {
		t.Wrong++
		t.refuse(InvalidOTP)
		if t.Wrong >= mostWrong {
			t.forget()
			t.to(Banks)
		}
		return
	}
	t.forget()
	t.tell(Event{Name: "VERIFY_PHONE"})
	t.tell(Event{Name: transitionView, View: "SELECT_SAVED_INSTITUTION"})
	t.Institution = t.terms.Remembered
	t.tell(Event{Name: "SELECT_INSTITUTION", Match: "AUTO_SELECT_SAVED_INSTITUTION"})
	t.Step, t.Since = Accounts, t.now
	t.tell(Event{Name: transitionView, View: "SELECT_SAVED_ACCOUNT"})
}

// Type says whether to sign in at a bank or to enter numbers.
type Type struct{ Manual bool }

func (Type) from() []Step { return []Step{AuthType, Banks} }

func (in Type) do(t *turn) {
	selection := "flow_type_instant"
	if in.Manual {
		selection = "flow_type_manual"
	}
	if t.Step == AuthType {
		t.tell(Event{Name: "SELECT_AUTH_TYPE", Selection: selection})
	}
	switch {
	case in.Manual && t.terms.Manual():
		t.forget()
		t.Institution = ""
		t.to(Numbers)
	case t.Step == AuthType:
		t.to(Banks)
	}
}

// Choose chooses the bank that Next is given. Query is what was searched for.
type Choose struct{ Query string }

func (Choose) from() []Step { return append([]Step{Banks}, atBank...) }

func (in Choose) do(t *turn) {
	if t.terms.Update {
		return
	}
	t.forget()
	t.Institution = ""
	in.searched(t)
	t.Institution = t.bank.ID
	t.tell(Event{Name: "SELECT_INSTITUTION"})
	t.arrive()
}

// searched tells of the search, which as a look at a page has changed nothing.
func (in Choose) searched(t *turn) {
	if in.Query != "" {
		t.tell(Event{Name: "SEARCH_INSTITUTION", Query: in.Query})
	}
}

// arrive shows how the bank is, if that is to be known before one goes on.
func (t *turn) arrive() {
	switch {
	case t.bank.Health == Retired:
		t.notice("", Unsupported)
	case t.bank.Lacks:
		t.notice("SELECT_FILTERED_INSTITUTION", Filtered)
	case t.bank.Health == Down:
		t.notice("SELECT_DOWN_INSTITUTION", InstitutionDown)
	case t.bank.Health == Degraded:
		t.tell(Event{Name: "SELECT_DEGRADED_INSTITUTION"})
		t.to(Notice)
	default:
		t.enter()
	}
}

func (t *turn) notice(event, code string) {
	if event != "" {
		t.tell(Event{Name: event})
	}
	t.to(Notice)
	t.refuse(code)
	t.tell(Event{Name: transitionView, View: views[Problem]})
}

// enter goes to the bank's way in.
func (t *turn) enter() {
	switch {
	case t.bank.OAuth:
		t.to(HandOver)
	case t.bank.Deposits && t.terms.Numbers && t.terms.InstantDeposit && !t.terms.Update:
		t.to(Numbers)
	default:
		t.to(SignIn)
	}
}

// GoOn goes on in spite of a notice, or tries again after a problem.
type GoOn struct{}

func (GoOn) from() []Step { return []Step{Notice, Problem} }

func (GoOn) do(t *turn) {
	switch {
	case t.Step == Notice && t.bank.Health == Degraded && !t.bank.Lacks:
		t.enter()
	case t.Step == Notice:
		t.arrive()
	case Final(t.Trouble):
	case t.From == Numbers || t.From == Deposit:
		from := t.From
		t.Trouble, t.Wrong = "", 0
		t.to(from)
	default:
		t.forget()
		t.enter()
	}
}

// Leave leaves the way. NotFound says that the search for Query found no bank,
// Asked that the way out led over the question why.
type Leave struct {
	Query           string
	NotFound, Asked bool
}

func (Leave) from() []Step { return nil }

func (in Leave) do(t *turn) {
	if t.Step == Done {
		return
	}
	t.Where = t.status()
	switch t.Step {
	case Start, AuthType, Banks, Remembered:
		t.Institution, t.Trouble = "", ""
	}
	if in.NotFound && t.Step == Banks {
		t.Where = notFound
		Choose{Query: in.Query}.searched(t)
	}
	if in.Asked {
		t.tell(Event{Name: transitionView, View: "EXIT"})
	}
	t.End = Left
	t.tell(Event{Name: "EXIT", Where: t.Where, Trouble: t.Trouble})
}
