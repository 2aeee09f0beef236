package desk

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"bankbook/core"
	"bankbook/core/notice"
)

// system shows notifications to a test, or hangs.
type system struct {
	shown []string
	hang  chan bool
}

func (s *system) SendNotification(n *fyne.Notification) {
	if s.hang != nil {
		<-s.hang
		return
	}
	s.shown = append(s.shown, n.Title+": "+n.Content)
}

func needy(names ...string) []notice.News {
	var news []notice.News
	for _, name := range names {
		news = append(news, notice.News{Item: core.Item{Institution: core.Institution{Name: name}, Status: core.Gone}, Need: notice.Ended})
	}
	return news
}

func TestSeveralBanksAreToldOfAtOnce(t *testing.T) {
	s := &system{}
	r := newTeller(s, time.Now)
	r.able = func() bool { return true }
	r.Tell(nil)
	r.Tell(needy("First Platypus Bank"))
	r.Tell(needy("A", "B"))
	r.able = func() bool { return false }
	r.Tell(needy("C"))
	if want := []string{"First Platypus Bank: Has ended the connection", "2 banks need you: Open Bankbook to see what to do."}; !slices.Equal(s.shown, want) {
		t.Errorf("shown %q", s.shown)
	}
}

func TestASystemThatHangsHoldsUpNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &system{hang: make(chan bool)}
		r := newTeller(s, time.Now)
		r.able = func() bool { return true }
		begin := time.Now()
		r.Tell(needy("A"))
		if took := time.Since(begin); took != tellLimit {
			t.Errorf("it took %v", took)
		}
		close(s.hang)
	})
}

func TestTheWindowInFrontIsKnown(t *testing.T) {
	app := test.NewApp()
	defer app.Quit()
	d := &desk{config: Config{App: app}, teller: newTeller(app, time.Now)}
	d.watchFront()
	life, ok := app.Lifecycle().(interface {
		OnEnteredForeground() func()
		OnExitedForeground() func()
	})
	if !ok {
		t.Fatalf("%T tells of no window", app.Lifecycle())
	}
	for _, front := range []bool{true, false, true} {
		if front {
			life.OnEnteredForeground()()
		} else {
			life.OnExitedForeground()()
		}
		if d.teller.InFront() != front {
			t.Errorf("in front is %t", !front)
		}
	}
}
