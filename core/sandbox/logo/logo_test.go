package logo

import (
	"bytes"
	"image/png"
	"testing"
)

func TestLogos(t *testing.T) {
	one := PNG("First Platypus Bank", "#1F6F78")
	img, err := png.Decode(bytes.NewReader(one))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 152 || b.Dy() != 152 {
		t.Errorf("it is %v large", b)
	}
	if r, g, b, _ := img.At(0, 0).RGBA(); r>>8 != 0x1f || g>>8 != 0x6f || b>>8 != 0x78 {
		t.Errorf("its ground is %x %x %x", r>>8, g>>8, b>>8)
	}
	if r, _, _, _ := img.At(side/2, side/2).RGBA(); r>>8 != 0xff {
		t.Error("its middle is not white")
	}
	if !bytes.Equal(one, PNG("First Platypus Bank", "#1F6F78")) || bytes.Equal(one, PNG("Tartan Bank", "#1F6F78")) {
		t.Error("a name has not one logo of its own")
	}
	if len(PNG("x", "no colour")) == 0 || len(Base64("x", "#000000")) == 0 {
		t.Error("no logo")
	}
}
