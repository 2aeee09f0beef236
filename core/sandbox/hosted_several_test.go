package sandbox_test

import (
	"slices"
	"testing"

	person "bankbook/core/sandbox/walk"
)

// forSeveral makes a link on which several banks can be linked.
func (b *bench) forSeveral() (token, address string) {
	b.t.Helper()
	user := b.must("/user/create", object{"client_user_id": "somebody"})
	return b.newLink(object{"enable_multi_item_link": true, "user_token": user["user_token"]})
}

// added returns the institutions of a session's results, in order.
func added(session object) (ids []string) {
	for _, r := range session["results"].(object)["item_add_results"].([]any) {
		ids = append(ids, r.(object)["institution"].(object)["institution_id"].(string))
	}
	return ids
}

func bank(id string) person.Choice {
	return person.Choice{Institution: id, User: "user_good", Password: "pass_good"}
}

// One page links bank after bank, and tells of all of them in its results alone.
func TestLinksSeveralBanks(t *testing.T) {
	b := newBench(t)
	token, address := b.forSeveral()
	choice := bank("ins_109508")
	choice.Then = []person.Choice{bank("ins_127287"), bank("ins_109511")}
	if err := person.Link(t.Context(), nil, address, choice); err != nil {
		t.Fatal(err)
	}
	sessions := b.sessions(token)
	s := sessions[0].(object)
	if len(sessions) != 1 || s["finished_at"] == nil || s["on_success"] != nil || s["exit"] != nil {
		t.Fatalf("sessions: %v", sessions)
	}
	if got := added(s); !slices.Equal(got, []string{"ins_109508", "ins_127287", "ins_109511"}) {
		t.Errorf("linked at %v", got)
	}
	items := map[any]bool{}
	for _, r := range s["results"].(object)["item_add_results"].([]any) {
		items[b.must("/item/public_token/exchange", object{"public_token": r.(object)["public_token"]})["item_id"]] = true
		if len(r.(object)["accounts"].([]any)) == 0 {
			t.Errorf("no accounts: %v", r)
		}
	}
	if len(items) != 3 {
		t.Errorf("%d items", len(items))
	}
}

// What is linked stays linked if the user then leaves, and is told of before.
func TestLeavesAfterTheFirstOfSeveral(t *testing.T) {
	b := newBench(t)
	token, address := b.forSeveral()
	br := walk(newBrowser(t), address).press("share", map[string][]string{"account": {"checking"}})
	br.shows("First Platypus Bank is linked").shows("Add another bank")
	s := b.sessions(token)[0].(object)
	if got := added(s); s["finished_at"] != nil || !slices.Equal(got, []string{"ins_109508"}) {
		t.Errorf("under way: %v", s)
	}
	br.press("another", nil).shows("Choose your bank").press("leave", nil)
	s = b.sessions(token)[0].(object)
	if got := added(s); s["finished_at"] == nil || s["exit"] == nil || !slices.Equal(got, []string{"ins_109508"}) {
		t.Errorf("left: %v", s)
	}
}

func TestSeveralBanksOnTheLastPage(t *testing.T) {
	for name, c := range map[string]struct {
		then []person.Choice
		want string
	}{
		"one": {nil, "First Platypus Bank is linked"},
		"two": {[]person.Choice{bank("ins_109511")}, "2 banks are linked"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			_, address := b.forSeveral()
			choice := bank("ins_109508")
			choice.Then = c.then
			if err := person.Link(t.Context(), nil, address, choice); err != nil {
				t.Fatal(err)
			}
			newBrowser(t).open(address).shows(c.want)
		})
	}
}
