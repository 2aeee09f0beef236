package uitest

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
)

// update is the test flag -update: goldens are written instead of compared.
var update = flag.Bool("update", false, "write golden pictures instead of comparing them")

// Golden compares a canvas with testdata/<name>.png, pixel by pixel. With the
// test flag -update it writes that file. A picture that differs is left as
// testdata/failed/<name>.png.
//
// Letters are drawn slightly differently on other processors, so the
// comparison takes place on Linux on amd64 only; elsewhere the canvas is drawn
// and nothing compared.
func Golden(t testing.TB, name string, c fyne.Canvas) {
	t.Helper()
	got := c.Capture()
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Logf("golden %s: drawn, not compared on %s/%s", name, runtime.GOOS, runtime.GOARCH)
		return
	}
	master := filepath.Join("testdata", name+".png")
	if *update {
		WritePNG(t, master, got)
		return
	}
	data, err := os.ReadFile(master)
	if err != nil {
		t.Fatalf("golden %s: %v; run the test with -update to make it", name, err)
	}
	want, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("golden %s: %v", name, err)
	}
	if n := Differing(want, got); n != 0 {
		failed := filepath.Join("testdata", "failed", name+".png")
		WritePNG(t, failed, got)
		t.Errorf("golden %s: %d pixels differ; see %s", name, n, failed)
	}
}

// Differing counts the pixels in which two pictures differ; pictures of
// different sizes differ in all.
func Differing(a, b image.Image) int {
	bounds := a.Bounds()
	if bounds.Size() != b.Bounds().Size() {
		return max(bounds.Dx()*bounds.Dy(), 1)
	}
	shift := b.Bounds().Min.Sub(bounds.Min)
	n := 0
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			ar, ag, ab, aa := a.At(x, y).RGBA()
			br, bg, bb, ba := b.At(x+shift.X, y+shift.Y).RGBA()
			if ar != br || ag != bg || ab != bb || aa != ba {
				n++
			}
		}
	}
	return n
}

// WritePNG writes a picture, for goldens and for people to look at.
func WritePNG(t testing.TB, path string, picture image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
