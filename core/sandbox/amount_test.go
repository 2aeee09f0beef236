package sandbox

import (
	"encoding/json"
	"testing"
)

func TestAmountsAreReadExactly(t *testing.T) {
	for text, want := range map[string]int64{
		"12.34": 1234, "-0.01": -1, "0": 0, "1e2": 10000, "1.005": 101, "-1.005": -101, "0.004": 0, "999999999999.99": 99999999999999, "1e-400": 0, "575.67": 57567,
	} {
		if got, fits := minorUnits(json.Number(text), 2); !fits || got != want {
			t.Errorf("%s is %d cents (%v), want %d", text, got, fits, want)
		}
	}
	for _, text := range []string{"1e13", "-1e13", "1e400", "", "x", "NaN", "1e999999999"} {
		if got, fits := minorUnits(json.Number(text), 2); fits {
			t.Errorf("%q is %d cents", text, got)
		}
	}
}
