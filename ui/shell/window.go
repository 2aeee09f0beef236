package shell

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// freshness is how often the ages on screen are written anew.
const freshness = 30 * time.Second

// window is the window of an open environment: sidebar, header and the page
// that is shown.
type window struct {
	shell    *Shell
	services Services
	status   *status
	pages    pages
	sidebar  *sidebar
	header   *header
	notices  *notices
	route    Route
	page     *page
	// back is the route that a wizard returns to.
	back    Route
	place   *fyne.Container
	content fyne.CanvasObject
	stops   []func()
}

func newWindow(s *Shell, sv Services) *window {
	w := &window{shell: s, services: sv, place: container.NewStack(), back: Overview{}}
	w.status = newStatus(s.deps.Runner, s.deps.Now, sv, w.showStatus)
	w.status.review = sv.ReviewCopy
	w.pages = newPages(w)
	w.sidebar = newSidebar(w)
	w.header = newHeader(w)
	w.notices = newNotices(w)
	w.content = kit.Columns(0, []float32{look.SidebarWidth - 1, 1, 0},
		w.sidebar.content, kit.NewUprightRule(),
		kit.VBox(0, w.header.content, w.notices.box, kit.Grow(w.place)),
	)
	w.stops = []func(){
		sv.Bus.Subscribe(func(e event.Event) { s.deps.Runner.UI(func() { w.handle(e) }) }),
		s.deps.Runner.Every(freshness, w.age),
		s.deps.Runner.Every(lockCheck, w.lockIfIdle),
	}
	w.status.loader.Load()
	return w
}

// close ends what the window listens to.
func (w *window) close() {
	for _, stop := range w.stops {
		stop()
	}
	w.stops = nil
	if w.page != nil {
		w.page.hide()
	}
}

// closed reports whether an event or a result came too late.
func (w *window) closed() bool { return w.stops == nil }

// visit shows a place.
func (w *window) visit(r Route) {
	before := w.page
	switch w.route.(type) {
	case Overview, Banks, Account, Transactions, Activity, Settings:
		w.back = w.route
	}
	w.route = r
	w.page = w.pages.of(r)
	if before != w.page {
		if before != nil {
			before.hide()
		}
		// Fyne leaves the keyboard in a field that is not shown any more.
		w.shell.deps.Window.Canvas().Unfocus()
		w.place.Objects = []fyne.CanvasObject{w.page.content}
		kit.Repaint(w.place)
		w.page.show()
	}
	w.pages.arrive(r)
	w.sidebar.choose(sectionOf(r))
	w.header.show(w.page)
}

// search puts the keyboard into the search field of the page, or of the
// transactions where the page has none.
func (w *window) search() {
	if w.page == w.pages.activityPage {
		w.visit(Activity{Search: true})
		return
	}
	w.visit(Transactions{Search: true})
}

// handle hands an event on: to what is always on screen, and to the pages that
// show it or keep count of it.
func (w *window) handle(e event.Event) {
	if w.closed() {
		return
	}
	if _, damaged := e.(event.VaultDamaged); damaged {
		w.notices.show(fault.VaultDamaged)
	}
	if lost, ok := e.(event.ActivityLost); ok {
		w.shell.reportAs(say.ActivityLost(lost.Err), lost.Err)
	}
	w.status.handle(e)
	for _, p := range w.pages.all() {
		if p == w.page || p.always {
			p.handle(e)
		}
	}
}

// showStatus shows what sidebar and header know.
func (w *window) showStatus() {
	if w.closed() {
		return
	}
	w.sidebar.update(w.status)
	w.header.update()
}

// age writes ages such as "2 min ago" anew. The page is left alone while the
// keyboard is in it.
func (w *window) age() {
	w.showStatus()
	if w.page != nil && w.page.age != nil && w.shell.deps.Window.Canvas().Focused() == nil {
		w.page.age()
	}
}

// syncAll gets the news of all banks.
func (w *window) syncAll() {
	if w.status.syncing() || w.status.syncable() == 0 {
		return
	}
	w.status.asked = true
	w.showStatus()
	w.shell.deps.Runner.Go(func(ctx context.Context) {
		err := w.services.Syncer.SyncAll(ctx)
		w.shell.deps.Runner.UI(func() { w.synced(err) })
	})
}

// synced reports a fault that no bank shows by itself.
func (w *window) synced(err error) {
	if w.closed() {
		return
	}
	w.status.asked = false
	w.status.loader.Load()
	w.showStatus()
	if !fault.Is(err, fault.SignIn, fault.Consent, fault.Gone) {
		w.shell.Report(err)
	}
}

// sync gets the news of one bank.
func (w *window) sync(id core.ItemID) { w.pages.banks.Sync(id) }

// stopSync ends every sync that runs.
func (w *window) stopSync() {
	for id := range w.status.running {
		w.services.Syncer.Stop(id)
	}
}
