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

//go:embed templates style.css
var files embed.FS

// templates holds each page within its layout, by name.
var templates = parse()

// parse reads the pages of Link, and those of banks, which have a look of their
// own.
func parse() map[string]*template.Template {
	pages := map[string]*template.Template{}
	for layout, folder := range map[string]string{"layout": "link", "bank": "bank"} {
		shared := template.Must(template.New("").Funcs(template.FuncMap{"steps": steps, "step": step}).
			ParseFS(files, "templates/"+layout+".html", "templates/parts.html", "templates/logo.html"))
		names, err := files.ReadDir("templates/" + folder)
		if err != nil {
			panic(err) // it is embedded
		}
		for _, n := range names {
			name := strings.TrimSuffix(n.Name(), ".html")
			pages[name] = template.Must(template.Must(shared.Clone()).ParseFS(files, "templates/"+folder+"/"+n.Name()))
		}
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
