package cli

import (
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// progress shows a person at the terminal how far something long has come, on
// one line that end takes away; words are asked for it, with 0 bytes of 0 at
// first. Where nobody watches, in a file or with --json, tell is nil and nothing
// is shown.
func (c *command) progress(words func(done, total int64) string) (tell func(done, total int64), end func()) {
	screen, ok := c.program.Err.(*os.File)
	if c.asJSON || !ok || !term.IsTerminal(int(screen.Fd())) {
		return nil, func() {}
	}
	last := ""
	show := func(line string) {
		c.printing.Lock()
		defer c.printing.Unlock()
		if line == last {
			return
		}
		blank := strings.Repeat(" ", max(0, utf8.RuneCountInString(last)-utf8.RuneCountInString(line)))
		_, _ = fmt.Fprint(screen, "\r"+line+blank) // nobody is left to tell
		last = line
	}
	show(words(0, 0))
	return func(done, total int64) { show(words(done, total)) }, func() {
		show("")
		_, _ = fmt.Fprint(screen, "\r")
	}
}
