package archtest

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "bankbook"

// pkg is what `go list -json` says of a package.
type pkg struct {
	ImportPath   string
	Dir          string
	GoFiles      []string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// name is the package's path below the module: "" for main.
func (p pkg) name() string {
	return strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
}

// isTestSupport reports whether a package exists for tests only: its name ends
// in "test".
func (p pkg) isTestSupport() bool { return strings.HasSuffix(p.ImportPath, "test") }

func list(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,GoFiles,Imports,TestImports,XTestImports", module+"/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("decode go list: %v", err)
		}
		pkgs = append(pkgs, p)
	}
	if len(pkgs) < 5 {
		t.Fatalf("go list found only %d packages", len(pkgs))
	}
	return pkgs
}

// under reports whether path is tree or lies below it.
func under(path, tree string) bool {
	return path == tree || strings.HasPrefix(path, tree+"/")
}

// rules name a part of the house, what it must not import, and why.
var rules = []struct {
	in     string   // a package of ours and all below it
	except []string // packages below it that the rule leaves alone
	not    string   // an import path and all below it
	why    string
}{
	{in: "core", not: "bankbook/ui", why: "the core is used by every face of the program and knows none"},
	{in: "core", not: "bankbook/storage", why: "use cases declare the interfaces they need; storage satisfies them"},
	{in: "core", not: "fyne.io/fyne/v2", why: "the core runs without a window"},
	{in: "storage", not: "bankbook/ui", why: "storage serves the core, not a screen"},
	{in: "storage", not: "fyne.io/fyne/v2", why: "storage runs without a window"},
	{in: "ui/screen", not: "bankbook/storage", why: "a screen asks a service, not a file"},
	{in: "ui/screen", not: "bankbook/ui/boot", why: "screens are composed, they do not compose"},
	{in: "ui/screen", not: "bankbook/core/plaid", why: "a screen does not know which provider is behind the port"},
	{in: "ui/kit", not: "bankbook/ui/screen", why: "widgets report intents and know no screen"},
	{in: "ui/kit", not: "bankbook/storage", why: "widgets are given what they show"},
	{in: "ui/look", not: "bankbook/core", why: "colours and sizes know nothing of banks"},
	{in: "ui/shell", not: "bankbook/storage", why: "the window is given its services by ui/boot"},
	{in: "core/sandbox", except: []string{"core/sandbox/sandboxtest"}, not: "bankbook/core", why: "the practice bank pretends to be somebody else's server: only itself"},
}

// owners name the packages that alone may import something.
var owners = []struct {
	path string
	only []string
	why  string
}{
	{"github.com/plaid/plaid-go", []string{"core/plaid"}, "Plaid's types, sign and errors stop at one door"},
	{"go.etcd.io/bbolt", []string{"storage/vault"}, "bytes on disk are sealed at one door"},
	{"github.com/zalando/go-keyring", []string{"storage/keychain"}, "the keychain can hang or lie; one wrapper knows how"},
	{"fyne.io/fyne/v2/app", []string{""}, "the graphics driver needs cgo; all else builds and tests without it"},
	{"github.com/pkg/browser", []string{"ui/boot"}, "opening a URL is passed in as a function"},
}

func TestImports(t *testing.T) {
	for _, p := range list(t) {
		for _, r := range rules {
			if !under(p.name(), r.in) || slices.ContainsFunc(r.except, func(e string) bool { return under(p.name(), e) }) {
				continue
			}
			for _, imp := range p.Imports {
				if under(imp, r.not) && !sameHouse(p, imp, r.in) {
					t.Errorf("%s imports %s: %s", p.ImportPath, imp, r.why)
				}
			}
		}
		for _, o := range owners {
			for _, imp := range p.Imports {
				if under(imp, o.path) && !slices.Contains(o.only, p.name()) && !p.isTestSupport() {
					t.Errorf("%s imports %s: %s", p.ImportPath, imp, o.why)
				}
			}
		}
	}
}

// sameHouse lets the packages of core/sandbox import each other, though they
// may import nothing else of core.
func sameHouse(p pkg, imp, in string) bool {
	return in == "core/sandbox" && under(imp, module+"/core/sandbox")
}

func TestScreensDoNotImportEachOther(t *testing.T) {
	for _, p := range list(t) {
		if !under(p.name(), "ui/screen") {
			continue
		}
		for _, imp := range p.Imports {
			if under(imp, module+"/ui/screen") && !under(imp, p.ImportPath) {
				t.Errorf("%s imports %s: a screen knows no other screen; the shell routes between them", p.ImportPath, imp)
			}
		}
	}
}

func TestCoreIsNotTestedThroughTheUserInterface(t *testing.T) {
	for _, p := range list(t) {
		if !under(p.name(), "core") && !under(p.name(), "storage") {
			continue
		}
		for _, imp := range slices.Concat(p.TestImports, p.XTestImports) {
			if under(imp, module+"/ui") || under(imp, "fyne.io/fyne/v2") {
				t.Errorf("tests of %s import %s: what is below the user interface is proved without it", p.ImportPath, imp)
			}
		}
	}
}
