// Package web draws the practice bank's Hosted Link pages: HTML and one style
// sheet, no script, usable by keyboard and by screen reader, light and dark,
// from a phone's width up. It decides nothing: a page is a value, and Render
// writes it.
package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"
)

// Page is one of the page values of this package.
type Page interface{ template() string }

// Frame is what all pages of a link have in common.
type Frame struct {
	// Client is the name of the application that the user came from.
	Client string
	// Root is the path of the link, such as "/hosted/abc"; forms post below it.
	Root string
	// Form is the token that every form carries.
	Form string
}

// Consent asks whether to begin.
type Consent struct {
	Frame
	// Asks lists what the application wants to read, in plain words.
	Asks []string
}

// Banks lets the user find a bank.
type Banks struct {
	Frame
	Query string
	Found []Bank
}

// Bank is an institution as it is shown.
type Bank struct {
	ID, Name string
	// Country is said only where it is not the United States.
	Country string
	// Colour is the logo's, as "#RRGGBB".
	Colour string
}

// SignIn asks for user name and password.
type SignIn struct {
	Frame
	Bank Bank
	// Wrong says that the last try was not right.
	Wrong bool
	// Again says that this bank is linked and only wants a new sign-in.
	Again bool
	// HintUser and HintPassword are what the practice bank accepts.
	HintUser, HintPassword string
}

// Accounts lets the user choose what to share.
type Accounts struct {
	Frame
	Bank    Bank
	Choices []Choice
	// None says that nothing was chosen.
	None bool
}

// Choice is an account to choose. Balance is "" if it is not known.
type Choice struct {
	Code, Name, Kind, Mask, Balance string
	// Owed says that the balance is a debt.
	Owed, Chosen bool
}

// Done is the good end.
type Done struct {
	Client string
	Bank   Bank
	// Again says that this was a new sign-in, not a new bank.
	Again bool
}

// Left is the end of a user who went away.
type Left struct{ Client string }

// Gone is shown for a page that cannot be used: expired, or never there.
type Gone struct{ Expired bool }

// Refused is shown for a form that did not come from one of these pages, or
// whose page is too old.
type Refused struct{}

func (Consent) template() string  { return "consent" }
func (Banks) template() string    { return "banks" }
func (SignIn) template() string   { return "signin" }
func (Accounts) template() string { return "accounts" }
func (Done) template() string     { return "done" }
func (Left) template() string     { return "left" }
func (Gone) template() string     { return "gone" }
func (Refused) template() string  { return "refused" }

// Step returns how far the page is on the way of four; 0 is none of them.
func (Consent) Step() int { return 1 }

// Step returns how far the page is on the way of four.
func (Banks) Step() int { return 2 }

// Step returns how far the page is on the way of four; 0 if there is no way.
func (p SignIn) Step() int {
	if p.Again {
		return 0
	}
	return 3
}

// Step returns how far the page is on the way of four.
func (Accounts) Step() int { return 4 }

// Step returns 0: the way is over.
func (Done) Step() int { return 0 }

// Step returns 0: the way is over.
func (Left) Step() int { return 0 }

// Step returns 0: there is no way.
func (Gone) Step() int { return 0 }

// Step returns 0: there is no way.
func (Refused) Step() int { return 0 }

// Initials returns one or two letters to stand on the bank's logo.
func (b Bank) Initials() string {
	words := strings.Fields(b.Name)
	if len(words) > 1 && words[0] == "First" {
		words = words[1:]
	}
	out := ""
	for _, w := range words {
		if r := []rune(w)[0]; len(out) < 2 && r >= 'A' && r <= 'Z' {
			out += string(r)
		}
	}
	return out
}

//go:embed templates style.css
var files embed.FS

// templates holds each page within the layout, by name.
var templates = parse("consent", "banks", "signin", "accounts", "done", "left", "gone", "refused")

func parse(names ...string) map[string]*template.Template {
	shared := template.Must(template.New("").Funcs(template.FuncMap{"steps": steps}).ParseFS(files, "templates/layout.html", "templates/parts.html"))
	pages := make(map[string]*template.Template, len(names))
	for _, n := range names {
		pages[n] = template.Must(template.Must(shared.Clone()).ParseFS(files, "templates/"+n+".html"))
	}
	return pages
}

// steps returns, for each step of the way, whether it is reached.
func steps(at int) []bool {
	reached := make([]bool, 4)
	for i := range reached {
		reached[i] = i < at
	}
	return reached
}

// StyleSheet returns the pages' CSS. They ask for it at StylePath.
func StyleSheet() []byte {
	css, err := files.ReadFile("style.css")
	if err != nil {
		panic(err) // it is embedded
	}
	return css
}

// StylePath is where the pages expect the style sheet.
const StylePath = "/hosted/assets/style.css"

// Render writes a page. What is written is whole or nothing.
func Render(w io.Writer, p Page) error {
	var b bytes.Buffer
	if err := templates[p.template()].ExecuteTemplate(&b, "layout", p); err != nil {
		return fmt.Errorf("web: %w", err)
	}
	_, err := w.Write(b.Bytes())
	return err
}
