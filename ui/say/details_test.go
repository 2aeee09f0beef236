package say_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/say"
)

func TestDetails(t *testing.T) {
	inner := &fault.Error{
		Op: "plaid: exchange", Kind: fault.Refused, Code: "INVALID_FIELD", RequestID: "req123",
		Err: errors.New("access-sandbox-secret at /home/somebody"),
	}
	err := fmt.Errorf("begin: %w", fault.New("link: exchange", fault.Refused, inner))
	about := say.About{
		Version: "0.1.0", System: "linux/amd64", Environment: core.Sandbox,
		At: time.Date(2026, 11, 18, 9, 41, 0, 0, time.UTC),
	}
	got := say.Details(err, about)
	want := "Bankbook: 0.1.0 linux/amd64\nSource: sandbox\nProblem: refused\n" +
		"Operation: link: exchange > plaid: exchange\nTime: 2026-11-18T09:41:00Z\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	got = say.Details(inner, about)
	if !strings.Contains(got, "Provider code: INVALID_FIELD\nRequest ID: req123\n") {
		t.Errorf("got\n%s", got)
	}
	if strings.Contains(got, "secret") || strings.Contains(got, "somebody") {
		t.Errorf("details show a cause:\n%s", got)
	}
}

func TestDetailsTakeNoSentenceForACode(t *testing.T) {
	got := say.Details(say.Kept("sync", core.Trouble{
		Kind: fault.Refused, Code: "your token access-1 is bad", RequestID: strings.Repeat("a", 200),
	}), say.About{})
	if strings.Contains(got, "access-1") || !strings.Contains(got, "Provider code: ?") || !strings.Contains(got, "Request ID: ?") {
		t.Errorf("got\n%s", got)
	}
}

func TestKeptTroubleSaysTheSame(t *testing.T) {
	trouble := core.Trouble{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED", RequestID: "r1"}
	if got := core.TroubleOf(say.Kept("sync", trouble)); got != trouble {
		t.Errorf("got %+v", got)
	}
	if err := say.Kept("sync", core.Trouble{}); err != nil {
		t.Errorf("no trouble gives %v", err)
	}
}
