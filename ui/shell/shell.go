package shell

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/ui/clip"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/run"
	"bankbook/ui/say"
	"bankbook/ui/screen/welcome"
	"bankbook/ui/sheet"
)

// Shell is the content of the window. All methods belong to the UI thread.
type Shell struct {
	deps   Deps
	mode   look.Mode
	stage  *fyne.Container
	toasts *kit.Toasts
	// guard takes numbers off the clipboard again.
	guard *clip.Guard
	root  *kit.Watch
	menu  *fyne.MainMenu
	// window is what is shown between Ready and the next Choose or Failed.
	window *window
	// resume is where Ready goes, nil for the overview; lastHand is when somebody
	// was seen to be there.
	resume   Route
	lastHand time.Time
	// confirm is what Return does in what is shown instead of a window.
	confirm func()
	// environment is the one that is open or was tried last.
	environment core.Environment
}

// New returns a window that says that Bankbook is starting.
func New(deps Deps) *Shell {
	s := &Shell{deps: deps, mode: deps.Mode, stage: container.NewStack(), toasts: kit.NewToasts(deps.Runner)}
	s.guard = clip.New(deps.Clipboard, deps.Runner)
	s.root = kit.NewWatch(container.NewStack(s.stage, s.toasts), s.hand)
	s.hand()
	s.menu = s.mainMenu()
	deps.Window.Canvas().SetOnTypedKey(s.typed)
	s.Starting(nil)
	return s
}

// Content returns what to put into the window, without padding.
func (s *Shell) Content() fyne.CanvasObject { return s.root }

// Menu returns the main menu, with all shortcuts.
func (s *Shell) Menu() *fyne.MainMenu { return s.menu }

// MinSize is how small the window may become.
func (s *Shell) MinSize() fyne.Size { return fyne.NewSize(look.WindowMinWidth, look.WindowMinHigh) }

// Starting says that Bankbook is starting, and offers to call it off unless
// cancel is nil.
func (s *Shell) Starting(cancel func()) { s.Working("Opening your data…", cancel) }

// Working says what is being done before there is anything to show, and offers
// to call it off unless cancel is nil.
func (s *Shell) Working(words string, cancel func()) {
	s.name("")
	s.show(working(words, cancel))
}

// name puts what is shown into the window's title, for task switchers.
func (s *Shell) name(what string) {
	const program = "Bankbook"
	if what == "" {
		s.deps.Window.SetTitle(program)
		return
	}
	s.deps.Window.SetTitle(what + " – " + program)
}

// Choose asks where bank data should come from. What the window itself provides
// (the runner, the clipboard, the browser) is filled in.
func (s *Shell) Choose(d welcome.Deps) {
	d.Runner, d.CopyDetails, d.OpenURL = s.deps.Runner, s.CopyDetails, s.openURL
	model := welcome.New(d)
	s.name("Welcome")
	view := welcome.NewView(model)
	s.show(view.Content())
	s.confirm = view.Continue
	model.Load()
}

// Restore lets the person bring back a backup.
func (s *Shell) Restore(spec sheet.RestoreSpec) { sheet.Restore(s.host(), spec) }

// host is what dialogs stand before.
func (s *Shell) host() sheet.Host {
	return sheet.Host{
		Canvas: s.deps.Window.Canvas(), UI: s.deps.Runner.UI, Report: s.Report, CopyDetails: s.CopyDetails,
		Work: func(do func(ctx context.Context) error, done func(error)) context.CancelFunc {
			return run.Work(secret.Attended(context.Background()), s.deps.Runner, do, done)
		},
	}
}

// Failed says why Bankbook could not start, and what can be done.
func (s *Shell) Failed(err error, r Remedies) {
	s.name(say.Fault(err).Title)
	s.show(s.failed(err, r))
}

// Recovered says what has become of damaged data, and goes on to open it.
func (s *Shell) Recovered(m say.Message, open func()) {
	s.name(m.Title)
	s.show(kit.Centered(kit.NewEmpty(kit.EmptySpec{
		Icon: look.IconShieldCheck, Tone: kit.Success, Large: true, Title: m.Title, Sentence: m.Text(),
		Actions: []fyne.CanvasObject{kit.NewButton(kit.ButtonSpec{Text: "Open my data", Kind: kit.Primary, OnTap: open})},
	})))
	s.confirm = open
}

// Ready shows an environment that has been opened: its overview, or where the
// person was when it was locked.
func (s *Shell) Ready(sv Services) {
	to := s.resume
	if to == nil || sv.Environment != s.environment {
		to = Overview{}
	}
	s.resume, s.environment = nil, sv.Environment
	s.leave()
	s.hand()
	s.window = newWindow(s, sv)
	s.put(s.window.content)
	s.window.visit(to)
	s.window.notices.showRolledBack(sv.RolledBack)
}

// Go shows a place in the window. Before Ready it does nothing.
func (s *Shell) Go(r Route) {
	if s.window != nil {
		s.window.visit(r)
	}
}

// Close lets go of the services, before they are closed.
func (s *Shell) Close() { s.Starting(nil) }

// typed hears the keys that nothing else wants: Return does the one deed of what
// is shown, if it has one.
func (s *Shell) typed(e *fyne.KeyEvent) {
	s.hand()
	if e.Name != fyne.KeyReturn && e.Name != fyne.KeyEnter {
		return
	}
	switch {
	case s.window == nil:
		if s.confirm != nil {
			s.confirm()
		}
	case s.window.page.confirm != nil:
		s.window.page.confirm()
	}
}

// show puts something in the place of the whole window.
func (s *Shell) show(o fyne.CanvasObject) {
	s.confirm = nil
	s.leave()
	// Fyne leaves the keyboard in what is not shown any more.
	s.deps.Window.Canvas().Unfocus()
	s.put(o)
}

func (s *Shell) put(o fyne.CanvasObject) {
	s.stage.Objects = []fyne.CanvasObject{kit.On(look.Background, o)}
	kit.Repaint(s.stage)
}

func (s *Shell) leave() {
	if s.window != nil {
		s.window.close()
		s.window = nil
	}
}

// Copy puts text on the clipboard and says so.
func (s *Shell) Copy(text, what string) {
	s.deps.Clipboard.SetContent(text)
	s.Say(what + " copied")
}

// Say shows a short text for a few seconds.
func (s *Shell) Say(text string) { s.toasts.Post(kit.ToastSpec{Text: text}) }

// CopyDetails puts the details of a fault on the clipboard and says so.
func (s *Shell) CopyDetails(err error) { s.Copy(s.details(err), "Details") }

func (s *Shell) details(err error) string {
	return say.Details(err, say.About{
		Version: s.deps.Version, System: s.deps.System, Environment: s.environment, At: s.deps.Now(),
	})
}

// openURL opens a page in the browser; the fault of a failure is reported.
func (s *Shell) openURL(url string) {
	s.deps.Runner.Go(func(context.Context) {
		if err := s.deps.OpenURL(url); err != nil {
			s.deps.Runner.UI(func() { s.Report(err) })
		}
	})
}
