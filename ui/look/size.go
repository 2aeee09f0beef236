package look

// Type sizes in Fyne units (one pixel at scale 1).
const (
	TextSmall   float32 = 12 // labels, helper text, table heads, pills, tags, monospace
	TextBody    float32 = 13 // everything by default
	TextTitle   float32 = 14 // card titles, lead sentence of a wizard
	TextHeading float32 = 16 // dialog title, section title
	TextPage    float32 = 20 // page title, totals
	TextHero    float32 = 28 // welcome question, amount in the transfer review
)

// The grid of space.
const (
	Space1 float32 = 4
	Space2 float32 = 8
	Space3 float32 = 12
	Space4 float32 = 16
	Space6 float32 = 24
	Space8 float32 = 32
)

// Corner radii.
const (
	RadiusCard    float32 = 8 // cards, pop-ups, bulk bar
	RadiusInside  float32 = 7 // fills that touch a card's corner: Fyne does not clip to a radius
	RadiusControl float32 = 6 // controls, notes, sidebar items
	RadiusTag     float32 = 4 // tags, check boxes, keys
	RadiusPill    float32 = 11
)

// Heights and widths that several widgets share.
const (
	IconSize       float32 = 16
	ControlHeight  float32 = 32
	ControlSmall   float32 = 28
	ControlLarge   float32 = 40
	RowHeight      float32 = 36
	RowHeightDense float32 = 28
	HeadHeight     float32 = 28
	CardTitle      float32 = 44
	CardTitleDense float32 = 40
	SidebarWidth   float32 = 208
	HeaderHeight   float32 = 56
	FilterHeight   float32 = 48
	SummaryHeight  float32 = 36
	DialogWidth    float32 = 520
	MenuWidth      float32 = 248
	PagePadding    float32 = 24
	WindowMinWidth float32 = 1080
	WindowMinHigh  float32 = 680
	OverlayBelow   float32 = 1180 // below this window width a detail pane covers the list
)
