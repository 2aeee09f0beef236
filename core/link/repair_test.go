package link_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
)

func TestDuplicates(t *testing.T) {
	bubble(t, "a second connection", duplicateLinked)
	bubble(t, "thrown away", duplicateDropped)
	bubble(t, "a repair instead", duplicateRepaired)
	bubble(t, "a repair of two banks at once is refused", duplicatesOfTwoBanks)
	bubble(t, "asked again after a restart, and refused what is no answer", duplicateAskedAgain)
	for name, away := range map[string]func(*core.Item){
		"another profile's is nobody's business": func(i *core.Item) { i.Profile = "another" },
		"one kept by hand cannot be repaired":    func(i *core.Item) { i.Connection = core.ByHand },
		"one that has ended cannot either":       func(i *core.Item) { i.Status = core.Gone },
		"nor one that is being removed":          func(i *core.Item) { i.Leaving.Since = time.Unix(1, 0) },
	} {
		bubble(t, name, func(t *testing.T) { noDuplicate(t, away) })
	}
}

// noDuplicate links the accounts of an Item once more that is no longer to be signed
// in to: nobody is asked.
func noDuplicate(t *testing.T, away func(*core.Item)) {
	w := newWorld()
	l := w.live(t, newGate())
	first := l.link(t)
	accounts, err := w.repo.AccountsOf(first)
	if err != nil {
		t.Fatal(err)
	}
	accounts[0].Mask = "0002" // the mask of the next Item's account
	item, err := w.repo.Item(first)
	if err != nil {
		t.Fatal(err)
	}
	away(&item)
	if err := w.repo.PutItemAndAccounts(item, accounts); err != nil {
		t.Fatal(err)
	}
	if s := l.finish(t, l.mustBegin(t), link.Done); len(s.Found[0].Twins) > 0 {
		t.Errorf("twins %v", s.Found[0].Twins)
	}
}

// linkedTwice links a bank, and then the same accounts once more.
func linkedTwice(t *testing.T) (*world, *life, core.LinkID) {
	w := newWorld()
	l := w.live(t, newGate())
	first := l.link(t)
	accounts, err := w.repo.AccountsOf(first)
	if err != nil {
		t.Fatal(err)
	}
	accounts[0].Mask = "0002" // the mask of the next Item's account
	if err := w.repo.PutAccounts(first, accounts); err != nil {
		t.Fatal(err)
	}
	id := l.mustBegin(t)
	if s := l.finish(t, id, link.Deciding); !slices.Equal(s.Found[0].Twins, []core.AccountID{"account-1"}) {
		t.Fatalf("twins %v", s.Found[0].Twins)
	}
	if len(w.bank.live()) != 1 {
		t.Fatal("exchanged before the user decided")
	}
	return w, l, id
}

func duplicateLinked(t *testing.T) {
	w, l, id := linkedTwice(t)
	if err := l.Decide(id, link.Second); err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Done)
	if len(w.bank.live()) != 2 || w.check(t) != 0 {
		t.Error("not linked a second time")
	}
}

func duplicateDropped(t *testing.T) {
	w, l, id := linkedTwice(t)
	if err := l.Decide(id, link.Drop); err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Discarded)
	if len(w.bank.live()) != 1 || w.check(t) != 0 {
		t.Error("exchanged after all")
	}
}

func duplicateRepaired(t *testing.T) {
	w, l, id := linkedTwice(t)
	if err := l.Decide(id, link.RepairInstead); err != nil {
		t.Fatal(err)
	}
	s := l.finish(t, id, link.Done)
	if s.Purpose != link.Repair || s.Repairs != "item-1" || len(w.bank.live()) != 1 || w.check(t) != 0 {
		t.Errorf("session %+v", s)
	}
}

func duplicatesOfTwoBanks(t *testing.T) {
	w := newWorld()
	l := w.live(t, newGate())
	for n, mask := range []string{"0003", "0004"} { // the masks of the next two
		item := l.link(t)
		accounts, err := w.repo.AccountsOf(item)
		if err != nil {
			t.Fatal(err)
		}
		accounts[0].Mask = mask
		if err := w.repo.PutAccounts(item, accounts); err != nil {
			t.Fatal(n, err)
		}
	}
	w.bank.results = 2
	id := l.mustBegin(t)
	l.finish(t, id, link.Deciding)
	if err := l.Decide(id, link.RepairInstead); err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Deciding)
	if err := l.Decide(id, link.RepairInstead); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
	if err := l.Decide(id, link.Drop); err != nil {
		t.Fatal(err)
	}
	if s := l.finish(t, id, link.Done); s.Repairs != "item-1" || w.check(t) != 0 {
		t.Errorf("session %+v", s)
	}
}

