package sandbox

import (
	"encoding/json"
	"testing"
)

// A session that was kept before there was a journey can still be read.
func TestOldSessionsAreRead(t *testing.T) {
	const old = `{"id":"s1","browser":"AAEC","started":"2026-01-05T08:00:00Z","institution":"ins_109508","signed_in":true,
		"trouble":"INVALID_CREDENTIALS","left":true,"where":"requires_credentials","finished":"2026-01-05T08:01:00Z",
		"events":[{"id":"e1","name":"EXIT","at":"2026-01-05T08:01:00Z","view":"CREDENTIAL","trouble":"INVALID_CREDENTIALS",
			"where":"requires_credentials","request_id":"r1","institution":"ins_109508"}]}`
	var s session
	if err := json.Unmarshal([]byte(old), &s); err != nil {
		t.Fatal(err)
	}
	exit := s.exit()
	if exit.Metadata.Institution.ID != "ins_109508" || exit.Metadata.Status != "requires_credentials" || exit.Error.Code != "INVALID_CREDENTIALS" {
		t.Errorf("exit: %+v", exit)
	}
	if e := s.Events[0].wire(); e.Name != "EXIT" || e.Metadata.View != "CREDENTIAL" || e.Metadata.ErrorCode != "INVALID_CREDENTIALS" || e.Metadata.RequestID != "r1" {
		t.Errorf("event: %+v", e)
	}
}
