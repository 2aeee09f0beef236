package clip_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"bankbook/core/secret"
	"bankbook/ui/clip"
	"bankbook/ui/run"
)

type board struct{ text string }

func (b *board) Content() string        { return b.text }
func (b *board) SetContent(text string) { b.text = text }

func guarded(t *testing.T) (*clip.Guard, *board, *run.Queue) {
	t.Helper()
	q := run.NewQueue()
	t.Cleanup(q.Close)
	b := &board{}
	return clip.New(b, q), b, q
}

const number = "1111222233330000"

func TestTheClipboardIsCleared(t *testing.T) {
	g, b, q := guarded(t)
	g.Put(secret.New(number))
	q.Advance(clip.After - time.Second)
	if b.text != number {
		t.Fatalf("after 29 seconds there is %q", b.text)
	}
	q.Advance(time.Second)
	if b.text != "" {
		t.Error("the number is still there")
	}
	b.text = "something else"
	q.Advance(time.Hour)
	if b.text != "something else" {
		t.Error("it was cleared twice")
	}
}

func TestWhatElseWasCopiedStays(t *testing.T) {
	g, b, q := guarded(t)
	g.Put(secret.New(number))
	b.text = "a shopping list"
	q.Advance(clip.After)
	g.Clear()
	if b.text != "a shopping list" {
		t.Errorf("there is %q", b.text)
	}
}

func TestClearedAtOnceWhenTheProgramLocks(t *testing.T) {
	g, b, _ := guarded(t)
	g.Clear() // nothing was copied
	g.Put(secret.New(number))
	g.Clear()
	if b.text != "" {
		t.Error("the number is still there")
	}
}

func TestTheSecondSecretHasItsWholeTime(t *testing.T) {
	g, b, q := guarded(t)
	g.Put(secret.New("021000021"))
	q.Advance(20 * time.Second)
	g.Put(secret.New(number))
	q.Advance(20 * time.Second)
	if b.text != number {
		t.Errorf("there is %q", b.text)
	}
	q.Advance(10 * time.Second)
	if b.text != "" {
		t.Error("the number is still there")
	}
}

func TestTheGuardKeepsNoNumber(t *testing.T) {
	g, _, _ := guarded(t)
	g.Put(secret.New(number))
	b := &board{}
	other := clip.New(b, run.NewQueue())
	other.Put(secret.New(number))
	b.text = ""
	if held := fmt.Sprintf("%+v", *other); strings.Contains(held, number) {
		t.Error("the guard holds the number")
	}
}
