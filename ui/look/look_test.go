package look

import (
	"bytes"
	"image/color"
	"io/fs"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// luminance is the relative luminance of WCAG 2.
func luminance(c color.NRGBA) float64 {
	channel := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c.R) + 0.7152*channel(c.G) + 0.0722*channel(c.B)
}

// contrast is the contrast ratio of WCAG 2.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// textPairs are the pairs of text and ground in use, with the ratios of the
// design for light and dark.
var textPairs = []struct {
	text, ground Token
	light, dark  float64
}{
	{Text, Background, 15.40, 15.04},
	{Text, Surface, 16.51, 13.71},
	{Text, Tint, 14.46, 10.80},
	{Text, RowChecked, 15.27, 12.34},
	{Text, ErrorTint, 14.98, 12.71},
	{Text2, Surface, 7.69, 9.92},
	{Text2, Background, 7.17, 10.88},
	{Text2, Sunken, 7.36, 10.37},
	{Text2, Neutral, 6.85, 8.08},
	{Text2, Tint, 6.73, 7.81},
	{Text2, WarningTint, 7.16, 8.77},
	{Muted, Surface, 4.97, 6.34},
	{Muted, Background, 4.64, 6.95},
	{Muted, Sunken, 4.76, 6.63},
	{Muted, RowChecked, 4.60, 5.71},
	{Primary, Surface, 6.18, 6.28},
	{Primary, Background, 5.77, 6.89},
	{Primary, Tint, 5.41, 4.95},
	{OnPrimary, Primary, 6.18, 6.79},
	{Positive, Surface, 4.98, 8.16},
	{Positive, Background, 4.65, 8.95},
	{Positive, RowChecked, 4.61, 7.35},
	{Positive, SuccessTint, 4.54, 7.03},
	{Positive, Sunken, 4.77, 8.53},
	{Warning, WarningTint, 5.77, 8.03},
	{Warning, Surface, 6.19, 9.08},
	{Warning, Sunken, 5.92, 9.50},
	{Error, ErrorTint, 5.97, 6.94},
	{Error, Surface, 6.57, 7.48},
	{Error, Background, 6.13, 8.21},
	{Error, Tint, 5.76, 5.90},
	{Practice, PracticeTint, 6.44, 7.47},
	{OnInverse, Inverse, 16.51, 15.04},
	{Positive, RowFocus, 4.52, 6.43},
	{Muted, RowFocus, 4.52, 4.99},
	{Text2, RowFocus, 6.98, 7.81},
	{OnPrimary, Error, 6.57, 8.09}, // the filled button of a destructive act
	{Black, White, 16.51, 16.51},   // a code for a camera
}

func TestTextContrast(t *testing.T) {
	for _, p := range textPairs {
		text, _ := lookup(p.text)
		ground, _ := lookup(p.ground)
		for _, side := range []struct {
			name string
			got  float64
			want float64
		}{
			{"light", contrast(text.light, ground.light), p.light},
			{"dark", contrast(text.dark, ground.dark), p.dark},
		} {
			if side.got < 4.5 {
				t.Errorf("%s: %s on %s is %.2f, less than 4.5", side.name, p.text, p.ground, side.got)
			}
			if math.Abs(side.got-side.want) > 0.02 {
				t.Errorf("%s: %s on %s is %.2f, the design says %.2f", side.name, p.text, p.ground, side.got, side.want)
			}
		}
	}
}

func TestShapeContrast(t *testing.T) {
	for _, p := range []struct{ shape, ground Token }{
		{Strong, Surface}, {ChartIn, Surface}, {ChartOut, Surface}, {Primary, Surface}, {Primary, Neutral},
	} {
		shape, _ := lookup(p.shape)
		ground, _ := lookup(p.ground)
		if got := min(contrast(shape.light, ground.light), contrast(shape.dark, ground.dark)); got < 3 {
			t.Errorf("%s on %s is %.2f, less than 3", p.shape, p.ground, got)
		}
	}
}

func TestLogoContrast(t *testing.T) {
	seen := map[color.Color]bool{}
	for _, id := range strings.Fields("ins_1 ins_2 ins_3 ins_4 ins_5 ins_6 ins_7 ins_8 ins_9 ins_10 ins_11 ins_12 ins_13 ins_14 ins_15 ins_16") {
		c, ok := LogoColor(id).(color.NRGBA)
		if !ok || contrast(c, rgb(0xFFFFFF)) < 5.8 {
			t.Errorf("white on the logo of %s has too little contrast", id)
		}
		if LogoColor(id) != LogoColor(id) {
			t.Errorf("%s has two colours", id)
		}
		seen[c] = true
	}
	if len(seen) < 4 {
		t.Errorf("16 institutions share %d colours", len(seen))
	}
}

func TestEveryTokenHasAColorInBothPalettes(t *testing.T) {
	for _, token := range Tokens() {
		p, ok := lookup(token)
		if !ok {
			t.Errorf("%s has no colour", token)
		}
		if token != Clear && (p.light.A == 0 || p.dark.A == 0) {
			t.Errorf("%s is invisible", token)
		}
	}
}

func TestFyneNamesFollowTheTokens(t *testing.T) {
	light, dark := Theme{Mode: AlwaysLight}, Theme{Mode: AlwaysDark}
	for name, token := range map[fyne.ThemeColorName]Token{
		theme.ColorNameBackground: Background, theme.ColorNameForeground: Text, theme.ColorNamePrimary: Primary,
		theme.ColorNameInputBorder: Control, theme.ColorNameSeparator: Border, theme.ColorNameOverlayBackground: Surface,
		theme.ColorNameError: Error, theme.ColorNameShadow: PopupShadow, theme.ColorNameSelection: RowFocus, "no such name": Text,
	} {
		p, _ := lookup(token)
		if got := light.Color(name, theme.VariantDark); got != p.light {
			t.Errorf("light %s is %v, want %v", name, got, p.light)
		}
		if got := dark.Color(name, theme.VariantLight); got != p.dark {
			t.Errorf("dark %s is %v, want %v", name, got, p.dark)
		}
	}
}

