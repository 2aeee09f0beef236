package sandbox_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bankbook/core/sandbox"
)

// customer is an Item as a client knows it.
type customer struct {
	access, itemID string
	// rows and cursor are what the last sync left; pasts are older ones.
	rows   map[string]object
	cursor string
	pasts  []past
	// ids are all that the bank has told of this Item: accounts and transactions.
	ids map[string]bool
	// broken says that the bank wants a sign-in, renames that the accounts get other
	// ids with the next one.
	broken, renames bool
	// since is when the user has signed in last.
	since time.Time
}

// past is what a client knew at a cursor.
type past struct {
	cursor string
	rows   map[string]object
}

// model plays clients, their users and the passing of time against a practice
// bank, and knows what has to hold.
type model struct {
	*bench
	t         *rapid.T
	customers []*customer
	// dead are tokens that nothing may be had for any more.
	dead []string
	// owner is whose an id is.
	owner map[string]*customer
	purse *purse
}

// TestModel runs random sequences of calls, browser steps, passing time, restarts
// and faults. What holds: a client that replays from any cursor ends with the
// bank's truth; ids and tokens never cross Items; money is conserved; transfers
// take the documented steps only.
func TestModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := &model{bench: newBench(t, func(c *sandbox.Config) { c.KeepItems = false }), t: rt, owner: map[string]*customer{}, purse: newPurse()}
		m.bench.t = rt
		defer m.http.Close()
		m.link()
		rt.Repeat(map[string]func(*rapid.T){
			"":              func(*rapid.T) { m.check() },
			"link":          func(*rapid.T) { m.link() },
			"link by page":  func(*rapid.T) { m.linkByPage() },
			"sync":          func(*rapid.T) { m.sync(m.any()) },
			"sync from old": func(*rapid.T) { m.syncFromOld(m.any()) },
			"refresh":       func(*rapid.T) { m.ask(m.any(), "/transactions/refresh") },
			"break":         func(*rapid.T) { m.breakLogin(m.any()) },
			"rename":        func(*rapid.T) { m.rename(m.any()) },
			"repair":        func(*rapid.T) { m.repair(m.any()) },
			"new token":     func(*rapid.T) { m.invalidate(m.any()) },
			"remove":        func(*rapid.T) { m.remove(m.any()) },
			"time":          func(*rapid.T) { m.pass() },
			"restart":       func(*rapid.T) { m.restart() },
			"fault":         func(*rapid.T) { m.fault(m.any()) },
			"cross":         func(*rapid.T) { m.cross() },
			"move money":    func(*rapid.T) { m.moveMoney(m.any()) },
		})
	})
}

// any draws one of the customers; without one the step is skipped.
func (m *model) any() *customer {
	if len(m.customers) == 0 {
		m.t.Skip("nobody is there")
	}
	return m.customers[rapid.IntRange(0, len(m.customers)-1).Draw(m.t, "customer")]
}

// mostCustomers keeps a run short.
const mostCustomers = 4

func (m *model) link() {
	if len(m.customers) >= mostCustomers {
		m.t.Skip("enough are there")
	}
	bank := rapid.SampledFrom([]string{"ins_109508", "ins_109509", "ins_109511"}).Draw(m.t, "bank")
	m.join(m.instant(bank, rapid.IntRange(30, 120).Draw(m.t, "days")))
}

func (m *model) join(access, itemID string) {
	c := &customer{access: access, itemID: itemID, rows: map[string]object{}, ids: map[string]bool{}, since: m.clock.Now()}
	for _, raw := range m.must("/accounts/get", object{"access_token": access})["accounts"].([]any) {
		m.learn(c, raw.(object)["account_id"].(string))
	}
	m.customers = append(m.customers, c)
}

// learn takes note of an id, which must be nobody else's.
func (m *model) learn(c *customer, id string) {
	if other := m.owner[id]; other != nil && other != c {
		m.t.Fatalf("%s is an id of two Items", id)
	}
	m.owner[id], c.ids[id] = c, true
}

// linkByPage links a bank in a browser, with a wrong password first.
func (m *model) linkByPage() {
	if len(m.customers) >= mostCustomers {
		m.t.Skip("enough are there")
	}
	token, address := m.newLink(nil)
	br := newBrowser(m.t)
	br.open(address).press("continue", nil).press("bank-ins_109508", nil)
	if rapid.Bool().Draw(m.t, "wrong first") {
		br.press("sign-in", wrong).shows(`role="alert"`)
	}
	br.press("sign-in", good)
	if rapid.IntRange(0, 3).Draw(m.t, "leave") == 0 {
		br.press("leave", nil)
		if m.sessions(token)[0].(object)["results"] != nil {
			m.t.Fatal("who leaves has linked something")
		}
		return
	}
	br.press("share", url.Values{"account": {"checking", "credit"}})
	public := m.sessions(token)[0].(object)["on_success"].(object)["public_token"]
	got := m.must("/item/public_token/exchange", object{"public_token": public})
	m.join(got["access_token"].(string), got["item_id"].(string))
}

// usable reports whether the bank lets a client have the customer's data.
func (m *model) usable(c *customer) bool {
	return !c.broken && m.clock.Now().Before(c.since.Add(30*24*time.Hour))
}

