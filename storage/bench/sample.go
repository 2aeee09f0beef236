package main

import (
	"fmt"
	"os"
	"slices"
	"time"
)

// sample is what one operation took one program, run after run.
type sample struct {
	took []time.Duration
	// unable and stopped say why there are no runs, or no more.
	unable, stopped bool
}

func (s *sample) add(took time.Duration) { s.took = append(s.took, took) }

func (s *sample) median() time.Duration { return s.at(50) }

// at returns a percentile.
func (s *sample) at(percent int) time.Duration {
	if len(s.took) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s.took))
	return sorted[min(len(sorted)*percent/100, len(sorted)-1)]
}

// slow is how long an operation takes that is not repeated.
const slow = 3 * time.Second

// due reports whether an operation is to be done once more.
func (s *sample) due(rounds int) bool {
	return !s.unable && !s.stopped && len(s.took) < rounds && (len(s.took) == 0 || s.took[0] < slow)
}

// timed runs fn and tells how long it took.
func timed(fn func() error) (time.Duration, error) {
	begun := time.Now()
	err := fn()
	return time.Since(begun), err
}

// words writes a duration with three digits.
func words(d time.Duration) string {
	switch {
	case d >= 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case ms >= 100:
		return fmt.Sprintf("%.0f ms", ms)
	case ms >= 10:
		return fmt.Sprintf("%.1f ms", ms)
	case ms >= 1:
		return fmt.Sprintf("%.2f ms", ms)
	}
	return fmt.Sprintf("%.3f ms", ms)
}

// times writes a ratio.
func times(r float64) string {
	if r >= 10 {
		return fmt.Sprintf("%.0f×", r)
	}
	return fmt.Sprintf("%.1f×", r)
}

// fileSize is 0 for a file that is not there.
func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

func mebibytes(n int64) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20))
}
