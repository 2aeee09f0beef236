package link_test

import (
	"testing"
	"time"

	"bankbook/core/bank"
	"bankbook/core/link"
	"bankbook/core/secret"
)

func TestLookAtSeveralVisits(t *testing.T) {
	open := bank.LinkSession{}
	exit := bank.LinkSession{Finished: noon, Exit: &left}
	success := bank.LinkSession{Finished: noon.Add(-time.Minute), Results: []bank.LinkResult{result}}
	other := bank.LinkResult{Public: secret.New("public-2")}
	cases := []struct {
		name    string
		purpose link.Purpose
		visits  []bank.LinkSession
		want    string
		found   int
	}{
		{"a success before an exit counts", link.New, []bank.LinkSession{exit, success}, "deciding FindTwins", 1},
		{"a success beside an open visit counts", link.New, []bank.LinkSession{open, success}, "deciding FindTwins", 1},
		{"an exit beside an open visit does not", link.New, []bank.LinkSession{open, exit}, "waiting Poll", 0},
		{"one result told twice is one", link.New, []bank.LinkSession{success, success}, "deciding FindTwins", 1},
		{
			"two results are two", link.New,
			[]bank.LinkSession{{Finished: noon, Results: []bank.LinkResult{result, other}}},
			"deciding FindTwins", 2,
		},
		{"a result without a token is none", link.New, []bank.LinkSession{{Finished: noon, Results: []bank.LinkResult{{}}}}, "exited", 0},
		{"a repair never takes a result", link.Repair, []bank.LinkSession{success}, "fetching Fetch", 0},
		{"a repair finished beside an open visit", link.Repair, []bank.LinkSession{open, {Finished: noon}}, "fetching Fetch", 0},
		{"a repair left beside an open visit", link.Repair, []bank.LinkSession{open, exit}, "waiting Poll", 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := session(link.Waiting, func(s *link.Session) { s.Purpose = c.purpose })
			next, effects := link.Next(s, visits(noon, c.visits...))
			if got := outcome(next, effects); got != c.want || len(next.Found) != c.found {
				t.Errorf("got %q and %d candidates, want %q and %d", got, len(next.Found), c.want, c.found)
			}
		})
	}
}