func duplicateAskedAgain(t *testing.T) {
	w, first, id := linkedTwice(t)
	first.Close()
	l := w.live(t, newGate())
	if err := l.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Deciding)
	for _, word := range []link.Decision{link.Undecided, "perhaps"} {
		if err := l.Decide(id, word); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", word, err)
		}
	}
	if err := l.Decide("another", link.Drop); !fault.Is(err, fault.NotFound) {
		t.Errorf("another session: %v", err)
	}
	if err := l.Cancel(id); err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Discarded)
	if err := l.Decide(id, link.Drop); !fault.Is(err, fault.Invalid) {
		t.Errorf("too late: %v", err)
	}
}

// broken is what a bank says that wants a new sign-in.
var broken = core.Trouble{Kind: fault.SignIn, Code: "ITEM_LOGIN_REQUIRED"}

func TestRepair(t *testing.T) {
	bubble(t, "mends the item that is there", repairMends)
	bubble(t, "that looks like an abandon can have worked", repairLooksAbandoned)
	bubble(t, "abandoned", repairAbandoned)
	bubble(t, "finished without effect", repairWithoutEffect)
	bubble(t, "called off leaves the item", repairCanceled)
	bubble(t, "of nothing", repairOfNothing)
}

// brokenBank links a bank and breaks it.
func brokenBank(t *testing.T) (*world, *life, core.ItemID) {
	w := newWorld()
	l := w.live(t, newGate())
	item := l.link(t)
	if err := w.repo.RecordTry(item, time.Now(), broken, core.SignInNeeded); err != nil {
		t.Fatal(err)
	}
	return w, l, item
}

// mustRepair starts a repair.
func (l *life) mustRepair(t *testing.T, item core.ItemID) core.LinkID {
	id, err := l.Repair(t.Context(), item, none)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// repaired returns the one Item that there still is.
func (w *world) repaired(t *testing.T, item core.ItemID) core.Item {
	t.Helper()
	if w.check(t) != 0 || len(w.bank.live()) != 1 {
		t.Fatal("a repair made another item")
	}
	found, err := w.repo.Item(item)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func repairMends(t *testing.T) {
	w, l, item := brokenBank(t)
	before := w.repaired(t, item)
	time.Sleep(time.Hour)
	w.bank.number = "9999888877770000"
	id := l.mustRepair(t, item)
	if second := l.mustRepair(t, item); second != id {
		t.Error("a second repair beside the first")
	}
	l.finish(t, id, link.Done)
	if k := w.repaired(t, item); k.Status != core.Connected || k.Sync.Trouble.Kind != fault.None {
		t.Errorf("item %+v", k)
	} else if !k.LinkedAt.Equal(before.LinkedAt) || k.Sync.Cursor != before.Sync.Cursor || w.stops != 1 {
		t.Errorf("item %+v, was %+v; %d syncs stopped", k, before, w.stops)
	}
	if asked := w.bank.asked[1]; asked.Access.Reveal() != "access-1" || asked.HistoryDays != 0 || asked.Products != nil {
		t.Errorf("request %+v", asked)
	}
	packed, err := w.secrets.Get(t.Context(), secret.NumbersName(w.env, "account-1"))
	if err != nil {
		t.Fatal(err)
	}
	numbers, err := bank.UnpackNumbers("account-1", packed)
	if err != nil || numbers.Number.Reveal() != w.bank.number {
		t.Errorf("the numbers were not read again (%v)", err)
	}
}

func repairLooksAbandoned(t *testing.T) {
	w, l, item := brokenBank(t)
	w.bank.exit = &left
	l.finish(t, l.mustRepair(t, item), link.Done)
	if k := w.repaired(t, item); k.Status != core.Connected {
		t.Errorf("item %+v", k)
	}
}

func repairAbandoned(t *testing.T) {
	w, l, item := brokenBank(t)
	w.bank.exit, w.bank.trouble = &left, broken
	if s := l.finish(t, l.mustRepair(t, item), link.Exited); s.Trouble != broken {
		t.Errorf("trouble %+v", s.Trouble)
	}
	if k := w.repaired(t, item); k.Status != core.SignInNeeded {
		t.Errorf("item %+v", k)
	}
}

func repairWithoutEffect(t *testing.T) {
	w, l, item := brokenBank(t)
	w.bank.trouble = broken
	l.finish(t, l.mustRepair(t, item), link.Failed)
	if k := w.repaired(t, item); k.Status != core.SignInNeeded {
		t.Errorf("item %+v", k)
	}
}

func repairCanceled(t *testing.T) {
	w, l, item := brokenBank(t)
	w.bank.never = true
	id := l.mustRepair(t, item)
	synctest.Wait()
	if err := l.Cancel(id); err != nil {
		t.Fatal(err)
	}
	l.finish(t, id, link.Discarded)
	w.repaired(t, item)
}

func repairOfNothing(t *testing.T) {
	if _, err := newWorld().live(t, newGate()).Repair(t.Context(), "nothing", none); !fault.Is(err, fault.NotFound) {
		t.Errorf("got %v", err)
	}
}
