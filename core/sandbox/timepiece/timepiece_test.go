package timepiece

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var real = time.Date(2026, time.November, 21, 9, 30, 0, 0, time.UTC)

func TestSettings(t *testing.T) {
	other := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		setting     Setting
		now, minute time.Time
	}{
		"real":            {Setting{}, real, real.Add(time.Minute)},
		"frozen":          {FrozenAt(other), other, other},
		"running from":    {RunningFrom(other, real), other, other.Add(time.Minute)},
		"ahead":           {Setting{}.Advanced(time.Hour), real.Add(time.Hour), real.Add(time.Hour + time.Minute)},
		"frozen, forward": {FrozenAt(other).Advanced(time.Hour), other.Add(time.Hour), other.Add(time.Hour)},
	} {
		if got := c.setting.Now(real); !got.Equal(c.now) {
			t.Errorf("%s: %v, want %v", name, got, c.now)
		}
		if got := c.setting.Now(real.Add(time.Minute)); !got.Equal(c.minute) {
			t.Errorf("%s: a minute later %v, want %v", name, got, c.minute)
		}
	}
}

// Putting the clock forward twice is putting it forward by both at once, and a
// setting is the same after it has been kept.
func TestAdvancesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom([]Setting{{}, FrozenAt(real), {Ahead: -time.Hour}}).Draw(t, "setting")
		a := time.Duration(rapid.Int64Range(0, int64(time.Hour*9000)).Draw(t, "a"))
		b := time.Duration(rapid.Int64Range(0, int64(time.Hour*9000)).Draw(t, "b"))
		if got, want := s.Advanced(a).Advanced(b).Now(real), s.Now(real).Add(a+b); !got.Equal(want) {
			t.Fatalf("%v, want %v", got, want)
		}
		raw, err := json.Marshal(s.Advanced(a))
		if err != nil {
			t.Fatal(err)
		}
		var back Setting
		if err := json.Unmarshal(raw, &back); err != nil || !back.Now(real).Equal(s.Advanced(a).Now(real)) {
			t.Fatalf("%s: %v %v", raw, back, err)
		}
	})
}
