package sheet

import (
	"context"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/ach"
	"bankbook/core/input"
	"bankbook/core/money"
	"bankbook/core/secret"
	"bankbook/ui/kit"
	"bankbook/ui/say"
)

// AccountSpec describes the dialog that adds an account by hand.
type AccountSpec struct {
	// Owners are the profiles that the account can belong to; the first is proposed.
	Owners []core.Profile
	// Kept says where numbers are kept, for the field.
	Kept string
	// Add adds the account, on a worker; with numbers if there are any.
	Add   func(ctx context.Context, n accounts.NewAccount, numbers *ach.Entry) error
	Added func(name string)
}

// accountSheet is that dialog.
type accountSheet struct {
	spec    AccountSpec
	sheet   *Sheet
	bank    *kit.Input
	name    *kit.Input
	balance *kit.Input
	numbers *numberFields
	kind    accounts.Kind
	owner   int
	fields  map[input.Field]*kit.Input
}

// Account shows the dialog that adds an account by hand.
func Account(host Host, spec AccountSpec) {
	a := &accountSheet{spec: spec, kind: accounts.CheckingKind}
	plain := func(hint string) *kit.Input {
		return kit.NewInput(kit.InputSpec{
			Placeholder: hint, OnChange: func(string) { a.look() }, OnSubmit: func(string) { a.send() },
		})
	}
	a.bank, a.name = plain("Where the account is"), plain("What you call it")
	a.balance = plain("If you know it, such as 240.00")
	a.numbers = newNumberFields(spec.Kept, a.look, a.send)
	a.fields = map[input.Field]*kit.Input{
		accounts.Bank: a.bank, accounts.Name: a.name, accounts.Opening: a.balance,
		ach.RoutingField: a.numbers.routing, ach.NumberField: a.numbers.number,
	}
	a.sheet = New(host, Spec{
		Title: "Add an account manually", Deed: "Add account", Do: a.send, Initial: a.bank.Focusable(), Body: a.body(),
	})
	a.look()
	a.sheet.Show()
}

func (a *accountSheet) body() fyne.CanvasObject {
	kinds := []accounts.Kind{accounts.CheckingKind, accounts.SavingsKind, accounts.CashKind}
	kind := kit.NewSegmented([]string{"Checking", "Savings", "Cash"}, 0, func(i int) {
		a.kind = kinds[i]
		a.numbers.offer(a.kind != accounts.CashKind)
		a.look()
	})
	var names []string
	for _, p := range a.spec.Owners {
		names = append(names, p.Name)
	}
	owner := kit.NewSelect(names, 0, func(i int) { a.owner = i })
	two := func(left, right fyne.CanvasObject) fyne.CanvasObject {
		return kit.Columns(16, []float32{0, 0}, left, right)
	}
	return kit.VBox(16,
		kit.NewParagraph("For an account you don’t want to link. You enter its numbers yourself, or leave them out.", kit.Body().Muted(), 0),
		two(kit.Field("Bank name", a.bank), kit.Field("Nickname", a.name)),
		two(kit.Field("Routing number", a.numbers.routing), kit.Field("Account number", a.numbers.number)),
		two(kit.Field("Type", kind), kit.Field("Owner", owner)),
		two(kit.Field("Balance today", a.balance), kit.Spring()),
	)
}

// look says at each field what is wrong with it, and whether one can go on.
func (a *accountSheet) look() {
	if a.sheet == nil {
		return
	}
	wrong := a.numbers.look()
	for _, i := range []*kit.Input{a.bank, a.name} {
		field := accounts.Bank
		if i == a.name {
			field = accounts.Name
		}
		_, flaw := input.Line(i.Text(), accounts.MaxName)
		wrong += refuseFor(i, field, flaw)
	}
	_, err := a.opening()
	wrong += refuseFor(a.balance, accounts.Opening, flawAt(err, accounts.Opening))
	a.sheet.allow(wrong, a.foot())
}

// opening is the balance that was entered, if any was. The currency is that of every
// balance which is entered in the window for the first time.
func (a *accountSheet) opening() (money.Optional, error) {
	return accounts.ParseBalance(a.balance.Text(), money.USD)
}

