// Package walk goes through the practice bank's Hosted Link pages as a person
// with a browser does: it reads each page, fills in its form and sends it, with
// cookies. It knows the pages by what they ask for (a bank, a sign-in, a choice
// of accounts) and not by their addresses. Tests and the demonstration use it;
// it imports nothing else of the project.
package walk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
)

// Choice is what the person does on the pages.
type Choice struct {
	// Institution is the bank's id, such as "ins_109508", or its name.
	Institution string
	User        string
	Password    string
	// PIN is for a bank that asks for one; "" is the one that the page tells.
	PIN string
	// Accounts are the accounts to share, each by any text that stands on its
	// line, such as "Plaid Checking" or "0000". Empty means all, or the first
	// where one alone can be chosen.
	Accounts []string
	// Answers are for what the bank asks after the password, one after the other
	// over all its pages. Without them the walk answers as the pages tell.
	Answers []string
	// Manual enters account numbers instead of signing in at a bank. Routing,
	// Number and Holder are those; "" is what the page tells, and somebody's name.
	Manual                  bool
	Routing, Number, Holder string
	// Code is the one of a deposit or of a phone; "" is what the page tells.
	Code string
	// Recall goes on with the bank that is remembered.
	Recall bool
	// Then is what the person does about further banks, where there can be several.
	Then []Choice
}

// Platypus signs in at First Platypus Bank as Plaid's user_good, and shares all
// accounts.
func Platypus() Choice {
	return Choice{Institution: "ins_109508", User: "user_good", Password: "pass_good"}
}

// Errors that a walk ends with.
var (
	// ErrGone means that there is no page to fill in: it is expired, or was never
	// there.
	ErrGone = errors.New("walk: the page is gone")
	// ErrSignIn means that the bank refused user name or password.
	ErrSignIn = errors.New("walk: the bank refused the sign-in")
	// ErrBank means that the bank is not on offer.
	ErrBank = errors.New("walk: no such bank on the page")
	// ErrAccounts means that an account is not on offer, or none is.
	ErrAccounts = errors.New("walk: no such account on the page")
	// ErrProblem means that the bank tells of an error; its code is in the text.
	ErrProblem = errors.New("walk: the bank tells of a problem")
	// ErrCode means that a code, an answer or a number was not accepted.
	ErrCode = errors.New("walk: the bank did not accept the code or the answers")
	// ErrLost means that the pages lead nowhere.
	ErrLost = errors.New("walk: the pages lead nowhere")
)

// mostPages bounds a walk: a bank can ask nine rounds of questions.
const mostPages = 30

// Link opens the page and links the bank, or signs in to it again if that is
// what the page is for. client can be nil; its cookies are used if it has a jar.
// The browser ends up at the completion address, if there is one and it is a
// web address.
func Link(ctx context.Context, client *http.Client, address string, c Choice) error {
	return newWalker(client, c).walk(ctx, address)
}

// Exit opens the page, goes as far as the choice leads, and leaves: at once
// with an empty Choice, at the sign-in or before a bank's own pages without a
// User, after the bank's refusal with a wrong Password, at the bank's questions
// without Answers, at the numbers without a Number, and at the choice of
// accounts, the deposit's code or a problem else.
func Exit(ctx context.Context, client *http.Client, address string, c Choice) error {
	w := newWalker(client, c)
	w.leaving = true
	return w.walk(ctx, address)
}

type walker struct {
	client  *http.Client
	choice  Choice
	leaving bool
	// What has been sent already: answers counts those given.
	searched, signedIn, left bool
	answers                  int
	// sent are the pages' forms that were filled in, by what they ask for.
	sent map[string]bool
}

// newWalker copies client, so that its jar and policy stay its own.
func newWalker(client *http.Client, c Choice) *walker {
	if client == nil {
		client = &http.Client{}
	}
	own := *client
	if own.Jar == nil {
		own.Jar, _ = cookiejar.New(nil) // fails for a bad option only
	}
	// An application's own scheme is the end: a browser hands it to the system.
	own.CheckRedirect = func(r *http.Request, via []*http.Request) error {
		if r.URL.Scheme != "http" && r.URL.Scheme != "https" || len(via) >= mostPages {
			return http.ErrUseLastResponse
		}
		return nil
	}
	return &walker{client: &own, choice: c, sent: map[string]bool{}}
}