// ask calls an endpoint for a customer: it succeeds, or asks for a sign-in.
func (m *model) ask(c *customer, path string) bool {
	body := object{"access_token": c.access}
	if !m.usable(c) {
		m.wants(path, body, "ITEM_LOGIN_REQUIRED")
		return false
	}
	m.must(path, body)
	return true
}

func (m *model) sync(c *customer) {
	if !m.ask(c, "/transactions/refresh") {
		m.wants("/transactions/sync", object{"access_token": c.access, "cursor": c.cursor}, "ITEM_LOGIN_REQUIRED")
		return
	}
	c.cursor = m.replay(c.access, c.cursor, rapid.IntRange(20, 500).Draw(m.t, "count"), c.rows)
	m.compare("after a sync", c.itemID, c.rows)
	for id, row := range c.rows {
		m.learn(c, id)
		if m.owner[row["account_id"].(string)] != c {
			m.t.Fatalf("a row of another Item's account: %v", row)
		}
	}
	c.pasts = append(c.pasts, past{c.cursor, maps.Clone(c.rows)})
}

func (m *model) syncFromOld(c *customer) {
	if len(c.pasts) == 0 || !m.usable(c) {
		m.t.Skip("there is no old cursor, or the bank wants a sign-in")
	}
	p := rapid.SampledFrom(c.pasts).Draw(m.t, "cursor")
	rows := maps.Clone(p.rows)
	m.replay(c.access, p.cursor, rapid.IntRange(1, 500).Draw(m.t, "count"), rows)
	m.compare("from an old cursor", c.itemID, rows)
}

func (m *model) breakLogin(c *customer) {
	m.must("/sandbox/item/reset_login", object{"access_token": c.access})
	c.broken = true
}

func (m *model) repair(c *customer) {
	_, address := m.newLink(object{"access_token": c.access})
	newBrowser(m.t).open(address).press("sign-in", good).shows("You are signed in again")
	c.broken, c.since = false, m.clock.Now()
	for _, raw := range m.must("/accounts/get", object{"access_token": c.access})["accounts"].([]any) {
		id := raw.(object)["account_id"].(string)
		if c.ids[id] == c.renames {
			m.t.Fatalf("%s is known: %v, though the accounts get other ids: %v", id, c.ids[id], c.renames)
		}
		m.learn(c, id)
	}
	c.renames = false
}

// rename has the accounts come back under other ids from the next repair.
func (m *model) rename(c *customer) {
	m.must("/practice/accounts/rename", object{"item_id": c.itemID})
	c.renames = true
}

func (m *model) invalidate(c *customer) {
	got := m.must("/item/access_token/invalidate", object{"access_token": c.access})
	m.dead = append(m.dead, c.access)
	c.access = got["new_access_token"].(string)
}

func (m *model) remove(c *customer) {
	m.must("/item/remove", object{"access_token": c.access})
	m.wants("/item/get", object{"access_token": c.access}, "ITEM_NOT_FOUND")
	m.dead = append(m.dead, c.access)
	m.customers = slices.DeleteFunc(m.customers, func(o *customer) bool { return o == c })
}

func (m *model) pass() {
	hours := rapid.IntRange(1, 24*12).Draw(m.t, "hours")
	m.clock.advance(time.Duration(hours) * time.Hour)
}

// fault lets the next call fail: before the work or after it. The call says so,
// and the next one finds everything in order.
func (m *model) fault(c *customer) {
	kind := rapid.SampledFrom([]string{"server_error", "rate_limit", "planned_maintenance"}).Draw(m.t, "kind")
	stage := rapid.SampledFrom([]string{"before", "after"}).Draw(m.t, "stage")
	m.must("/practice/faults/set", object{"kind": kind, "endpoint": "/item/get", "stage": stage, "next": 1})
	if status, _ := m.post("/item/get", object{"access_token": c.access}); status == http.StatusOK {
		m.t.Fatalf("%s did not happen", kind)
	}
	m.must("/item/get", object{"access_token": c.access})
}

// cross uses what belongs to one customer with the token of another, and dead
// tokens.
func (m *model) cross() {
	for _, a := range m.customers {
		for _, b := range m.customers {
			if a == b || !m.usable(a) {
				continue
			}
			account := slices.Sorted(maps.Keys(b.ids))[0]
			m.wants("/accounts/get", object{"access_token": a.access, "options": object{"account_ids": []string{account}}}, "INVALID_ACCOUNT_ID")
			if b.cursor != "" {
				m.wants("/transactions/sync", object{"access_token": a.access, "cursor": b.cursor}, "INVALID_FIELD")
			}
		}
	}
	for _, token := range m.dead {
		if status, got := m.post("/accounts/get", object{"access_token": token}); status == http.StatusOK {
			m.t.Fatalf("a dead token is good for something: %v", got)
		}
	}
}

// check is what holds between any two steps.
func (m *model) check() {
	for _, c := range m.customers {
		it := m.must("/item/get", object{"access_token": c.access})["item"].(object)
		if it["item_id"] != c.itemID || (it["error"] == nil) != m.usable(c) {
			m.t.Fatalf("at %v, signed in at %v, broken %v: error %v", m.clock.Now(), c.since, c.broken, it["error"])
		}
	}
	m.purse.check(m)
}
