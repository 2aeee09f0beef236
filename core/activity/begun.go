package activity

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"bankbook/core"
	"bankbook/core/event"
	"bankbook/core/fault"
)

// What is done is in the log once it has ended. A deed is noted when it begins, too:
// of one that the program did not live to end, the next start writes that nobody knows
// how far it came. Keychain, bank and files are no part of a commit of the vault, so
// deed and entry cannot be one commit.

// begunName is the setting that keeps the notes.
const begunName = "activity.begun"

// Notes keeps small texts by their names.
type Notes interface {
	Setting(name string) (value string, ok bool, err error)
	PutSetting(name, value string) error
}

// Begin notes that something has begun that entry tells of. ended takes the note away;
// it is called after Did.
func (r *Recorder) Begin(entry core.Activity) (ended func()) {
	if entry.At.IsZero() {
		entry.At = r.deps.Clock.Now()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.deeds++
	deed := r.deeds
	r.begun[deed] = entry
	r.note()
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.begun, deed)
		r.note()
	}
}

// note keeps the notes as they are now. A vault that takes none refuses the deed, too.
func (r *Recorder) note() {
	list := slices.SortedFunc(maps.Values(r.begun), func(a, b core.Activity) int { return a.At.Compare(b.At) })
	text, err := json.Marshal(list)
	if err == nil {
		err = r.deps.Log.PutSetting(begunName, string(text))
	}
	if err != nil {
		r.deps.Failed(fmt.Errorf("activity: note what has begun: %w", err))
	}
}

// Resume writes what a program that was killed had begun. It is called once, before
// anything is begun.
func (r *Recorder) Resume() error {
	const op = "activity: resume"
	text, ok, err := r.deps.Log.Setting(begunName)
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	var list []core.Activity
	if !ok || text == "" || text == "[]" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return fault.New(op, fault.VaultDamaged, err)
	}
	for _, entry := range list {
		if err := r.interrupted(entry); err != nil {
			return fmt.Errorf("%s: %w", op, err)
		}
	}
	return r.deps.Log.PutSetting(begunName, "")
}

// Tells reports whether a log has an entry since a time about the same as another. It
// looks through all of it: what is written later may have happened earlier.
func Tells(log History, entry core.Activity, since time.Time) (told bool, err error) {
	err = log.Activity(0, func(a core.Activity) bool {
		told = told || isAbout(a, entry) && !a.At.Before(since)
		return !told
	})
	return told, err
}

// isAbout reports whether an entry is about what was noted.
func isAbout(a, note core.Activity) bool {
	same := func(had, noted string) bool { return noted == "" || had == noted }
	return a.Action == note.Action && same(string(a.Account), string(note.Account)) && same(string(a.Item), string(note.Item)) &&
		(note.Item != "" || same(string(a.Profile), string(note.Profile)))
}

// interrupted writes that it is not known how a deed ended, unless the log tells it.
func (r *Recorder) interrupted(entry core.Activity) error {
	told, err := Tells(r.deps.Log, entry, entry.At)
	if err != nil || told {
		return err
	}
	entry.Trouble = core.Trouble{Kind: fault.Interrupted}
	added, err := r.deps.Log.AddActivity(entry)
	if err == nil {
		r.deps.Events.Publish(event.ActivityAdded{Seq: added.Seq, Action: added.Action})
	}
	return err
}