func TestModeFollowsTheSystem(t *testing.T) {
	follow := Theme{}
	if !follow.Dark(theme.VariantDark) || follow.Dark(theme.VariantLight) {
		t.Error("the theme does not follow the system")
	}
	if follow.Dark(fyne.ThemeVariant(2)) {
		t.Error("an unknown variant is dark")
	}
}

func TestSizes(t *testing.T) {
	for name, want := range map[fyne.ThemeSizeName]float32{
		theme.SizeNameText: 13, theme.SizeNameCaptionText: 12, theme.SizeNamePadding: 4, theme.SizeNameInputRadius: 6,
		theme.SizeNameDialogRadius: 8, theme.SizeNameModalBlurRadius: 0, theme.SizeNameLineSpacing: 4,
	} {
		if got := (Theme{}).Size(name); got != want {
			t.Errorf("size %s is %v, want %v", name, got, want)
		}
	}
}

func TestStillWhileMotionIsReduced(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(Theme{})
	if Still() {
		t.Error("still without being asked")
	}
	app.Settings().SetTheme(Theme{Still: true})
	if !Still() {
		t.Error("moves though motion is reduced")
	}
}

func TestEveryDrawingIsListedAndOutlined(t *testing.T) {
	files, err := fs.ReadDir(drawings, "icons")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(Icons()) {
		t.Errorf("%d drawings, %d names", len(files), len(Icons()))
	}
	for _, name := range Icons() {
		drawing, err := drawings.ReadFile("icons/" + string(name) + ".svg")
		if err != nil {
			t.Error(err)
			continue
		}
		data, err := outline(drawing)
		if err != nil || !strings.HasPrefix(data, "M") {
			t.Errorf("%s: outline %q, error %v", name, data, err)
		}
	}
}

func TestIconIsNamedAndDrawnInItsColor(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(Theme{Mode: AlwaysLight})
	resource := Icon(IconBank, Primary)
	if resource.Name() != "bank-3056D3.svg" {
		t.Errorf("name %q", resource.Name())
	}
	if !bytes.Contains(resource.Content(), []byte("#3056D3")) {
		t.Error("the colour is not in the drawing")
	}
	app.Settings().SetTheme(Theme{Mode: AlwaysDark})
	if name := Icon(IconBank, Primary).Name(); name != "bank-7C9BFF.svg" {
		t.Errorf("dark name %q", name)
	}
	if got := Icon("no-such-icon", Primary).Content(); bytes.Contains(got, []byte("path")) {
		t.Error("an unknown icon draws something")
	}
}

func TestOutlineOfALine(t *testing.T) {
	data, err := outline([]byte(`<svg><path d="M4 12 L20 12" stroke-width="2"/></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	for _, corner := range []string{"4.00 11.00", "20.00 11.00", "20.00 13.00", "4.00 13.00", "21.00 12.00", "3.00 12.00"} {
		if !strings.Contains(data, corner) {
			t.Errorf("%s is not on the outline %s", corner, data)
		}
	}
}

func TestOutlineRefusesWhatItCannotDraw(t *testing.T) {
	for _, d := range []string{"M1 1 Q2 2 3 3", "L1 1", "M1", "M1 x L2 2"} {
		if _, err := outline([]byte(`<svg><path d="` + d + `"/></svg>`)); err == nil {
			t.Errorf("%q was outlined", d)
		}
	}
	if _, err := outline([]byte(`<svg><circle cx="1"/></svg>`)); err == nil {
		t.Error("a circle without radius was outlined")
	}
	if _, err := outline([]byte(`<svg><path`)); err == nil {
		t.Error("half a file was outlined")
	}
}

func TestArcGoesTheAskedWay(t *testing.T) {
	for _, c := range []struct {
		large, sweep bool
		through      point
	}{
		{false, true, point{math.Sqrt2 / 2, -math.Sqrt2 / 2}},
		{true, false, point{0, 0}},
	} {
		points := arcPoints(point{0, -1}, point{1, 0}, 1, c.large, c.sweep)
		if last := points[len(points)-1]; last.sub(point{1, 0}).length() > 1e-9 {
			t.Errorf("arc %+v ends at %v", c, last)
		}
		if c.large {
			if len(points) < 12 {
				t.Errorf("the large arc has %d points", len(points))
			}
			continue
		}
		nearest := math.Inf(1)
		for _, p := range points {
			nearest = min(nearest, p.sub(c.through).length())
		}
		if nearest > 0.1 {
			t.Errorf("arc %+v misses %v by %.2f", c, c.through, nearest)
		}
	}
}

func TestInitials(t *testing.T) {
	for _, c := range []struct {
		name string
		most int
		want string
	}{
		{"First Platypus Bank", 2, "FP"},
		{"juniper bakery", 1, "J"},
		{"  Émile & sons", 2, "ÉS"},
		{"7 Eleven", 2, "7E"},
		{"", 2, ""},
		{"&", 2, "&"},
	} {
		if got := Initials(c.name, c.most); got != c.want {
			t.Errorf("Initials(%q, %d) = %q, want %q", c.name, c.most, got, c.want)
		}
	}
}
