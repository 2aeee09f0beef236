package look

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// The drawings are strokes, which are easy to edit. Fyne's SVG reader draws a
// stroke as wide on screen as it is in the file, whatever the size of the icon,
// so an icon of 16 would be half as heavy again and one on a fine screen too
// thin. Hence every stroke becomes the filled outline of itself here.

const (
	strokeWidth = 1.75
	curveSteps  = 10
	roundStep   = math.Pi / 10
)

// point is a place on the 24 unit grid.
type point struct{ x, y float64 }

func (p point) add(q point) point            { return point{p.x + q.x, p.y + q.y} }
func (p point) sub(q point) point            { return point{p.x - q.x, p.y - q.y} }
func (p point) times(f float64) point        { return point{p.x * f, p.y * f} }
func (p point) length() float64              { return math.Hypot(p.x, p.y) }
func (p point) mix(q point, t float64) point { return p.times(1 - t).add(q.times(t)) }

// line is a run of points that a pen follows.
type line struct {
	points []point
	closed bool
}

// outline turns a drawing of strokes into the data of one filled path.
func outline(drawing []byte) (string, error) {
	var out strings.Builder
	decoder := xml.NewDecoder(strings.NewReader(string(drawing)))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return out.String(), nil
		}
		if err != nil {
			return "", fmt.Errorf("read drawing: %w", err)
		}
		if element, ok := token.(xml.StartElement); ok {
			if err := outlineElement(&out, element); err != nil {
				return "", err
			}
		}
	}
}

func outlineElement(out *strings.Builder, element xml.StartElement) error {
	attributes := map[string]string{}
	for _, a := range element.Attr {
		attributes[a.Name.Local] = a.Value
	}
	var lines []line
	var err error
	switch element.Name.Local {
	case "path":
		lines, err = readPath(attributes["d"])
	case "circle":
		lines, err = readCircle(attributes)
	case "rect":
		lines, err = readRect(attributes)
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", element.Name.Local, err)
	}
	width := strokeWidth
	if own, err := number(attributes, "stroke-width"); err == nil {
		width = own
	}
	for _, l := range lines {
		if attributes["stroke"] != "none" {
			stroke(out, l, width/2)
		}
		if fill := attributes["fill"]; fill != "" && fill != "none" {
			contour(out, l.points)
		}
	}
	return nil
}

// contour writes a closed run of points.
func contour(out *strings.Builder, points []point) {
	for i, p := range points {
		command := " L"
		if i == 0 {
			command = "M"
		}
		fmt.Fprintf(out, "%s%.2f %.2f", command, p.x, p.y)
	}
	out.WriteString(" Z ")
}

// stroke writes the outline of a pen of a radius that follows a line: one
// contour around an open line, one at each side of a closed one.
func stroke(out *strings.Builder, l line, radius float64) {
	points := distinct(l.points, l.closed)
	if len(points) < 2 {
		return
	}
	if l.closed {
		contour(out, side(points, true, radius))
		contour(out, side(reversed(points), true, radius))
		return
	}
	around := side(points, false, radius)
	contour(out, append(around, side(reversed(points), false, radius)...))
}

// distinct drops points that stand on the one before.
func distinct(points []point, closed bool) []point {
	var kept []point
	for _, p := range points {
		if len(kept) == 0 || p.sub(kept[len(kept)-1]).length() > 1e-6 {
			kept = append(kept, p)
		}
	}
	if closed && len(kept) > 1 && kept[0].sub(kept[len(kept)-1]).length() <= 1e-6 {
		kept = kept[:len(kept)-1]
	}
	return kept
}

func reversed(points []point) []point {
	back := make([]point, len(points))
	for i, p := range points {
		back[len(points)-1-i] = p
	}
	return back
}

// side returns the left edge of a pen that follows points; of an open line with
// the round cap at its end.
func side(points []point, closed bool, radius float64) []point {
	n := len(points)
	segments := n - 1
	if closed {
		segments = n
	}
	angle := func(i int) float64 {
		d := points[(i+1)%n].sub(points[i%n])
		return math.Atan2(d.y, d.x) - math.Pi/2
	}
	var edge []point
	for i := range segments {
		at, to := angle(i), points[(i+1)%n]
		edge = append(edge, onCircle(points[i], at, radius), onCircle(to, at, radius))
		switch {
		case i+1 < segments || closed:
			edge = append(edge, join(to, at, angle(i+1), radius)...)
		default:
			edge = append(edge, turn(to, at, at+math.Pi, radius)...)
		}
	}
	return edge
}

// join rounds the outer side of a corner. On the inner side the edge goes
// through the corner itself, which stays inside the stroke.
func join(corner point, from, to, radius float64) []point {
	change := math.Remainder(to-from, 2*math.Pi)
	if change < 0 {
		return []point{corner}
	}
	return turn(corner, from, from+change, radius)
}

// turn returns the points of a circle from an angle to a greater one.
func turn(center point, from, to, radius float64) []point {
	var points []point
	for a := from + roundStep; a < to; a += roundStep {
		points = append(points, onCircle(center, a, radius))
	}
	return append(points, onCircle(center, to, radius))
}

func onCircle(center point, angle, radius float64) point {
	return point{center.x + radius*math.Cos(angle), center.y + radius*math.Sin(angle)}
}

func number(attributes map[string]string, name string) (float64, error) {
	v, err := strconv.ParseFloat(attributes[name], 64)
	if err != nil {
		return 0, fmt.Errorf("attribute %s: %w", name, err)
	}
	return v, nil
}

func numbers(attributes map[string]string, names ...string) ([]float64, error) {
	values := make([]float64, len(names))
	for i, name := range names {
		v, err := number(attributes, name)
		if err != nil {
			return nil, err
		}
		values[i] = v
	}
	return values, nil
}

func readCircle(attributes map[string]string) ([]line, error) {
	v, err := numbers(attributes, "cx", "cy", "r")
	if err != nil {
		return nil, err
	}
	const steps = 40
	var points []point
	for i := range steps {
		points = append(points, onCircle(point{v[0], v[1]}, 2*math.Pi*float64(i)/steps, v[2]))
	}
	return []line{{points, true}}, nil
}

func readRect(attributes map[string]string) ([]line, error) {
	v, err := numbers(attributes, "x", "y", "width", "height", "rx")
	if err != nil {
		return nil, err
	}
	x, y, w, h, r := v[0], v[1], v[2], v[3], v[4]
	var points []point
	for i, corner := range []point{{x + w - r, y + r}, {x + w - r, y + h - r}, {x + r, y + h - r}, {x + r, y + r}} {
		start := -math.Pi/2 + float64(i)*math.Pi/2
		points = append(points, onCircle(corner, start, r))
		points = append(points, turn(corner, start, start+math.Pi/2, r)...)
	}
	return []line{{points, true}}, nil
}
