package desk

import (
	"context"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core/notice"
	"bankbook/ui/boot"
	"bankbook/ui/run"
	"bankbook/ui/say"
)

// notifier shows a system's notifications.
type notifier interface{ SendNotification(*fyne.Notification) }

// teller tells a person who does not look at the window of banks that wait for them.
type teller struct {
	notifier notifier
	now      func() time.Time
	// able reports whether the system can show any.
	able func() bool
	// front says that the window, or a dialog of it, is in front of all others.
	front atomic.Bool
}

func newTeller(n notifier, now func() time.Time) *teller {
	return &teller{notifier: n, now: now, able: boot.CanNotify}
}

// tellLimit is how long the system may take to show a notification.
const tellLimit = 5 * time.Second

// InFront implements boot.Teller.
func (t *teller) InFront() bool { return t.front.Load() }

// Tell implements boot.Teller. A system that does not answer is left alone.
func (t *teller) Tell(news []notice.News) {
	if len(news) == 0 || !t.able() {
		return
	}
	title, text := say.Notice(news, t.now())
	run.Within(tellLimit, func(context.Context) { t.notifier.SendNotification(fyne.NewNotification(title, text)) })
}

// watchFront learns whether the person looks at the window.
func (d *desk) watchFront() {
	life := d.config.App.Lifecycle()
	life.SetOnEnteredForeground(func() {
		d.setFront(true)
		d.checkPlace()
		d.lookAtKeys()
	})
	life.SetOnExitedForeground(func() { d.setFront(false) })
}

// setFront keeps whether the person looks, and logs it: it is why they were told of a
// bank, or were not.
func (d *desk) setFront(front bool) {
	d.teller.front.Store(front)
	if d.program != nil {
		d.program.Log().Info("window", "front", front)
	}
}
