package look

import (
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
	return &icon{name: name, ink: inkOf(Color(t))}
}

// IconIn returns a drawing in any colour.
func IconIn(name IconName, c color.Color) fyne.Resource {
	return &icon{name: name, ink: inkOf(c)}
}

func inkOf(c color.Color) string {
	n, _ := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("%02X%02X%02X", n.R, n.G, n.B)
}

// icon is a drawing that is read and outlined when it is first drawn.
type icon struct {
	name IconName
	ink  string
}

// Name implements fyne.Resource.
func (i *icon) Name() string { return string(i.name) + "-" + i.ink + ".svg" }

// Content implements fyne.Resource.
func (i *icon) Content() []byte {
	const head = `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">`
	drawing, err := drawings.ReadFile("icons/" + string(i.name) + ".svg")
	if err != nil {
		return []byte(head + "</svg>")
	}
	data, err := outline(drawing)
	if err != nil { // a test reads every drawing, so this is an icon of tomorrow
		return []byte(head + "</svg>")
	}
	return []byte(head + `<path fill="#` + i.ink + `" d="` + data + `"/></svg>`)
}

// LogoColor returns the colour behind a bank's initials: the same for the same
// institution id in every session and both themes. White on it has a contrast
// of at least 5.8.
func LogoColor(institution string) color.Color {
	colors := [...]uint32{0x1F6F78, 0xA23B4A, 0x4B6B2F, 0x4A4E69, 0x7A5C2E, 0x8A4B14, 0x3056A8}
	h := fnv.New32a()
	_, _ = h.Write([]byte(institution)) // a hash never fails to write
	sum := h.Sum32()
	sum ^= sum >> 10 // ids that differ in one digit differ in the low bits too little
	return rgb(colors[sum%uint32(len(colors))])
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
