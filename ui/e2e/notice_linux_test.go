package e2e

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/link"
	"bankbook/core/plaid"
	"bankbook/core/sandbox"
	"bankbook/core/secret"
	"bankbook/storage/keychain"
	"bankbook/ui/boot"
	"bankbook/ui/e2e/desktop"
)

// notifications stand in for the desktop's: they hand on what they would show.
type notifications chan string

// Notify is the method of org.freedesktop.Notifications.
func (n notifications) Notify(_ string, _ uint32, _, title, text string, _ []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	n <- title + ": " + text
	return 1, nil
}

// showNotifications shows those of a machine's programs to the test.
func showNotifications(t *testing.T, m *machine) notifications {
	t.Helper()
	bus, err := dbus.Connect(m.session.Address())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	shown := make(notifications, 10)
	if err := bus.Export(shown, "/org/freedesktop/Notifications", "org.freedesktop.Notifications"); err != nil {
		t.Fatal(err)
	}
	if reply, err := bus.RequestName("org.freedesktop.Notifications", dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("the name of the notifications: %v, %v", reply, err)
	}
	return shown
}

// gate is a practice bank that, once it is shut, says how an Item is only when it is
// opened.
type gate struct {
	url         string
	keys        plaid.Keys
	shut        chan bool
	asked, open chan bool
}

func newGate(t *testing.T) *gate {
	t.Helper()
	g := &gate{
		keys: plaid.Keys{ClientID: secret.New(bankID), Secret: secret.New(bankSecret)},
		shut: make(chan bool, 1), asked: make(chan bool, 10), open: make(chan bool),
	}
	running, err := sandbox.Listen(t.Context(), sandbox.Config{
		ClientID: bankID, Secret: bankSecret, InitialDelay: sandbox.Immediately, HistoryDelay: sandbox.Immediately, KeepItems: true,
	}, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	target, err := url.Parse(running.URL())
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/item/get" && len(g.shut) > 0 {
			g.asked <- true
			<-g.open
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	g.url = server.URL
	return g
}

// breakOne links a bank, has it want a new sign-in, and lets its last sync be of
// yesterday.
func (g *gate) breakOne(t *testing.T, m *machine) {
	t.Helper()
	p, err := boot.New(boot.Config{DataDir: m.data, Secrets: keychain.New(keychain.Options{Env: m.session.Env()}), PlaidURL: g.url, Keys: g.keys})
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Open(t.Context(), boot.Choice{Env: core.Practice})
	if err != nil {
		t.Fatal(err)
	}
	defer m.shut(s)
	request := bank.InstantRequest{Institution: "ins_109508", User: "user_good", Password: secret.New("pass_good")}
	id, err := s.Links.Instant(t.Context(), link.Options{Profile: s.Profile.ID, HistoryDays: 90}, request)
	if err != nil {
		t.Fatal(err)
	}
	session, err := s.Links.Wait(t.Context(), id)
	if err != nil || session.Stage != link.Done {
		t.Fatalf("linking ended as %s, %+v, %v", session.Stage, session.Trouble, err)
	}
	access, err := s.Secrets.Get(t.Context(), secret.TokenName(core.Practice, session.Items[0]))
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(map[string]string{"client_id": bankID, "secret": bankSecret, "access_token": access.Reveal()})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Post(g.url+"/sandbox/item/reset_login", "application/json", bytes.NewReader(body))
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("breaking it: %v, %v", answer, err)
	}
	_ = answer.Body.Close()
	item, err := s.Vault.Item(session.Items[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Vault.ApplySync(core.SyncBatch{
		Item: item.ID, Cursor: item.Sync.Cursor, Phase: item.Sync.Phase, At: item.Sync.LastSuccess.AddDate(0, 0, -1),
	}); err != nil {
		t.Fatal(err)
	}
}

// TestAPersonWhoDoesNotLookIsNotified lets the window find a broken bank while it is
// put away.
func TestAPersonWhoDoesNotLookIsNotified(t *testing.T) {
	if missing := desktop.Missing(); len(missing) > 0 {
		t.Skipf("not installed: %s", strings.Join(missing, ", "))
	}
	ctx := background(t)
	m := newMachine(t)
	shown := showNotifications(t, m)
	g := newGate(t)
	g.breakOne(t, m)
	g.shut <- true
	d := startDesktop(t, m, screenWidth, screenHeight)
	m.env = append(m.env, "PLAID_CLIENT_ID="+bankID, "PLAID_SECRET="+bankSecret)
	a := m.open(ctx, d, "Overview", "--env=practice", "--plaid-url="+g.url)
	a.logged(ctx, "msg=window front=true")
	select {
	case <-g.asked:
	case <-time.After(patience):
		a.check(desktop.ErrTimeout)
	}
	a.check(a.window.Minimize())
	a.logged(ctx, "msg=window front=false")
	close(g.open)
	select {
	case got := <-shown:
		if got != "First Platypus Bank: Needs you to sign in again" {
			t.Errorf("shown: %q", got)
		}
	case <-time.After(patience):
		a.check(desktop.ErrTimeout)
	}
	a.check(a.window.Focus())
	a.logged(ctx, "msg=window front=true(?s).*msg=window front=true")
	a.quit()
	if len(shown) > 0 {
		t.Errorf("also shown: %q", <-shown)
	}
}
