package web

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

const hostile = `<script>alert(1)</script>"'&`

// pages are all pages, in each of their states, full of hostile text.
func pages() map[string]Page {
	frame := Frame{Client: hostile, Root: "/hosted/abc", Form: "token"}
	update := frame
	update.Update = true
	bank := Bank{ID: "ins_1", Name: hostile, Country: hostile, State: hostile, Colour: "#1F6F78"}
	choice := Choice{Code: "checking", Name: hostile, Kind: "Checking", Mask: "0000", Balance: "$1.00", Owed: true, Chosen: true}
	choices := []Choice{choice}
	typed := Question{Name: "answer-0", Text: hostile, Answer: hostile}
	chosen := Question{Name: "answer-1", Text: hostile, Options: []string{hostile, "b"}}
	wrong := map[string]string{"routing": hostile, "number": hostile, "holder": hostile, "kind": hostile}
	all := map[string]Page{
		"consent":            Consent{Frame: frame, Asks: []string{hostile}},
		"known":              Consent{Frame: frame, Saved: &bank},
		"how":                AuthType{frame},
		"remembered":         Remembered{Frame: frame, Bank: bank, Phone: "0010", Code: "123456"},
		"remembered wrongly": Remembered{Frame: frame, Bank: bank, Wrong: true},
		"banks":              Banks{Frame: frame, Found: []Bank{bank, {ID: "ins_2", Name: "B"}}, Manual: true},
		"some banks":         Banks{Frame: frame, Query: hostile, Found: []Bank{bank}},
		"no banks":           Banks{Frame: frame, Query: hostile},
		"sign-in":            SignIn{Frame: frame, Bank: bank, HintUser: "user_good", HintPassword: "pass_good"},
		"wrong":              SignIn{Frame: frame, Bank: bank, Wrong: true, Pin: "pin"},
		"sign-in again":      SignIn{Frame: update, Bank: bank},
		"robot":              Robot{Frame: frame, Bank: bank},
		"no robot":           Robot{Frame: update, Bank: bank, None: true},
		"problem":            Problem{Frame: frame, Bank: bank, Code: "ITEM_LOCKED", Retry: true, Other: true, Numbers: true},
		"last problem":       Problem{Frame: update, Code: hostile},
		"dead end":           Problem{Frame: frame, Bank: bank, Code: "NO_ACCOUNTS", Other: true},
		"bank's sign-in":     BankSignIn{Frame: frame, Bank: bank},
		"bank's empty":       BankSignIn{Frame: frame, Bank: bank, None: true},
		"bank's consent":     BankConsent{Frame: frame, Bank: bank, Asks: []string{hostile}, Choices: choices},
		"bank's none":        BankConsent{Frame: frame, Bank: bank, Choices: choices, None: true},
		"bank's nothing":     BankConsent{Frame: frame, Bank: bank},
		"accounts":           Accounts{Frame: frame, Bank: bank, Choices: choices},
		"one account":        Accounts{Frame: frame, Bank: bank, Choices: choices, Single: true},
		"other accounts":     Accounts{Frame: update, Bank: bank, Choices: choices},
		"none chosen":        Accounts{Frame: frame, Bank: bank, Choices: choices, None: true},
		"no accounts":        Accounts{Frame: frame, Bank: bank},
		"compare":            Numbers{Frame: frame, Bank: &bank, Account: &choice, Way: "match", Mismatch: true},
		"wrong numbers":      Numbers{Frame: frame, Way: "same-day", Routing: hostile, Number: hostile, Name: hostile, Kind: "savings", Wrong: wrong},
		"deposit":            Deposit{Frame: frame, Mask: "0000", Code: "ABC"},
		"deposit wrong":      Deposit{Frame: update, Mask: "0000", Code: "ABC", Wrong: true, Left: 1},
		"more":               More{Frame: update, Bank: bank, Asks: []string{hostile}},
		"another":            Another{Frame: frame, Banks: []Bank{bank, {ID: "ins_2", Name: "B"}}},
		"leaving":            Leaving{Frame: frame, Reasons: []Reason{{"a", hostile}}, Back: "/hosted/abc/bank"},
		"leaving the search": Leaving{Frame: frame, Back: "/hosted/abc/bank", NoBank: true, Query: hostile},
		"left":               Left{Client: hostile},
		"left for the app":   Left{Client: hostile, Return: "bankbook://done"},
		"expired":            Gone{Expired: true},
		"spent":              Gone{Spent: true},
		"unknown":            Gone{},
		"refused":            Refused{},
	}
	for _, kind := range []string{"degraded", "down", "retired", "lacks"} {
		all["notice "+kind] = Notice{Frame: frame, Bank: bank, Kind: kind}
	}
	for _, kind := range []string{"device", "code", "questions", "selections"} {
		all["check "+kind] = Check{Frame: frame, Bank: bank, Kind: kind, Questions: []Question{typed, chosen}, Wrong: kind == "code", Left: 2}
	}
	for _, kind := range []string{"", "app", "qr"} {
		all["hand-over "+kind] = HandOver{Frame: frame, Bank: bank, Kind: kind}
	}
	for _, way := range []string{"match", "automatic", "instant", "database", "same-day"} {
		all["numbers "+way] = Numbers{Frame: frame, Bank: &bank, Way: way}
	}
	for _, kind := range []string{"linked", "again", "accounts", "verified", "pending", "automatic", "several"} {
		all["done "+kind] = Done{Count: 2, Client: hostile, Bank: &bank, Kind: kind}
	}
	all["done for the app"] = Done{Client: hostile, Return: "bankbook://done", Kind: "linked"}
	return all
}

