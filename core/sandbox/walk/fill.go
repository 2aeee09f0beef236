package walk

import (
	"net/url"
	"slices"
	"strings"
)

func (w *walker) signIn(p *page, f *form) (url.Values, error) {
	if w.signedIn {
		return nil, ErrSignIn
	}
	w.signedIn = true
	fields := f.values()
	for _, in := range f.fields {
		switch {
		case in.kind == "text" || in.kind == "email":
			fields.Set(in.name, w.choice.User)
		case in.name == "pin":
			fields.Set(in.name, told(w.choice.PIN, p.hints, len(p.hints)-1))
		case in.kind == "password":
			fields.Set(in.name, w.choice.Password)
		}
	}
	return fields, nil
}

// told returns what was chosen, or else what the page tells in that place.
func told(chosen string, hints []string, at int) string {
	if chosen == "" && at >= 0 && at < len(hints) {
		return hints[at]
	}
	return chosen
}

func (w *walker) accounts(_ *page, f *form) (url.Values, error) { return f.tick(w.choice.Accounts) }

// answer answers what the bank asks, in order. Where any answer is right, the
// first one is given.
func (w *walker) answer(p *page, f *form) (url.Values, error) {
	if p.wrong {
		return nil, ErrCode
	}
	fields := f.values()
	for i, name := range f.asked() {
		answer := told("", p.hints, i)
		if w.answers < len(w.choice.Answers) {
			answer = w.choice.Answers[w.answers]
		}
		w.answers++
		if options := f.options(name); len(options) > 0 && !slices.Contains(options, answer) {
			answer = options[0]
		}
		fields.Set(name, answer)
	}
	return fields, nil
}

func (w *walker) numbers(p *page, f *form) (url.Values, error) {
	if w.sent["numbers"] {
		return nil, ErrCode
	}
	w.sent["numbers"] = true
	fields := f.values()
	fields.Set("routing", told(w.choice.Routing, p.hints, 0))
	fields.Set("number", told(w.choice.Number, p.hints, 1))
	holder := w.choice.Holder
	if holder == "" {
		holder = "Alberta Bobbeth Charleson"
	}
	fields.Set("holder", holder)
	return fields, nil
}

func (w *walker) code(p *page, f *form) (url.Values, error) {
	if w.sent["code"] {
		return nil, ErrCode
	}
	w.sent["code"] = true
	fields := f.values()
	fields.Set("code", told(w.choice.Code, p.hints, 0))
	return fields, nil
}

func (w *walker) human(_ *page, f *form) (url.Values, error) {
	fields := f.values()
	fields.Set("human", "1")
	return fields, nil
}

// how says whether to sign in at a bank or to enter numbers.
func (w *walker) how(_ *page, f *form) (url.Values, error) {
	fields := f.values()
	fields.Set("how", "instant")
	if w.choice.Manual {
		fields.Set("how", "manual")
	}
	return fields, nil
}

// another goes on to the next bank that is wanted, or finishes.
func (w *walker) another(_ *page, f *form) (url.Values, error) {
	fields := f.values()
	if len(w.choice.Then) == 0 {
		fields.Set("finish", "1")
		return fields, nil
	}
	then := w.choice.Then
	w.choice, w.choice.Then = then[0], then[1:]
	w.searched, w.signedIn, w.answers, w.sent = false, false, 0, map[string]bool{}
	fields.Set("another", "1")
	return fields, nil
}

func (f form) named(name string) bool {
	return f.has(func(in field) bool { return in.name == name })
}

func (f form) isSignIn() bool {
	return f.has(func(in field) bool { return in.kind == "password" })
}

func (f form) isAccounts() bool { return f.named("account") }

func (f form) isAnswers() bool { return len(f.asked()) > 0 }

func (f form) isNumbers() bool { return f.named("routing") }

func (f form) isCode() bool { return f.named("code") }

func (f form) isRobot() bool { return f.named("human") }

func (f form) isBanks() bool {
	return f.has(func(in field) bool { return in.isButton() && in.name == "institution" })
}

func (f form) isSearch() bool {
	return f.has(func(in field) bool { return in.kind == "search" })
}

func (f form) isLeave() bool {
	return f.has(func(in field) bool { return in.isButton() && in.name == "leave" })
}

// isHow reports whether f asks how to link, isHowElse whether it offers another
// way than a bank.
func (f form) isHow() bool { return f.buttons("how") > 1 }

func (f form) isHowElse() bool { return f.buttons("how") == 1 }

func (f form) isAnother() bool { return f.buttons("another") > 0 }

func (f form) isRecall() bool { return f.buttons("recall") > 0 }

func (f form) isHandOver() bool { return f.buttons("to") > 0 }

func (f form) buttons(name string) int {
	n := 0
	for _, in := range f.fields {
		if in.isButton() && in.name == name {
			n++
		}
	}
	return n
}

// isPlain reports whether f only goes on.
func (f form) isPlain() bool {
	return !f.isLeave() && !f.isSearch() && !f.isHowElse() && f.has(field.isButton)
}

// asked returns the names of the questions, in order.
func (f form) asked() []string {
	var names []string
	for _, in := range f.fields {
		if strings.HasPrefix(in.name, "answer-") && !slices.Contains(names, in.name) {
			names = append(names, in.name)
		}
	}
	return names
}

// options returns what can be chosen from.
func (f form) options(name string) []string {
	var values []string
	for _, in := range f.fields {
		if in.name == name && in.kind == "radio" {
			values = append(values, in.value)
		}
	}
	return values
}
