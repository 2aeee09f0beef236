package journey

// OneMore goes on to another bank, after one has been linked.
type OneMore struct{}

func (OneMore) from() []Step { return []Step{Another} }

func (OneMore) do(t *turn) {
	t.forget()
	t.Institution = ""
	t.to(Banks)
}

// Enough is the good end of a way that has linked as many banks as were wanted.
type Enough struct{}

func (Enough) from() []Step { return []Step{Another} }

func (Enough) do(t *turn) { t.finish(Finished) }

// linked keeps a bank; if there can be several, that is not the end yet.
func (t *turn) linked() {
	if !t.terms.Several {
		t.finish(Linked)
		return
	}
	t.Trouble, t.End = "", Linked
	t.to(Another)
}
