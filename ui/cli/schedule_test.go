package cli

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/schedule"
)

// schedules runs a command in a data directory of the test.
func schedules(t *testing.T, dir string, args ...string) (out, noise string, code int) {
	t.Helper()
	var printed, said bytes.Buffer
	code = Main(Program{Args: append([]string{"--session-only", "--data-dir", dir}, args...), Out: &printed, Err: &said, In: strings.NewReader("")})
	return printed.String(), said.String(), code
}

func TestScheduleIsShownAndSet(t *testing.T) {
	s := books(t)
	var out bytes.Buffer
	c := &command{program: Program{Out: &out}}
	same := func(*schedule.Plan) error { return nil }
	if err := c.reschedule(s, same); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Sync by itself             Every 6 hours", "Also on battery            Yes", "Notifications", "First Bank  Sync  in 6 h  item"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in:\n%s", want, out.String())
		}
	}
	if err := s.Vault.RecordTry("item", s.Now(), core.Trouble{Kind: fault.SignIn}, core.SignInNeeded); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	c.asJSON = true
	err := c.reschedule(s, func(p *schedule.Plan) error { p.OnMetered = true; return nil })
	var got scheduleRecord
	if err != nil || json.Unmarshal(out.Bytes(), &got) != nil {
		t.Fatalf("%v, %s", err, out.String())
	}
	if got.EverySeconds != 21600 || !got.OnMetered || len(got.Next) != 1 || got.Next[0].Deed != schedule.Check || got.Next[0].At == nil {
		t.Errorf("printed %s", out.String())
	}
	if p, err := s.Schedule().Plan(); err != nil || !p.OnMetered {
		t.Errorf("kept %+v, %v", p, err)
	}
}

func TestScheduleArguments(t *testing.T) {
	out, noise, code := schedules(t, t.TempDir(), "schedule", "--json", "--every", "1d", "--battery=false", "--notify=false")
	var got scheduleRecord
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != 0 {
		t.Fatalf("%v, code %d, %s", err, code, noise)
	}
	if got.EverySeconds != 86400 || got.OnBattery || got.OnMetered || got.Notify {
		t.Errorf("printed %s", out)
	}
	for _, every := range []string{"often", "5s", "400d"} {
		if _, noise, code := schedules(t, t.TempDir(), "schedule", "--every", every); code != exitUsage || !strings.Contains(noise, "schedule") {
			t.Errorf("%s: code %d, %s", every, code, noise)
		}
	}
}

func TestBanksAreChecked(t *testing.T) {
	s := books(t)
	var out bytes.Buffer
	c := &command{program: Program{Out: &out}}
	if err := c.checkBanks(t.Context(), s, nil); !fault.Is(err, fault.SecretMissing) || !strings.Contains(out.String(), "First Bank") {
		t.Errorf("%v, printed %s", err, out.String())
	}
	out.Reset()
	if err := c.checkBanks(t.Context(), s, []string{"none"}); c.exitCode(err) != exitUsage || out.Len() > 0 {
		t.Errorf("%v, printed %s", err, out.String())
	}
	if _, noise, code := schedules(t, t.TempDir(), "banks", "check", "a", "b"); code != exitUsage {
		t.Errorf("code %d, %s", code, noise)
	}
	if out, noise, code := schedules(t, t.TempDir(), "banks", "check"); code != 0 {
		t.Errorf("code %d, %s%s", code, out, noise)
	}
}
