// Package assets holds the files that are built into the program. It is bytes
// and nothing else, so that anything may import it.
package assets

import _ "embed"

//go:embed icon.png
var iconPNG string

//go:embed icon.svg
var iconSVG string

// IconPNG returns the icon of the application, 512 by 512.
func IconPNG() []byte { return []byte(iconPNG) }

// IconSVG returns the drawing from which IconPNG is made.
func IconSVG() []byte { return []byte(iconSVG) }
