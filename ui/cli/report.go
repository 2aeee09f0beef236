package cli

import (
	"encoding/json"
	"errors"
	"runtime"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/say"
)

// report prints to standard error what went wrong and what to do about it: in
// words, or with --json as one line {"error": errorRecord}.
func (c *command) report(err error) {
	if err == nil {
		return
	}
	m := message(err)
	if c.asJSON {
		c.reportJSON(err, m)
		return
	}
	if usage, ok := usageError(err); ok {
		c.note("%s", usage)
		return
	}
	c.note("%s\n%s", m.Text(), say.Details(err, say.About{
		Version: c.program.Version, System: runtime.GOOS + "/" + runtime.GOARCH, Environment: core.Environment(c.envName), At: time.Now(),
	}))
}

// message returns what to tell a person about an error.
func message(err error) say.Message {
	if usage, ok := usageError(err); ok {
		return say.Message{Sentence: usage}
	}
	var ended *notLinkedError
	if errors.As(err, &ended) && ended.session.Stage.Over() {
		return say.LinkEnd(ended.session)
	}
	m := say.Fault(err)
	if fault.Is(err, fault.KeychainMissing) {
		m.Hint += " " + say.PassphraseInstead
	}
	return m
}

func (c *command) reportJSON(err error, m say.Message) {
	about := fault.Describe(err)
	if _, ok := usageError(err); ok {
		about = fault.Description{Kind: fault.Invalid}
	}
	line, failed := json.Marshal(map[string]errorRecord{"error": {
		Kind: about.Kind, ExitCode: c.exitCode(err), Message: m.Sentence, Hint: m.Hint, Code: about.Code, RequestID: about.RequestID,
	}})
	if failed != nil { // texts and numbers always encode
		c.note("%v", failed)
		return
	}
	c.note("%s", line)
}
