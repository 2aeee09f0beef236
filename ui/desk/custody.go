package desk

import (
	"errors"
	"io"
	"slices"
	"sync"
)

// custody knows all that has been opened and must be closed at the end. A
// worker puts in what it opens at once, because the window may be gone before
// the UI thread hears of it. The zero custody is ready for use, and safe for
// concurrent use.
type custody struct {
	mu   sync.Mutex
	open []io.Closer
}

// keep takes something in.
func (c *custody) keep(opened io.Closer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open = append(c.open, opened)
}

// release gives things out to somebody who closes them.
func (c *custody) release(opened ...io.Closer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open = slices.DeleteFunc(c.open, func(o io.Closer) bool { return slices.Contains(opened, o) })
}

// close closes one of the things.
func (c *custody) close(opened io.Closer) error {
	c.release(opened)
	return opened.Close()
}

// closeAll closes everything, what came last first.
func (c *custody) closeAll() error {
	c.mu.Lock()
	open := c.open
	c.open = nil
	c.mu.Unlock()
	var errs []error
	for _, o := range slices.Backward(open) {
		errs = append(errs, o.Close())
	}
	return errors.Join(errs...)
}
