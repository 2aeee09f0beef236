package sheet

import (
	"context"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/ach"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/input"
	"bankbook/core/secret"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// NumbersSpec describes the dialog that adds the numbers of an account.
type NumbersSpec struct {
	Account string
	Kind    core.ACHKind
	// Kept says where numbers are kept, for the field.
	Kept  string
	Add   func(ctx context.Context, e ach.Entry) error
	Added func()
}

// Numbers shows the dialog that adds routing and account number.
func Numbers(host Host, spec NumbersSpec) {
	var s *Sheet
	var fields *numberFields
	kinds := []core.ACHKind{core.Checking, core.Savings}
	at := 0
	if spec.Kind == core.Savings {
		at = 1
	}
	holder := kit.NewInput(kit.InputSpec{Placeholder: "As the bank writes it"})
	send := func() {
		e := ach.Entry{Pair: fields.pair(), Kind: kinds[at], Owner: holder.Text()}
		s.Work(func(ctx context.Context) error { return spec.Add(ctx, e) }, spec.Added, func(err error) bool {
			return s.wrongAt(err, map[input.Field]*kit.Input{ach.RoutingField: fields.routing, ach.NumberField: fields.number, ach.HolderField: holder})
		})
	}
	look := func() {
		if s != nil {
			s.allow(fields.look(), "Starts as unverified")
		}
	}
	fields = newNumberFields(spec.Kept, look, send)
	two := func(left, right fyne.CanvasObject) fyne.CanvasObject {
		return kit.Columns(16, []float32{0, 0}, left, right)
	}
	s = New(host, Spec{
		Title: "Add numbers of " + spec.Account, Deed: "Add numbers", Do: send, Initial: fields.routing.Focusable(),
		Body: kit.VBox(16,
			two(kit.Field("Routing number", fields.routing), kit.Field("Account number", fields.number)),
			two(kit.Field("Type", kit.NewSegmented([]string{"Checking", "Savings"}, at, func(i int) { at = i })), kit.Field("Account holder", holder)),
		),
	})
	look()
	s.Show()
}

// RevealSpec describes the dialog before numbers are shown or copied.
type RevealSpec struct {
	Account string
	// Copy puts one of the numbers on the clipboard, in place of showing them.
	Copy bool
	// Passphrase says that it is wanted.
	Passphrase bool
	// Open returns the numbers, on a worker.
	Open func(ctx context.Context, act ach.Act) (bank.Numbers, error)
	// Copied is handed the numbers that are to be copied.
	Copied func(n bank.Numbers, routing bool)
}

// Reveal asks before numbers are shown or copied.
func Reveal(host Host, spec RevealSpec) {
	var s *Sheet
	var n bank.Numbers
	var passphrase *kit.Input
	routing := false
	send := func() {
		act := ach.Act{Meant: true}
		if passphrase != nil {
			act.Passphrase = secret.New(passphrase.Text())
			passphrase.SetError("")
		}
		s.Work(func(ctx context.Context) (err error) {
			n, err = spec.Open(ctx, act)
			return err
		}, func() {
			if spec.Copy {
				spec.Copied(n, routing)
			} else {
				showNumbers(host, spec.Account, n)
			}
		}, func(err error) bool {
			wrong := passphrase != nil && fault.Is(err, fault.Passphrase)
			if wrong {
				refuse(passphrase, say.RevealFault(err).Sentence)
			}
			return wrong
		})
	}
	icon, title, deed, line := look.IconEye, "Show the numbers of "+spec.Account+"?", "Show numbers", "The full routing and account number are shown until you close the dialog."
	if spec.Copy {
		icon, title, deed, line = look.IconClock, "Copy a number of "+spec.Account+"?", "Copy number", "What is copied is taken off the clipboard after 30 seconds, if it is still there."
	}
	body := kit.VBox(16)
	if spec.Copy {
		body.Add(kit.NewSegmented([]string{"Account number", "Routing number"}, 0, func(i int) { routing = i == 1 }))
	}
	body.Add(kit.VBox(10, Point(icon, line), Point(look.IconActivity, "It is noted in the activity. The numbers themselves are not.")))
	var initial fyne.Focusable
	if spec.Passphrase {
		passphrase = kit.NewInput(kit.InputSpec{Secret: true, Placeholder: "The one that protects your data", OnSubmit: func(string) { send() }})
		body.Add(kit.Field("Passphrase", passphrase))
		initial = passphrase.Focusable()
	}
	s = New(host, Spec{Title: title, Deed: deed, Do: send, Initial: initial, Body: body})
	s.Show()
}

// showNumbers shows numbers until the dialog is closed.
func showNumbers(host Host, account string, n bank.Numbers) {
	var dialog *kit.Modal
	line := func(label string, value secret.Text) fyne.CanvasObject {
		return kit.Fixed(0, 36, kit.HBox(12, kit.Grow(kit.NewText(label, kit.Body().Muted())), kit.NewText(value.Reveal(), kit.Code().Sized(look.TextTitle))))
	}
	rows := []fyne.CanvasObject{line("Routing", n.Routing), line("Account", n.Number)}
	if !n.Wire.IsEmpty() && n.Wire != n.Routing {
		rows = append(rows, line("Routing for wires", n.Wire))
	}
	body := kit.VBox(12, kit.Lines(rows...))
	if n.Tokenized {
		body.Add(kit.NewParagraph(say.TokenizedNote, kit.Body().In(look.Text2), 0))
	}
	shut := kit.NewButton(kit.ButtonSpec{Text: "Hide", Kind: kit.Primary, OnTap: func() { dialog.Close() }})
	dialog = kit.NewModal(host.Canvas, kit.ModalSpec{Title: account, Body: body, Foot: kit.HBox(8, kit.Spring(), shut), Initial: shut})
	dialog.Show()
}

// BalanceSpec describes the dialog that sets a balance.
type BalanceSpec struct {
	Account string
	// Text is the balance as it is now.
	Text string
	// Owed says that a positive balance is a debt.
	Owed bool
	Set  func(text string) error
	Done func()
}

// Balance shows the dialog that sets the balance of an account kept by hand.
func Balance(host Host, spec BalanceSpec) {
	var s *Sheet
	var amount *kit.Input
	send := func() {
		text := amount.Text()
		amount.SetError("")
		s.Work(func(context.Context) error { return spec.Set(text) }, spec.Done, func(err error) bool {
			problems := input.Problems(err)
			for _, p := range problems {
				refuse(amount, say.Problem(p))
			}
			return len(problems) > 0
		})
	}
	amount = kit.NewInput(kit.InputSpec{Text: spec.Text, Placeholder: "0.00", OnSubmit: func(string) { send() }})
	label := "What it holds now"
	if spec.Owed {
		label = "What is owed now"
	}
	s = New(host, Spec{Title: "Balance of " + spec.Account, Deed: "Save balance", Do: send, Initial: amount.Focusable(), Body: kit.Field(label, amount)})
	s.Show()
}