func (w *walker) walk(ctx context.Context, address string) error {
	start, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("walk: %w", err)
	}
	p, err := w.open(ctx, http.MethodGet, start, nil)
	if err != nil {
		return err
	}
	if len(p.forms) == 0 {
		return ErrGone
	}
	for range mostPages {
		next, fields, err := w.step(p)
		if err != nil {
			return err
		}
		if p, err = w.open(ctx, next.method, next.action, fields); err != nil {
			return err
		}
		if p.away(start) || len(p.forms) == 0 {
			return w.ended(p)
		}
	}
	return ErrLost
}

// ended tells whether the way ended where it should: on the last page, or away
// from the bank's pages.
func (w *walker) ended(p *page) error {
	if p.status >= http.StatusBadRequest || w.leaving != w.left {
		return ErrLost
	}
	return nil
}

// step decides what to send from a page.
func (w *walker) step(p *page) (form, url.Values, error) {
	if w.leaving && w.leaves(p) {
		return w.leave(p)
	}
	if p.problem != "" {
		return form{}, nil, fmt.Errorf("%w: %s", ErrProblem, p.problem)
	}
	for _, kind := range kinds {
		if f := p.form(kind.is); f != nil {
			fields, err := kind.fill(w, p, f)
			return *f, fields, err
		}
	}
	if p.form(form.isBanks) != nil || p.form(form.isSearch) != nil {
		return w.chooseBank(p)
	}
	if f := p.form(w.isPlain); f != nil {
		return *f, f.values(), nil
	}
	return form{}, nil, ErrLost
}

// kinds are the forms that ask for something, and what they are filled in with.
var kinds = []struct {
	is   func(form) bool
	fill func(*walker, *page, *form) (url.Values, error)
}{
	{form.isSignIn, (*walker).signIn},
	{form.isAccounts, (*walker).accounts},
	{form.isAnswers, (*walker).answer},
	{form.isNumbers, (*walker).numbers},
	{form.isCode, (*walker).code},
	{form.isRobot, (*walker).human},
	{form.isHow, (*walker).how},
	{form.isAnother, (*walker).another},
}

// isPlain reports whether f only goes on; the remembered bank's does so if it is
// wanted.
func (w *walker) isPlain(f form) bool { return f.isPlain() && (w.choice.Recall || !f.isRecall()) }

// leaves reports whether the choice leads no further than p.
func (w *walker) leaves(p *page) bool {
	c := w.choice
	switch {
	case p.form(form.isLeave) == nil:
		return false // a bank's own page leads back first
	case p.problem != "", p.form(form.isAccounts) != nil:
		return true
	case p.form(form.isSignIn) != nil:
		return w.signedIn || c.User == ""
	case p.form(form.isAnswers) != nil:
		return w.answers >= len(c.Answers)
	case p.form(form.isNumbers) != nil:
		return c.Number == "" || w.sent["numbers"]
	case p.form(form.isCode) != nil:
		return c.Code == "" || w.sent["code"]
	case p.form(form.isHandOver) != nil:
		return c.User == ""
	}
	return c.Institution == "" && !c.Manual && !c.Recall
}

func (w *walker) leave(p *page) (form, url.Values, error) {
	f := p.form(form.isLeave)
	if f == nil {
		return form{}, nil, ErrLost
	}
	w.left = true
	return *f, f.values(), nil
}

// chooseBank presses the bank's button. If it is not on the page it is searched
// for, once.
func (w *walker) chooseBank(p *page) (form, url.Values, error) {
	if f := p.form(form.isHowElse); f != nil && w.choice.Manual {
		return *f, f.values(), nil
	}
	if f := p.form(form.isBanks); f != nil {
		i := slices.IndexFunc(f.fields, func(in field) bool {
			return in.isButton() && (in.value == w.choice.Institution || in.text == w.choice.Institution)
		})
		if i >= 0 {
			fields := f.values()
			fields.Set(f.fields[i].name, f.fields[i].value)
			return *f, fields, nil
		}
	}
	f := p.form(form.isSearch)
	if f == nil || w.searched {
		return form{}, nil, ErrBank
	}
	w.searched = true
	fields := url.Values{}
	for _, in := range f.fields {
		if in.kind == "search" {
			fields.Set(in.name, w.choice.Institution)
		}
	}
	return *f, fields, nil
}