// foot says what becomes of the numbers.
func (a *accountSheet) foot() string {
	if a.numbers.empty() {
		return "Without numbers"
	}
	return "Starts as unverified"
}

func (a *accountSheet) send() {
	n := accounts.NewAccount{Bank: a.bank.Text(), Name: a.name.Text(), Kind: a.kind}
	if a.owner < len(a.spec.Owners) {
		n.Owner = a.spec.Owners[a.owner].ID
	}
	opening, err := a.opening()
	if err != nil {
		a.sheet.wrongAt(err, a.fields)
		return
	}
	n.Opening = opening
	var entry *ach.Entry
	if !a.numbers.empty() {
		e := ach.Entry{Pair: a.numbers.pair(), Kind: core.ACHKindOf(string(a.kind))}
		entry = &e
	}
	a.sheet.Work(func(ctx context.Context) error { return a.spec.Add(ctx, n, entry) },
		func() { a.spec.Added(n.Name) },
		func(err error) bool { return a.sheet.wrongAt(err, a.fields) })
}

// allow lets the deed be done if no field is wrong, and says so beside the buttons.
func (s *Sheet) allow(wrong int, otherwise string) {
	if wrong > 0 {
		s.stage.SetText(say.FixFields(wrong))
		s.deed.Disable()
	} else {
		s.stage.SetText(otherwise)
		s.deed.Enable()
	}
	s.Relayout()
}

// refuseFor says at a field what is wrong with it, and counts it.
func refuseFor(i *kit.Input, field input.Field, flaw input.Flaw) int {
	if flaw == "" {
		i.SetError("")
		return 0
	}
	i.SetError(say.Problem(input.Problem{Field: field, Flaw: flaw}))
	return 1
}

// flawAt returns what a fault says of a field, or "".
func flawAt(err error, field input.Field) input.Flaw {
	for _, p := range input.Problems(err) {
		if p.Field == field {
			return p.Flaw
		}
	}
	return ""
}

// wrongAt says at the fields what a fault is about, and moves the keyboard to the
// first of them. It reports whether that says all of it.
func (s *Sheet) wrongAt(err error, fields map[input.Field]*kit.Input) bool {
	problems := input.Problems(err)
	said := 0
	for _, p := range problems {
		i := fields[p.Field]
		if i == nil {
			continue
		}
		i.SetError(say.Problem(p))
		if said == 0 {
			i.Focus()
		}
		said++
	}
	if said > 0 {
		s.stage.SetText(say.FixFields(said))
	}
	return said > 0 && said == len(problems)
}

// numberFields are the fields for routing and account number.
type numberFields struct {
	routing, number *kit.Input
	kept            string
	off             bool
}

func newNumberFields(kept string, changed, submit func()) *numberFields {
	change, enter := func(string) { changed() }, func(string) { submit() }
	return &numberFields{
		kept:    kept,
		routing: kit.NewInput(kit.InputSpec{Placeholder: "Nine digits", OnChange: change, OnSubmit: enter}),
		number:  kit.NewInput(kit.InputSpec{Placeholder: "5 to 17 digits", Secret: true, OnChange: change, OnSubmit: enter}),
	}
}

// offer lets numbers be entered, or not.
func (f *numberFields) offer(on bool) {
	f.off = !on
	for _, i := range []*kit.Input{f.routing, f.number} {
		if on {
			i.Enable()
		} else {
			i.SetText("")
			i.Disable()
		}
	}
}

func (f *numberFields) empty() bool { return f.routing.Text() == "" && f.number.Text() == "" }

func (f *numberFields) pair() ach.Pair {
	return ach.Pair{Routing: secret.New(f.routing.Text()), Number: secret.New(f.number.Text())}
}

// look says at each key what is to be said of the numbers, and counts those that
// cannot be right.
func (f *numberFields) look() (wrong int) {
	state, flaw := ach.Routing(f.routing.Text())
	wrong += refuseFor(f.routing, ach.RoutingField, flaw)
	f.routing.SetValid(state == ach.Right)
	helper := ""
	if state == ach.Right {
		helper = "Looks right"
	}
	f.routing.SetHelper(helper)
	_, flaw = ach.Number(f.number.Text())
	wrong += refuseFor(f.number, ach.NumberField, flaw)
	f.number.SetHelper(f.kept)
	return wrong
}
