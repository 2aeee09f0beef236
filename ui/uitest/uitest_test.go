package uitest

import (
	"image"
	"image/color"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

func TestWindowHasItsSizeAndTheme(t *testing.T) {
	w := Window(t, canvas.NewRectangle(color.Black), fyne.NewSize(300, 200), Dark)
	if got := w.Canvas().Size(); got != fyne.NewSize(300, 200) {
		t.Errorf("size %v", got)
	}
	if got := w.Canvas().Capture().Bounds().Size(); got != image.Pt(300, 200) {
		t.Errorf("picture of %v", got)
	}
}

func TestFindTapAndTexts(t *testing.T) {
	taps := 0
	button := widget.NewButton("Send $1,250.00", func() { taps++ })
	hidden := widget.NewLabel("Hidden")
	hidden.Hide()
	w := Window(t, container.NewVBox(canvas.NewText("Review", color.Black), button, hidden), fyne.NewSize(300, 200), Light)
	c := w.Canvas()
	MustShow(t, c, "Review", "Send $1,250.00")
	if Shows(c, "Hidden") || Find(c, "Hidden") != nil {
		t.Error("what is hidden counts as shown")
	}
	Tap(t, c, "Send $1,250.00")
	Tap(t, c, "1,250")
	if taps != 2 {
		t.Errorf("%d taps", taps)
	}
	button.Disable()
	if Enabled(c, "Send") || Enabled(c, "Review") {
		t.Error("a disabled button or a text can be pressed")
	}
}

func TestKeyGoesToTheCanvasWithoutFocus(t *testing.T) {
	w := Window(t, widget.NewLabel("x"), fyne.NewSize(100, 100), Light)
	var got fyne.KeyName
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { got = e.Name })
	Key(w.Canvas(), fyne.KeyF5)
	if got != fyne.KeyF5 {
		t.Errorf("heard %q", got)
	}
}

func TestDiffering(t *testing.T) {
	a, b := image.NewNRGBA(image.Rect(0, 0, 4, 4)), image.NewNRGBA(image.Rect(2, 2, 6, 6))
	if n := Differing(a, b); n != 0 {
		t.Errorf("equal pictures differ in %d", n)
	}
	b.SetNRGBA(3, 3, color.NRGBA{R: 1, A: 255})
	if n := Differing(a, b); n != 1 {
		t.Errorf("one pixel counts %d", n)
	}
	if n := Differing(a, image.NewNRGBA(image.Rect(0, 0, 2, 8))); n != 16 {
		t.Errorf("another size counts %d", n)
	}
}

// failing is a test that notes its failure in place of ending.
type failing struct {
	testing.TB
	failed bool
}

func (f *failing) Errorf(string, ...any) { f.failed = true }
func (f *failing) Helper()               {}

func TestGoldenNoticesADifference(t *testing.T) {
	t.Chdir(t.TempDir())
	w := Window(t, canvas.NewRectangle(color.Black), fyne.NewSize(20, 20), Light)
	WritePNG(t, filepath.Join("testdata", "box.png"), w.Canvas().Capture())
	same := &failing{TB: t}
	Golden(same, "box", w.Canvas())
	if same.failed {
		t.Error("equal pictures failed")
	}
	w.SetContent(canvas.NewRectangle(color.White))
	other := &failing{TB: t}
	Golden(other, "box", w.Canvas())
	if compared := runtime.GOOS == "linux" && runtime.GOARCH == "amd64"; other.failed != compared {
		t.Fatalf("failed %v, compared %v", other.failed, compared)
	}
	if _, err := os.Stat(filepath.Join("testdata", "failed", "box.png")); other.failed && err != nil {
		t.Error("the picture that differs was not kept")
	}
}
