// Package timepiece is how the practice bank's own clock runs: with real time,
// at a distance from it, or not at all. It is arithmetic alone: what real time
// is, the caller says.
package timepiece
