package sandbox_test

import (
	"maps"
	"slices"
)

// younger are the values of Transfer that v20 does not know (PLAID §1.2), each
// with one in its place that it does.
var younger = map[string]string{
	"funds_available": "settled", "sweep.funds_available": "sweep.settled", "user_action_required": "declined", "wire": "rtp",
	"refund.pending": "pending", "refund.cancelled": "cancelled", "refund.failed": "failed", "refund.posted": "posted",
	"refund.settled": "settled", "refund.returned": "returned",
}

// aged returns an answer of Transfer as it would have been in the days of v20.
func aged(value any) any {
	switch v := value.(type) {
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = aged(v[i])
		}
		return out
	case map[string]any:
		out := maps.Clone(v)
		for name, inner := range v {
			out[name] = aged(inner)
			text, _ := inner.(string)
			if old := younger[text]; old != "" && slices.Contains([]string{"status", "event_type", "decision", "network"}, name) {
				out[name] = old
			}
		}
		return out
	}
	return value
}
