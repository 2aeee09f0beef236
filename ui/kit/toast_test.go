package kit

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"bankbook/ui/run"
	"bankbook/ui/uitest"
)

func TestToastsGoByThemselvesAndStayWhileHovered(t *testing.T) {
	queue := run.NewQueue()
	defer queue.Close()
	layer := NewToasts(queue)
	undone := 0
	c := stage(t, layer, 800, 600)
	layer.Post(ToastSpec{Text: "14 transactions marked reviewed", Action: "Undo", OnTap: func() { undone++ }})
	uitest.MustShow(t, c, "14 transactions marked reviewed", "Undo")
	layer.shown[0].MouseIn(nil)
	queue.Advance(10 * time.Second)
	uitest.MustShow(t, c, "Undo")
	layer.shown[0].MouseOut()
	queue.Advance(4 * time.Second)
	uitest.MustShow(t, c, "Undo")
	queue.Advance(time.Second)
	if uitest.Shows(c, "Undo") || queue.Clocks() != 0 {
		t.Errorf("still there after 5 s; %d clocks run", queue.Clocks())
	}
	layer.Post(ToastSpec{Text: "One"})
	layer.Post(ToastSpec{Text: "Two"})
	layer.Post(ToastSpec{Text: "Three", Action: "Undo", OnTap: func() { undone++ }})
	if uitest.Shows(c, "One") || !uitest.Shows(c, "Two") {
		t.Errorf("three toasts show %q", uitest.Texts(c))
	}
	uitest.Tap(t, c, "Undo")
	if undone != 1 || uitest.Shows(c, "Three") {
		t.Errorf("undone %d times, on screen %q", undone, uitest.Texts(c))
	}
}

func TestToastLayerLetsTapsThrough(t *testing.T) {
	queue := run.NewQueue()
	defer queue.Close()
	presses := 0
	layer := NewToasts(queue)
	below := NewButton(ButtonSpec{Text: "Below", OnTap: func() { presses++ }})
	c := stage(t, fyneStack(below, layer), 600, 400)
	layer.Post(ToastSpec{Text: "Saved"})
	test.TapCanvas(c, fyne.NewPos(50, 50))
	if presses != 1 {
		t.Error("the layer took the tap")
	}
	test.TapCanvas(c, fyne.NewPos(300, 350))
	if presses != 1 {
		t.Error("the toast let a tap through")
	}
}

// fyneStack sets objects above each other.
func fyneStack(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return &fyne.Container{Layout: newFrame(Edges{}), Objects: objects}
}
