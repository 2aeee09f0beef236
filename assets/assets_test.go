package assets

import (
	"bytes"
	"image/png"
	"testing"
)

func TestIconIsASquareOf512(t *testing.T) {
	config, err := png.DecodeConfig(bytes.NewReader(IconPNG()))
	if err != nil {
		t.Fatal(err)
	}
	if config.Width != 512 || config.Height != 512 {
		t.Errorf("icon is %d by %d", config.Width, config.Height)
	}
	if !bytes.Contains(IconSVG(), []byte(`viewBox="0 0 512 512"`)) {
		t.Error("the drawing has another size")
	}
}
