package sandbox_test

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"

	"pgregory.net/rapid"
)

// browser reads and submits the pages as a browser without scripts does.
type browser struct {
	t      rapid.TB
	client *http.Client
	// status, at and body are those of the page that is shown.
	status int
	at     *url.URL
	body   string
	header http.Header
}

func newBrowser(t rapid.TB) *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, client: &http.Client{Jar: jar}}
}

// stay makes the browser show a redirect instead of following it.
func (b *browser) stay() {
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
}

func (b *browser) open(address string) *browser {
	b.t.Helper()
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.do(req)
}

func (b *browser) do(req *http.Request) *browser {
	b.t.Helper()
	resp, err := b.client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	b.status, b.at, b.body, b.header = resp.StatusCode, resp.Request.URL, string(raw), resp.Header
	return b
}

var (
	formTag  = regexp.MustCompile(`(?s)<form[^>]*>.*?</form>`)
	inputTag = regexp.MustCompile(`<(?:input|button)[^>]*>`)
	attrText = regexp.MustCompile(`([a-z-]+)(?:="([^"]*)")?`)
)

func attributes(tag string) map[string]string {
	out := map[string]string{}
	for _, m := range attrText.FindAllStringSubmatch(tag[1:len(tag)-1], -1) {
		if _, known := out[m[1]]; !known {
			out[m[1]] = html.UnescapeString(m[2])
		}
	}
	return out
}

// form returns the request that pressing the button of that id sends, with the
// fields replaced or, where they are nil, left out.
func (b *browser) form(button string, fields url.Values) *http.Request {
	b.t.Helper()
	for _, form := range formTag.FindAllString(b.body, -1) {
		if !strings.Contains(form, `id="`+button+`"`) {
			continue
		}
		values := formValues(form, button)
		for name, v := range fields {
			values[name] = v
		}
		attr := attributes(form[:strings.Index(form, ">")+1])
		target := b.at.ResolveReference(&url.URL{Path: attr["action"]})
		if attr["method"] == "get" {
			target.RawQuery = values.Encode()
			return b.request(http.MethodGet, target.String(), "")
		}
		return b.request(http.MethodPost, target.String(), values.Encode())
	}
	b.t.Fatalf("no button %q on %s (%d):\n%s", button, b.at, b.status, b.body)
	return nil
}

func formValues(form, button string) url.Values {
	values := url.Values{}
	for _, tag := range inputTag.FindAllString(form, -1) {
		a := attributes(tag)
		_, checked := a["checked"]
		skip := a["name"] == "" || (a["type"] == "submit" && a["id"] != button) || ((a["type"] == "checkbox" || a["type"] == "radio") && !checked)
		if !skip {
			values.Add(a["name"], a["value"])
		}
	}
	return values
}

func (b *browser) request(method, target, body string) *http.Request {
	b.t.Helper()
	req, err := http.NewRequest(method, target, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Origin", "http://"+req.URL.Host)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	return req
}

// press presses a button.
func (b *browser) press(button string, fields url.Values) *browser {
	b.t.Helper()
	return b.do(b.form(button, fields))
}

// shows checks that the page contains a text.
func (b *browser) shows(text string) *browser {
	b.t.Helper()
	if !strings.Contains(b.body, text) {
		b.t.Fatalf("%s (%d) does not show %q:\n%s", b.at, b.status, text, b.body)
	}
	return b
}

var (
	good  = url.Values{"user": {"user_good"}, "password": {"pass_good"}, "pin": {"credential_good"}}
	wrong = url.Values{"user": {"user_good"}, "password": {"no"}}
)
