// Package logo draws the marks of the practice bank's institutions: a square in
// the brand's colour with a pattern of its own, as a PNG of the size that Plaid
// gives (152 by 152).
package logo
