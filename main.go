// Command bankbook opens Bankbook's window, or runs one of its commands
// without one.
package main

import (
	_ "embed"
	"os"
	"regexp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"bankbook/ui/cli"
)

//go:embed FyneApp.toml
var manifest string

func main() {
	id, version := field("ID"), field("Version")
	app.SetMetadata(fyne.AppMetadata{ID: id, Name: field("Name"), Version: version})
	os.Exit(cli.Main(cli.Program{
		Args:    os.Args[1:],
		In:      os.Stdin,
		Out:     os.Stdout,
		Err:     os.Stderr,
		NewApp:  func() fyne.App { return app.NewWithID(id) },
		Version: version,
	}))
}

// field returns a text of the manifest, which is the one place that names and
// numbers the program.
func field(name string) string {
	if m := regexp.MustCompile(`(?m)^` + name + ` = "(.*)"$`).FindStringSubmatch(manifest); m != nil {
		return m[1]
	}
	return ""
}
