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
	// Accounts are the accounts to share, each by any text that stands on its
	// line, such as "Plaid Checking" or "0000". Empty means all.
	Accounts []string
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
	// ErrLost means that the pages lead nowhere.
	ErrLost = errors.New("walk: the pages lead nowhere")
)

// mostPages bounds a walk.
const mostPages = 12

// Link opens the page and links the bank, or signs in to it again if that is
// what the page is for. client can be nil; its cookies are used if it has a jar.
// The browser ends up at the completion address, if there is one and it is a
// web address.
func Link(ctx context.Context, client *http.Client, address string, c Choice) error {
	return newWalker(client, c).walk(ctx, address)
}

// Exit opens the page, goes as far as the choice leads, and leaves: at once
// with an empty Choice, at the sign-in without a User, after the bank's refusal
// with a wrong Password, and at the choice of accounts else.
func Exit(ctx context.Context, client *http.Client, address string, c Choice) error {
	w := newWalker(client, c)
	w.leaving = true
	return w.walk(ctx, address)
}

type walker struct {
	client  *http.Client
	choice  Choice
	leaving bool
	// What has been sent already.
	searched, signedIn, left bool
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
	return &walker{client: &own, choice: c}
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
	switch {
	case w.leaving && w.leaves(p):
		return w.leave(p)
	case p.form(form.isSignIn) != nil:
		return w.signIn(*p.form(form.isSignIn))
	case p.form(form.isAccounts) != nil:
		f := *p.form(form.isAccounts)
		fields, err := f.tick(w.choice.Accounts)
		return f, fields, err
	case p.form(form.isBanks) != nil || p.form(form.isSearch) != nil:
		return w.chooseBank(p)
	}
	if f := p.form(form.isPlain); f != nil {
		return *f, f.values(), nil
	}
	return form{}, nil, ErrLost
}

// leaves reports whether the choice leads no further than p.
func (w *walker) leaves(p *page) bool {
	switch {
	case p.form(form.isSignIn) != nil:
		return w.signedIn || w.choice.User == ""
	case p.form(form.isAccounts) != nil:
		return true
	}
	return w.choice.Institution == ""
}

func (w *walker) leave(p *page) (form, url.Values, error) {
	f := p.form(form.isLeave)
	if f == nil {
		return form{}, nil, ErrLost
	}
	w.left = true
	return *f, f.values(), nil
}

func (w *walker) signIn(f form) (form, url.Values, error) {
	if w.signedIn {
		return form{}, nil, ErrSignIn
	}
	w.signedIn = true
	fields := f.values()
	for _, in := range f.fields {
		switch in.kind {
		case "text", "email":
			fields.Set(in.name, w.choice.User)
		case "password":
			fields.Set(in.name, w.choice.Password)
		}
	}
	return f, fields, nil
}

// chooseBank presses the bank's button. If it is not on the page it is searched
// for, once.
func (w *walker) chooseBank(p *page) (form, url.Values, error) {
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
