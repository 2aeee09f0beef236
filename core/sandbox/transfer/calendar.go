package transfer

import (
	"slices"
	"time"
)

// Network is the rail on which money moves.
type Network string

// The networks (OpenAPI, TransferNetwork).
const (
	ACH     Network = "ach"
	SameDay Network = "same-day-ach"
	RTP     Network = "rtp"
	Wire    Network = "wire"
)

func (n Network) isACH() bool { return n == ACH || n == SameDay }

// moment is a time of day in New York.
type moment struct{ hour, minute int }

func (m moment) on(d Day) time.Time { return d.At(m.hour, m.minute) }

// The windows of the networks (Plaid, "ACH processing windows").
var (
	sameDayCutoff  = moment{15, 0}
	standardCutoff = moment{20, 30}
	wireCutoff     = moment{18, 30}
	morning        = moment{9, 0}
	sameDayWindows = [...]struct{ cutoff, settled moment }{
		{moment{9, 35}, moment{13, 0}}, {moment{13, 50}, moment{17, 0}}, {sameDayCutoff, moment{18, 0}},
	}
)

// holdDays is how many banking days after settlement money stays pending, and
// the window within which most returns happen.
const (
	holdDays         = 3
	returnDays       = 3
	unauthorizedDays = 61
)

// routed returns the network that a request made at t goes over: a same-day entry
// that misses the day's last window becomes a standard one, as long as that one's
// is still open.
func (n Network) routed(t time.Time) Network {
	d := DayOf(t)
	if n == SameDay && d.Banking() && !t.Before(sameDayCutoff.on(d)) && t.Before(standardCutoff.on(d)) {
		return ACH
	}
	return n
}

// timetable is when the steps of a motion happen on banking days.
type timetable struct{ posted, settled, available time.Time }

// timetable returns that of a motion that is ready at t.
func (n Network) timetable(t time.Time) timetable {
	var out timetable
	switch n {
	case RTP:
		out = timetable{posted: t, settled: t}
	case Wire:
		out.posted = t
		if d := DayOf(t); !d.Banking() || !t.Before(wireCutoff.on(d)) {
			out.posted = morning.on((d + 1).Open())
		}
		out.settled = out.posted.Add(time.Hour)
	case SameDay:
		out = sameDay(t)
	default:
		d := next(t, standardCutoff)
		out = timetable{posted: standardCutoff.on(d), settled: morning.on(d.Later(1))}
	}
	out.available = sameDayCutoff.on(DayOf(out.settled).Later(holdDays))
	return out
}

func sameDay(t time.Time) timetable {
	d := next(t, sameDayCutoff)
	i := slices.IndexFunc(sameDayWindows[:], func(w struct{ cutoff, settled moment }) bool { return t.Before(w.cutoff.on(d)) })
	w := sameDayWindows[max(i, 0)]
	return timetable{posted: w.cutoff.on(d), settled: w.settled.on(d)}
}

// next returns the first banking day whose cutoff is after t.
func next(t time.Time, cutoff moment) Day {
	d := DayOf(t).Open()
	if !t.Before(cutoff.on(d)) {
		d = d.Later(1)
	}
	return d
}
