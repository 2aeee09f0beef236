package walk

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// maxPage bounds what is read of a page, in bytes.
const maxPage = 1 << 20

// page is what can be sent from a page.
type page struct {
	address *url.URL
	status  int
	forms   []form
	// hints are what the page tells the person to enter, in order; wrong says
	// that something that was entered is not right.
	hints []string
	wrong bool
	// problem is the code of the error that the page is about, or "".
	problem string
}

// form is one form of a page.
type form struct {
	// method is GET or POST.
	method string
	action *url.URL
	fields []field
}

// field is an input or a button of a form.
type field struct {
	// kind is the input's type, and "submit" for a button.
	kind, name, value string
	checked           bool
	// text is what stands on the button, or on the line of the input.
	text string
}

// open fetches a page, with fields if there are any.
func (w *walker) open(ctx context.Context, method string, address *url.URL, fields url.Values) (*page, error) {
	target := *address
	var body io.Reader
	if method == http.MethodPost {
		body = strings.NewReader(fields.Encode())
	} else if len(fields) > 0 {
		target.RawQuery = fields.Encode()
	}
	request, err := http.NewRequestWithContext(ctx, method, target.String(), body)
	if err != nil {
		return nil, fmt.Errorf("walk: %w", err)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := w.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("walk: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	root, err := html.Parse(io.LimitReader(response.Body, maxPage))
	if err != nil {
		return nil, fmt.Errorf("walk: %w", err)
	}
	p := &page{address: response.Request.URL, status: response.StatusCode}
	p.collect(root)
	return p, nil
}

// away reports whether the browser has left the bank's pages.
func (p *page) away(start *url.URL) bool {
	return p.address.Host != start.Host || p.status >= 300 && p.status < 400
}

// form returns the first form that is asked for, or nil.
func (p *page) form(is func(form) bool) *form {
	if i := slices.IndexFunc(p.forms, is); i >= 0 {
		return &p.forms[i]
	}
	return nil
}

// collect adds the forms below n, and what the page tells.
func (p *page) collect(n *html.Node) {
	p.read(n)
	if n.Type == html.ElementNode && n.Data == "form" {
		f := form{method: http.MethodGet, action: p.address}
		if strings.EqualFold(attribute(n, "method"), http.MethodPost) {
			f.method = http.MethodPost
		}
		if action, err := p.address.Parse(attribute(n, "action")); err == nil {
			f.action = action
		}
		f.collect(n, "")
		p.forms = append(p.forms, f)
		return
	}
	for child := range n.ChildNodes() {
		p.collect(child)
	}
}

// collect adds the fields below n. label is the text of the label around n.
func (f *form) collect(n *html.Node, label string) {
	if n.Type == html.ElementNode {
		switch n.Data {
		case "label":
			label = text(n)
		case "input":
			kind := strings.ToLower(attribute(n, "type"))
			if kind == "" {
				kind = "text"
			}
			_, checked := find(n, "checked")
			f.fields = append(f.fields, field{kind, attribute(n, "name"), attribute(n, "value"), checked, label})
		case "button":
			f.fields = append(f.fields, field{"submit", attribute(n, "name"), attribute(n, "value"), false, text(n)})
		}
	}
	for child := range n.ChildNodes() {
		f.collect(child, label)
	}
}

// read takes note of what n tells.
func (p *page) read(n *html.Node) {
	switch attribute(n, "id") {
	case "hint":
		p.hints = codes(n)
	case "wrong":
		p.wrong = true
	case "problem", "notice":
		p.problem = strings.Join(codes(n), " ")
	}
}

// codes returns the texts below n that are to be copied letter by letter.
func codes(n *html.Node) []string {
	var out []string
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "code" {
			out = append(out, text(d))
		}
	}
	return out
}

func find(n *html.Node, name string) (value string, there bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func attribute(n *html.Node, name string) string {
	value, _ := find(n, name)
	return value
}

// text returns the words below n. Those of drawings do not count.
func text(n *html.Node) string {
	var words []string
	var read func(*html.Node)
	read = func(n *html.Node) {
		if n.Type == html.TextNode {
			words = append(words, strings.Fields(n.Data)...)
		}
		if n.Type == html.ElementNode && n.Data == "svg" {
			return
		}
		for child := range n.ChildNodes() {
			read(child)
		}
	}
	read(n)
	return strings.Join(words, " ")
}

func (in field) isButton() bool { return in.kind == "submit" }

func (f form) has(is func(field) bool) bool { return slices.ContainsFunc(f.fields, is) }

// values returns what a browser sends if nothing is changed: hidden and filled
// fields, ticks, and the button if there is one alone.
func (f form) values() url.Values {
	out := url.Values{}
	var buttons []field
	for _, in := range f.fields {
		switch {
		case in.isButton():
			buttons = append(buttons, in)
		case in.name == "", (in.kind == "checkbox" || in.kind == "radio") && !in.checked:
		default:
			out.Add(in.name, in.value)
		}
	}
	if len(buttons) == 1 && buttons[0].name != "" {
		out.Add(buttons[0].name, buttons[0].value)
	}
	return out
}

// tick returns the form with ticks at the accounts on whose line one of the
// texts stands, and at all if there are no texts; at the first one where one
// alone can be chosen.
func (f form) tick(texts []string) (url.Values, error) {
	out := f.values()
	unfound := slices.Clone(texts)
	out.Del("account")
	ticked := 0
	for _, in := range f.fields {
		on := func(wanted string) bool { return strings.Contains(in.text, wanted) || in.value == wanted }
		if in.name != "account" || len(texts) > 0 && !slices.ContainsFunc(texts, on) || in.kind == "radio" && ticked > 0 {
			continue
		}
		out.Add(in.name, in.value)
		unfound = slices.DeleteFunc(unfound, on)
		ticked++
	}
	if ticked == 0 || len(unfound) > 0 {
		return nil, ErrAccounts
	}
	return out, nil
}
