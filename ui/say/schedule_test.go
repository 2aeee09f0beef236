package say_test

import (
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/notice"
	"bankbook/core/schedule"
	"bankbook/ui/say"
)

func TestScheduleWords(t *testing.T) {
	const h = time.Hour
	every := schedule.Plan{Every: 6 * h}
	for _, tt := range []struct{ got, want string }{
		{say.Every(0), "Never"},
		{say.Every(h), "Every hour"},
		{say.Every(6 * h), "Every 6 hours"},
		{say.Every(24 * h), "Once a day"},
		{say.Every(72 * h), "Every 3 days"},
		{say.Every(90 * time.Minute), "Every 90 min"},
		{say.Outlook(schedule.Outlook{}, now), "Banks are synced when you ask for it."},
		{say.Outlook(schedule.Outlook{Plan: every}, now), "There is no bank to sync."},
		{say.Outlook(schedule.Outlook{Plan: every, Sync: now.Add(-h)}, now), "Next sync now."},
		{say.Outlook(schedule.Outlook{Plan: every, Sync: now, Quiet: schedule.ForBattery}, now), "Waits until the computer is plugged in."},
		{say.Outlook(schedule.Outlook{Plan: every, Sync: now, Quiet: schedule.ForMetered}, now), "Waits for a network that isn’t metered."},
		{say.Outlook(schedule.Outlook{Plan: every, Sync: now.Add(25*time.Minute + time.Second)}, now), "Next sync in 25 min."},
		{say.Outlook(schedule.Outlook{Plan: every, Sync: now.Add(3*h + time.Minute)}, now), "Next sync in 3 h."},
		{say.Outlook(schedule.Outlook{Plan: every, Sync: now.Add(70 * h)}, now), "Next sync in 3 days."},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func broken(name string) notice.News {
	return notice.News{Item: core.Item{Institution: core.Institution{Name: name}, Status: core.SignInNeeded}, Need: notice.SignIn}
}

func TestNotices(t *testing.T) {
	title, text := say.Notice([]notice.News{broken("M&T Bank")}, now)
	if title != "M&T Bank" || text != "Needs you to sign in again" {
		t.Errorf("one is %q, %q", title, text)
	}
	ending := notice.News{Item: core.Item{Status: core.Connected, ConsentEnds: now.AddDate(0, 0, 5)}, Need: notice.EndsSoon}
	if _, text := say.Notice([]notice.News{ending}, now); text != "Consent ends in 5 days" {
		t.Errorf("a consent is %q", text)
	}
	title, text = say.Notice([]notice.News{broken("a"), broken("b"), ending}, now)
	if title != "3 banks need you" || text != "Open Bankbook to see what to do." {
		t.Errorf("several are %q, %q", title, text)
	}
}

// A bank's name is a stranger's text, and goes to programs that can take it for their
// own.
func TestNamesInNoticesAreHarmless(t *testing.T) {
	for name, want := range map[string]string{
		"$(calc)":                     "(calc)",
		"Bank\"; Remove-Item x; \"":   "Bank Remove-Item x",
		"“Bank„ `n ${env:x}":          "Bank n envx",
		"<b>Bank</b> &amp;":           "bBank/b &amp",
		"O'Neil’s Crédit \\ Agricole": "O’Neil’s Crédit Agricole",
		"百五銀行":                        "百五銀行",
		"$<>":                         "A bank",
	} {
		title, _ := say.Notice([]notice.News{broken(name)}, now)
		if title != want || strings.ContainsAny(title, "\"'`$<>{};\\“”„") {
			t.Errorf("%q becomes %q, want %q", name, title, want)
		}
	}
}
