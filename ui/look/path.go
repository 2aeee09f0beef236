package look

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// pathReader reads the data of a path: absolute M, L, C, A and Z, each written
// out. Arcs are circular.
type pathReader struct {
	fields []string
	lines  []line
	err    error
}

// readPath returns the runs of points of a path.
func readPath(data string) ([]line, error) {
	spaced := data
	for _, command := range "MLCAZ" {
		spaced = strings.ReplaceAll(spaced, string(command), " "+string(command)+" ")
	}
	r := &pathReader{fields: strings.Fields(spaced)}
	for len(r.fields) > 0 && r.err == nil {
		command := r.fields[0]
		r.fields = r.fields[1:]
		r.run(command)
	}
	return r.lines, r.err
}

func (r *pathReader) run(command string) {
	if command == "M" {
		r.lines = append(r.lines, line{points: []point{r.point()}})
		return
	}
	if len(r.lines) == 0 {
		r.err = fmt.Errorf("%s before the first M", command)
		return
	}
	last := &r.lines[len(r.lines)-1]
	from := last.points[len(last.points)-1]
	switch command {
	case "L":
		last.points = append(last.points, r.point())
	case "C":
		last.points = append(last.points, cubic(from, r.point(), r.point(), r.point())...)
	case "A":
		radius := r.number()
		_, _ = r.number(), r.number() // second radius and rotation say nothing about a circle
		large, sweep := r.number() != 0, r.number() != 0
		last.points = append(last.points, arcPoints(from, r.point(), radius, large, sweep)...)
	case "Z":
		last.closed = true
	default:
		r.err = fmt.Errorf("command %q is not one of M, L, C, A and Z", command)
	}
}

func (r *pathReader) number() float64 {
	if len(r.fields) == 0 {
		r.err = fmt.Errorf("path ends within a command")
		return 0
	}
	v, err := strconv.ParseFloat(r.fields[0], 64)
	if err != nil {
		r.err = fmt.Errorf("coordinate: %w", err)
	}
	r.fields = r.fields[1:]
	return v
}

func (r *pathReader) point() point {
	x := r.number()
	return point{x, r.number()}
}

// cubic returns the points of a Bézier curve after its first.
func cubic(p0, p1, p2, p3 point) []point {
	points := make([]point, 0, curveSteps)
	for i := 1; i <= curveSteps; i++ {
		t := float64(i) / curveSteps
		a, b, c := p0.mix(p1, t), p1.mix(p2, t), p2.mix(p3, t)
		points = append(points, a.mix(b, t).mix(b.mix(c, t), t))
	}
	return points
}

// arcPoints returns the points of a circular arc after its first.
func arcPoints(from, to point, radius float64, large, sweep bool) []point {
	half := to.sub(from).times(0.5)
	height := math.Sqrt(max(radius*radius-half.length()*half.length(), 0))
	normal := point{-half.y, half.x}.times(height / max(half.length(), 1e-9))
	if large == sweep {
		normal = normal.times(-1)
	}
	center := from.add(half).add(normal)
	start := math.Atan2(from.y-center.y, from.x-center.x)
	change := math.Atan2(to.y-center.y, to.x-center.x) - start
	if sweep && change < 0 {
		change += 2 * math.Pi
	}
	if !sweep && change > 0 {
		change -= 2 * math.Pi
	}
	steps := int(math.Ceil(math.Abs(change)/roundStep)) + 1
	points := make([]point, 0, steps)
	for i := 1; i <= steps; i++ {
		points = append(points, onCircle(center, start+change*float64(i)/float64(steps), radius))
	}
	return points
}
