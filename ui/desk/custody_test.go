package desk

import (
	"errors"
	"slices"
	"sync"
	"testing"
)

type closer struct {
	name string
	err  error
	log  *[]string
}

func (c *closer) Close() error {
	*c.log = append(*c.log, c.name)
	return c.err
}

func TestCustodyClosesWhatNobodyTookBack(t *testing.T) {
	var log []string
	failed := errors.New("disk full")
	program, first, second := &closer{"program", nil, &log}, &closer{"first", nil, &log}, &closer{"second", failed, &log}
	given := &closer{"given", nil, &log}
	var c custody
	c.keep(program)
	c.keep(first)
	if err := c.close(first); err != nil {
		t.Fatal(err)
	}
	c.keep(second)
	c.keep(given)
	c.release(given, nil)
	if err := c.closeAll(); !errors.Is(err, failed) {
		t.Errorf("closeAll = %v, want %v", err, failed)
	}
	if err := c.closeAll(); err != nil {
		t.Errorf("a second closeAll = %v", err)
	}
	if want := []string{"first", "second", "program"}; !slices.Equal(log, want) {
		t.Errorf("closed %v, want %v", log, want)
	}
}

func TestCustodyIsSharedByWorkers(t *testing.T) {
	var c custody
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			mine := &closer{log: &[]string{}}
			c.keep(mine)
			if err := c.close(mine); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := c.closeAll(); err != nil || len(c.open) != 0 {
		t.Errorf("left %d, %v", len(c.open), err)
	}
}
