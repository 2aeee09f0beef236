package sheet

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core"
	"bankbook/core/carry"
	"bankbook/ui/kit"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// ContinueSpec describes the dialog that lets an earlier bank go on in another.
type ContinueSpec struct {
	// Bank is the later bank; Earlier are those to choose from, itself among them if it
	// has accounts that came back as others.
	Bank    core.Item
	Earlier []core.Item
	Now     func() time.Time
	// Preview tells what it would come to, and Continue does it; both on a worker.
	Preview  func(from core.ItemID) (carry.Counts, error)
	Continue func(ctx context.Context, from core.ItemID) error
	// Done is called with what the earlier bank was called.
	Done func(name string)
}

type continueSheet struct {
	host   Host
	spec   ContinueSpec
	sheet  *Sheet
	lines  *fyne.Container
	chosen int
	stop   context.CancelFunc
}

// Continue shows the dialog that lets an earlier bank go on in another, with what that
// comes to before it is done.
func Continue(host Host, spec ContinueSpec) {
	c := &continueSheet{host: host, spec: spec, lines: kit.VBox(12), stop: func() {}}
	body := kit.VBox(16, kit.NewParagraph("After a bank was linked or signed in to again, its accounts can be new to Plaid. Their history from before can go on in them.", kit.Body().In(look.Text2), 0))
	if names := c.names(); len(names) > 1 {
		body.Add(kit.Field("Earlier bank", kit.NewSelect(names, 0, func(i int) {
			c.chosen = i
			c.preview()
		})))
	} else {
		body.Add(kit.NewText(names[0], kit.Body().Strong()))
	}
	body.Add(c.lines)
	c.sheet = New(host, Spec{Title: "Continue an earlier bank in " + say.BankName(spec.Bank.Institution), Deed: "Continue it", Do: c.send, Body: body, Left: func() { c.stop() }})
	c.sheet.Show()
	c.preview()
}

func (c *continueSheet) names() []string {
	names := make([]string, len(c.spec.Earlier))
	for i, item := range c.spec.Earlier {
		if item.ID == c.spec.Bank.ID {
			names[i] = say.CameBackAccounts
			continue
		}
		names[i] = say.BankName(item.Institution) + ", linked " + say.Day(core.DateOf(item.LinkedAt), core.DateOf(c.spec.Now()))
	}
	return names
}

// preview shows what the chosen bank comes to.
func (c *continueSheet) preview() {
	c.stop()
	c.show(Point(look.IconClock, "Counting…"))
	from := c.spec.Earlier[c.chosen].ID
	var counts carry.Counts
	c.stop = c.host.Work(func(context.Context) (err error) {
		counts, err = c.spec.Preview(from)
		return err
	}, func(err error) {
		if from != c.spec.Earlier[c.chosen].ID {
			return
		}
		if err != nil {
			c.lines.Objects = nil
			c.sheet.say(err)
			return
		}
		var points []fyne.CanvasObject
		for i, line := range say.Continuing(counts, c.spec.Now()) {
			icon := look.IconTick
			if i == 0 {
				icon = look.IconBank
			}
			points = append(points, Point(icon, line+"."))
		}
		c.show(append(points, Point(look.IconUndo, "This can be undone later, in the menu of the bank."))...)
	})
}

func (c *continueSheet) show(points ...fyne.CanvasObject) {
	c.lines.Objects = points
	c.sheet.Relayout()
}

func (c *continueSheet) send() {
	from := c.spec.Earlier[c.chosen]
	c.sheet.Work(func(ctx context.Context) error { return c.spec.Continue(ctx, from.ID) },
		func() { c.spec.Done(say.BankName(from.Institution)) }, nil)
}
