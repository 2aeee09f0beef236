package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"bankbook/ui/look"
)

// QR shows an address as a code for the camera of a phone: dark on white in
// both themes, because many readers cannot read the inverse.
type QR struct {
	base
	code barcode.Barcode
	size float32
}

// NewQR returns the code of a text on white paper of a size, which includes a
// margin. A text too long for a code yields empty paper.
func NewQR(text string, size float32) *QR {
	q := &QR{size: size}
	q.Set(text)
	q.ExtendBaseWidget(q)
	return q
}

// Set changes the text.
func (q *QR) Set(text string) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		code = nil
	}
	q.code = code
	q.Refresh()
}

// Encoded reports whether there is a code to read.
func (q *QR) Encoded() bool { return q.code != nil }

// modules draws the code with one pixel for each module, at any size sharp.
func (q *QR) modules() image.Image {
	if q.code == nil {
		return image.NewNRGBA(image.Rect(0, 0, 1, 1))
	}
	bounds := q.code.Bounds()
	picture := image.NewNRGBA(bounds)
	dark, _ := color.NRGBAModel.Convert(look.Color(look.Black)).(color.NRGBA)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			if gray, ok := color.GrayModel.Convert(q.code.At(x, y)).(color.Gray); ok && gray.Y < 128 {
				picture.SetNRGBA(x, y, dark)
			} else {
				picture.SetNRGBA(x, y, color.NRGBA{255, 255, 255, 255})
			}
		}
	}
	return picture
}

// CreateRenderer implements fyne.Widget.
func (q *QR) CreateRenderer() fyne.WidgetRenderer {
	const margin = 15
	paper := newBox(look.RadiusCard)
	code := &canvas.Image{FillMode: canvas.ImageFillContain, ScaleMode: canvas.ImageScalePixels}
	return show(&drawing{
		widget: q, objects: append(paper.objects(), code),
		paint: func() {
			paper.paint(look.White, look.Border, 1)
			code.Image = q.modules()
			code.Refresh()
		},
		layout: func(size fyne.Size) {
			side := min(size.Width, size.Height)
			paper.place(0, 0, side, side)
			place(code, margin, margin, side-2*margin, side-2*margin)
		},
		min: func() fyne.Size { return fyne.NewSquareSize(q.size) },
	})
}
