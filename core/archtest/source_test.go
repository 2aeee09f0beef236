package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func parse(t *testing.T, file string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	return f
}

func TestEveryPackageHasOneComment(t *testing.T) {
	for _, p := range list(t) {
		var with []string
		for _, name := range p.GoFiles {
			if f := parse(t, filepath.Join(p.Dir, name)); f.Doc != nil && strings.TrimSpace(f.Doc.Text()) != "" {
				with = append(with, name)
			}
		}
		if len(p.GoFiles) > 0 && len(with) != 1 {
			t.Errorf("%s has %d package comments (%s): exactly one file says what a package is", p.ImportPath, len(with), strings.Join(with, ", "))
		}
	}
}

func TestEveryExportedNameIsDocumented(t *testing.T) {
	for _, p := range list(t) {
		for _, name := range p.GoFiles {
			for _, decl := range parse(t, filepath.Join(p.Dir, name)).Decls {
				for _, undocumented := range undocumentedIn(decl) {
					t.Errorf("%s/%s: %s has no comment", p.ImportPath, name, undocumented)
				}
			}
		}
	}
}

// undocumentedIn names what a declaration exports without a comment on it or
// on its group.
func undocumentedIn(decl ast.Decl) []string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil && receiverExported(d) {
			return []string{d.Name.Name}
		}
	case *ast.GenDecl:
		if d.Doc != nil {
			return nil
		}
		var names []string
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && s.Doc == nil {
					names = append(names, s.Name.Name)
				}
			case *ast.ValueSpec:
				if s.Names[0].IsExported() && s.Doc == nil && s.Comment == nil {
					names = append(names, s.Names[0].Name)
				}
			}
		}
		return names
	}
	return nil
}

func receiverExported(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if index, ok := typ.(*ast.IndexExpr); ok {
		typ = index.X
	}
	id, ok := typ.(*ast.Ident)
	return ok && id.IsExported()
}

// TestThreadsHaveOneDoor keeps goroutines and fyne.Do of the user interface in
// ui/run, where tests can wait for them.
func TestThreadsHaveOneDoor(t *testing.T) {
	for _, p := range list(t) {
		if !under(p.name(), "ui") || under(p.name(), "ui/run") {
			continue
		}
		for _, name := range p.GoFiles {
			ast.Inspect(parse(t, filepath.Join(p.Dir, name)), func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.GoStmt:
					t.Errorf("%s/%s starts a goroutine: use run.Runner", p.ImportPath, name)
				case *ast.SelectorExpr:
					if x, ok := n.X.(*ast.Ident); ok && x.Name == "fyne" && strings.HasPrefix(n.Sel.Name, "Do") {
						t.Errorf("%s/%s calls fyne.%s: use run.Runner", p.ImportPath, name, n.Sel.Name)
					}
				}
				return true
			})
		}
	}
}

// TestNoPackageState keeps package-level variables to what never changes:
// errors, compile-time assertions, embedded files and tables that are named as
// such by being unexported and written once.
func TestNoPackageState(t *testing.T) {
	for _, p := range list(t) {
		for _, name := range p.GoFiles {
			f := parse(t, filepath.Join(p.Dir, name))
			for _, decl := range f.Decls {
				switch d := decl.(type) {
				case *ast.FuncDecl:
					if d.Recv == nil && d.Name.Name == "init" {
						t.Errorf("%s/%s has an init function: nothing may happen before main", p.ImportPath, name)
					}
				case *ast.GenDecl:
					checkVars(t, p.ImportPath+"/"+name, d)
				}
			}
		}
	}
}

func checkVars(t *testing.T, where string, d *ast.GenDecl) {
	t.Helper()
	if d.Tok != token.VAR {
		return
	}
	for _, spec := range d.Specs {
		v := spec.(*ast.ValueSpec)
		for _, n := range v.Names {
			if n.IsExported() && !strings.HasPrefix(n.Name, "Err") && d.Doc != nil && !strings.Contains(d.Doc.Text(), "go:embed") && !isEmbed(d) {
				t.Errorf("%s: the exported variable %s could be changed by anybody", where, n.Name)
			}
		}
		if len(v.Values) == 0 && !isEmbed(d) && !isAssertion(v) {
			t.Errorf("%s: the variable %s has no value: package-level state", where, v.Names[0].Name)
		}
	}
}

func isEmbed(d *ast.GenDecl) bool {
	if d.Doc == nil {
		return false
	}
	for _, c := range d.Doc.List {
		if strings.HasPrefix(c.Text, "//go:embed") {
			return true
		}
	}
	return false
}

// isAssertion lets `var _ I = ...` pass, which has no name to keep state in.
func isAssertion(v *ast.ValueSpec) bool { return v.Names[0].Name == "_" }

func TestFilesAreOneThing(t *testing.T) {
	const most = 400
	for _, p := range list(t) {
		for _, name := range p.GoFiles {
			data, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if lines := strings.Count(string(data), "\n"); lines > most {
				t.Errorf("%s/%s has %d lines: over %d a file is rarely one thing", p.ImportPath, name, lines, most)
			}
		}
	}
}
