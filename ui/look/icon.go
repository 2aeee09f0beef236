package look

import (
	"bytes"
	"embed"
	"fmt"
	"hash/fnv"
	"image/color"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

//go:embed icons/*.svg
var drawings embed.FS

// Icon returns a drawing in the colour of a token under the theme in force. The
// resource is named after icon and colour, because Fyne caches by name and
// would otherwise show the first colour for ever. An unknown name yields a
// resource without content, which draws nothing.
func Icon(name IconName, t Token) fyne.Resource {
	return IconIn(name, Color(t))
}

// IconIn returns a drawing in any colour.
func IconIn(name IconName, c color.Color) fyne.Resource {
	n, _ := color.NRGBAModel.Convert(c).(color.NRGBA)
	ink := fmt.Sprintf("%02X%02X%02X", n.R, n.G, n.B)
	drawing, err := drawings.ReadFile("icons/" + string(name) + ".svg")
	if err != nil {
		return fyne.NewStaticResource("none.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"></svg>`))
	}
	// Fyne recolours fills but not strokes, so the colour is written in here.
	drawing = bytes.ReplaceAll(drawing, []byte("#000000"), []byte("#"+ink))
	return fyne.NewStaticResource(string(name)+"-"+ink+".svg", drawing)
}

// LogoColor returns the colour behind a bank's initials: the same for the same
// institution id in every session and both themes. White on it has a contrast
// of at least 5.8.
func LogoColor(institution string) color.Color {
	colors := [...]uint32{0x1F6F78, 0xA23B4A, 0x4B6B2F, 0x4A4E69, 0x7A5C2E, 0x8A4B14, 0x3056A8}
	h := fnv.New32a()
	_, _ = h.Write([]byte(institution)) // a hash never fails to write
	return rgb(colors[h.Sum32()%uint32(len(colors))])
}

// Initials returns the first letters of the first words of a name, in capitals:
// "First Platypus Bank" with most 2 is "FP".
func Initials(name string, most int) string {
	var initials []rune
	start := true
	for _, r := range name {
		switch {
		case unicode.IsSpace(r):
			start = true
		case start && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			initials = append(initials, unicode.ToUpper(r))
			start = false
		}
		if len(initials) == most {
			break
		}
	}
	if len(initials) == 0 {
		r, _ := utf8.DecodeRuneInString(name)
		if r == utf8.RuneError {
			return ""
		}
		return string(r)
	}
	return string(initials)
}
