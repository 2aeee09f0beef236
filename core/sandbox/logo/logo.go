package logo

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
)

// The size of a logo: a frame around a grid of cells.
const (
	side  = 152
	cells = 5
	cell  = 24
	frame = (side - cells*cell) / 2
)

// PNG returns the logo of a name in a colour such as "#1F6F78".
func PNG(name, colour string) []byte {
	img := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{parse(colour), color.White})
	sum := sha256.Sum256([]byte(name))
	for y := range cells {
		for x := range (cells + 1) / 2 {
			if on(sum, x, y) {
				fill(img, x, y)
				fill(img, cells-1-x, y)
			}
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img) // fails only if the image is too large or the buffer does
	return b.Bytes()
}

// Base64 returns the logo as Plaid writes it.
func Base64(name, colour string) string {
	return base64.StdEncoding.EncodeToString(PNG(name, colour))
}

// on reports whether a cell of the left half is white; the middle always is, so
// that no mark is empty.
func on(sum [sha256.Size]byte, x, y int) bool {
	return x == cells/2 && y == cells/2 || sum[y*cells+x]%2 == 1
}

func fill(img draw.Image, x, y int) {
	at := image.Pt(frame+x*cell, frame+y*cell)
	draw.Draw(img, image.Rectangle{Min: at, Max: at.Add(image.Pt(cell, cell))}, image.White, image.Point{}, draw.Src)
}

// parse reads a colour; one that cannot be read is grey.
func parse(colour string) color.Color {
	c := color.RGBA{A: 0xff}
	if _, err := fmt.Sscanf(colour, "#%02x%02x%02x", &c.R, &c.G, &c.B); err != nil {
		return color.Gray{Y: 0x66}
	}
	return c
}