func draw(t *testing.T, p Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := Render(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	forbidden = regexp.MustCompile(`<script|javascript:| style="| on[a-z]+="|https?://`)
	idAttr    = regexp.MustCompile(` id="([^"]*)"`)
	inputTag  = regexp.MustCompile(`<input [^>]*>`)
	buttonTag = regexp.MustCompile(`<button [^>]*>`)
	postForm  = regexp.MustCompile(`(?s)<form [^>]*method="post".*?</form>`)
	refAttr   = regexp.MustCompile(` aria-(?:describedby|labelledby)="([^"]*)"`)
)

func TestPages(t *testing.T) {
	for name, p := range pages() {
		t.Run(name, func(t *testing.T) {
			page := draw(t, p)
			if found := forbidden.FindString(page); found != "" {
				t.Errorf("it holds %q", found)
			}
			for _, once := range []string{"<h1>", "<main", `lang="en"`, "<title>", "never type a real password"} {
				if n := strings.Count(page, once); n != 1 {
					t.Errorf("%s stands %d times", once, n)
				}
			}
			checkIDs(t, page)
			checkForms(t, page)
		})
	}
}

// checkIDs checks that ids are unique, and that references lead to one.
func checkIDs(t *testing.T, page string) {
	t.Helper()
	ids := map[string]bool{}
	for _, m := range idAttr.FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("two elements have the id %s", m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range refAttr.FindAllStringSubmatch(page, -1) {
		for ref := range strings.FieldsSeq(m[1]) {
			if !ids[ref] {
				t.Errorf("a reference leads to no %s", ref)
			}
		}
	}
}

// checkForms checks that every input has a label and a name, every button an id,
// and every form that changes something its token.
func checkForms(t *testing.T, page string) {
	t.Helper()
	for _, tag := range inputTag.FindAllString(page, -1) {
		if strings.Contains(tag, `type="hidden"`) {
			continue
		}
		id := idAttr.FindStringSubmatch(tag)
		if id == nil || !strings.Contains(page, fmt.Sprintf(`for="%s"`, id[1])) || !strings.Contains(tag, ` name="`) {
			t.Errorf("no label, id or name: %s", tag)
		}
	}
	for _, tag := range buttonTag.FindAllString(page, -1) {
		if !idAttr.MatchString(tag) {
			t.Errorf("no id: %s", tag)
		}
	}
	for _, form := range postForm.FindAllString(page, -1) {
		if !strings.Contains(form, `name="form" value="token"`) {
			t.Errorf("no token: %s", form)
		}
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"First Platypus Bank": "PB", "Tartan Bank": "TB", "Tartan-Dominion Bank of Canada": "TB", "Royal Bank of Plaid": "RB", "": "", "first": "",
	} {
		if got := (Bank{Name: name}).Initials(); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// Both colour schemes define the same names, and the style sheet asks nobody
// else for anything.
func TestStyleSheet(t *testing.T) {
	css := string(StyleSheet())
	light, dark, found := strings.Cut(css, "prefers-color-scheme: dark")
	if !found {
		t.Fatal("there is no dark scheme")
	}
	dark, _, _ = strings.Cut(dark, "* {")
	for _, m := range regexp.MustCompile(`(--[a-z0-9-]+):`).FindAllStringSubmatch(light, -1) {
		if !strings.Contains(dark, m[1]+":") {
			t.Errorf("%s has no dark colour", m[1])
		}
	}
	for _, never := range []string{"url(", "@import", "http"} {
		if strings.Contains(css, never) {
			t.Errorf("it holds %q", never)
		}
	}
}
