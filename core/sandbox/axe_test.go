package sandbox_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axe-core is not part of this repository: it is 600 kB of somebody else's code
// under another licence (MPL-2.0), needed by this test alone. npm, which brings
// it to everybody else too, brings one version; its sum stands here, so that no
// other code ever runs. It is kept in the user's cache. `.ci/deps test` installs
// npm.
const (
	axePackage = "axe-core@4.14.1"
	axeFile    = "axe-core-4.14.1.tgz"
	axeSum     = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
	axeScript  = "package/axe.min.js"
)

// axe looks at pages with axe-core, each once.
type axe struct {
	script string
	mu     sync.Mutex
	seen   map[string]bool
}

// loadAxe returns axe-core. Where npm cannot be reached the test is skipped.
func loadAxe(t *testing.T) *axe {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = t.TempDir()
	}
	path := filepath.Join(cache, "bankbook-tests", axeFile)
	raw, err := os.ReadFile(path)
	if err != nil || !isAxe(raw) {
		if raw, err = fetchAxe(t.TempDir()); err != nil {
			t.Skipf("THE PAGES ARE NOT CHECKED FOR ACCESSIBILITY: npm does not bring %s: %v", axePackage, err)
		}
		if !isAxe(raw) {
			t.Fatalf("npm brings another %s than the one whose sum is known", axePackage)
		}
		keep(t, path, raw)
	}
	script, err := unpack(raw, axeScript)
	if err != nil {
		t.Fatal(err)
	}
	return &axe{script: script, seen: map[string]bool{}}
}

func isAxe(raw []byte) bool {
	sum := sha512.Sum512(raw)
	return base64.StdEncoding.EncodeToString(sum[:]) == axeSum
}

func fetchAxe(dir string) ([]byte, error) {
	cmd := exec.Command("npm", "pack", "--silent", axePackage)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, bytes.TrimSpace(out))
	}
	return os.ReadFile(filepath.Join(dir, axeFile))
}

// keep writes a file that another test may be writing too.
func keep(t *testing.T, path string, raw []byte) {
	t.Helper()
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Logf("axe-core is not kept: %v", err)
		return
	}
	f, err := os.CreateTemp(dir, axeFile+".*")
	if err != nil {
		t.Logf("axe-core is not kept: %v", err)
		return
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Close(), os.Rename(f.Name(), path)); err != nil {
		t.Logf("axe-core is not kept: %v", err)
	}
}

func unpack(raw []byte, name string) (string, error) {
	zipped, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return "", err
	}
	for files := tar.NewReader(zipped); ; {
		h, err := files.Next()
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		if h.Name == name {
			text, err := io.ReadAll(files)
			return string(text), err
		}
	}
}

// looks are the ways in which every page is looked at. The dark pages are the
// light ones but for their colours, so only what depends on colours is asked.
var looks = []struct {
	name          string
	width, height int64
	scheme, rules string
}{
	{"light", desktopWidth, desktopHeight, "light", everything},
	{"dark", desktopWidth, desktopHeight, "dark", colours},
	{"light on a phone", phoneWidth, phoneHeight, "light", everything},
	{"dark on a phone", phoneWidth, phoneHeight, "dark", colours},
}

// The rules: all of axe-core's but the experimental ones, with the newest about
// the sizes of targets, which is off by itself; and those about colours.
const (
	everything = `axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}}).then(r => JSON.stringify(r.violations))`
	colours    = `axe.run(document, {resultTypes: ["violations"], runOnly: ["color-contrast", "link-in-text-block"]}).then(r => JSON.stringify(r.violations))`
)

// violation is a rule that a page breaks.
type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// check looks at a page that was not looked at yet, in every way. Pages are told
// apart by what is on them, but for what somebody has typed.
func (a *axe) check(b *tab) {
	b.t.Helper()
	var key string
	b.run(chromedp.Evaluate(`document.body.innerHTML.replace(/(value|action|href)="[^"]*"/g, "")`, &key))
	a.mu.Lock()
	known := a.seen[key]
	a.seen[key] = true
	a.mu.Unlock()
	if known || !strings.Contains(key, "Practice bank") {
		return // not one of the bank's pages: the application that was returned to
	}
	b.run(chromedp.Evaluate(a.script+"\n;0", nil))
	for _, l := range looks {
		b.run(emulation.SetDeviceMetricsOverride(l.width, l.height, 1, l.width == phoneWidth),
			emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: l.scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
			}))
		b.checkFits(int(l.width))
		for _, v := range a.run(b, l.rules) {
			b.t.Errorf("%s, %s: %s", b.title(), l.name, v)
		}
	}
	b.run(emulation.SetDeviceMetricsOverride(desktopWidth, desktopHeight, 1, false))
}

func (a *axe) run(b *tab, script string) []violation {
	b.t.Helper()
	var found string
	b.run(chromedp.Evaluate(script, &found, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	var out []violation
	if err := json.Unmarshal([]byte(found), &out); err != nil {
		b.t.Fatal(err)
	}
	return out
}

func (v violation) String() string {
	s := v.ID + ": " + v.Help
	for _, n := range v.Nodes {
		s += "\n\t" + n.HTML + "\n\t" + strings.ReplaceAll(n.Summary, "\n", " ")
	}
	return s
}
