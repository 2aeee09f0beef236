package keychain_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"

	"bankbook/storage/keychain/keychaintest"
)

// mode is how a fake keychain service behaves.
type mode int

const (
	honest mode = iota
	answered
	createDismissed
	createForgets
	createGarbles
	createTells // the error's text holds the secret
	deleteDismissed
	vanishes // the first search still finds an entry that somebody else deletes
	unlockDismissed
	unlocksOther
	defaultLocked // there is no collection "login", and the default one stays locked
	defaultNone   // there is no collection at all
	saysLocked
	deniesAccess
	noKeychain
	noReply
	promptGarbled
	busDies
	serviceDies
	diesOnce    // while it unlocks, and another one is there at once
	diesReading // while it reads, and another one is there at once
	diesForGood // while it unlocks
	diesBetween // after it has opened a session, which the next one does not know
	never
)

const (
	root       dbus.ObjectPath = "/org/freedesktop/secrets"
	collection                 = root + "/collection/login"
	noPrompt   dbus.ObjectPath = "/"

	serviceInterface    = "org.freedesktop.Secret.Service"
	collectionInterface = "org.freedesktop.Secret.Collection"
	itemInterface       = "org.freedesktop.Secret.Item"
	promptInterface     = "org.freedesktop.Secret.Prompt"
	sessionInterface    = "org.freedesktop.Secret.Session"
	propertiesInterface = "org.freedesktop.DBus.Properties"
)

// wireSecret is a secret as the Secret Service passes it.
type wireSecret struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}

// fakeService is a Secret Service in memory that misbehaves on request.
type fakeService struct {
	mode    mode
	conn    *dbus.Conn
	session *keychaintest.Session
	die     sync.Once
	// prompted gets a value for every prompt that is shown.
	prompted chan struct{}

	mu      sync.Mutex
	values  map[string]string // by user name
	shown   int
	waiting []dbus.ObjectPath // prompts of the mode never
	present bool              // somebody answers them after all
}

// serve puts a fake keychain service on the session's bus.
func serve(t *testing.T, session *keychaintest.Session, m mode) *fakeService {
	t.Helper()
	conn, err := dbus.Connect(session.Address())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	f := &fakeService{
		mode: m, conn: conn, session: session, values: map[string]string{},
		prompted: make(chan struct{}, 100),
	}
	f.export(t, conn)
	if m == diesOnce || m == diesReading {
		next, err := dbus.Connect(session.Address())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = next.Close() })
		f.export(t, next) // it waits in the bus's queue for the name
	}
	return f
}

// export puts the service on a connection, under the keychain's name.
func (f *fakeService) export(t *testing.T, conn *dbus.Conn) {
	t.Helper()
	for iface, methods := range map[string]map[string]any{
		serviceInterface:    {"OpenSession": f.openSession, "Unlock": f.unlock, "ReadAlias": f.readAlias},
		propertiesInterface: {"Get": f.collections},
		collectionInterface: {"SearchItems": f.search, "CreateItem": f.create},
		itemInterface:       {"GetSecret": f.getSecret, "Delete": f.remove},
		promptInterface:     {"Prompt": f.prompt},
		sessionInterface:    {"Close": func() *dbus.Error { return nil }},
	} {
		if err := conn.ExportSubtreeMethodTable(methods, root, iface); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := conn.RequestName("org.freedesktop.secrets", 0); err != nil {
		t.Fatal(err)
	}
}

func (f *fakeService) put(user, value string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.values[user] = value
}

// answerPrompts answers the prompts that were never to be answered, and those
// to come.
func (f *fakeService) answerPrompts() {
	f.mu.Lock()
	waiting := f.waiting
	f.waiting, f.present = nil, true
	f.mu.Unlock()
	for _, path := range waiting {
		f.complete(path, false)
	}
}

func (f *fakeService) openSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	return dbus.MakeVariant(""), root + "/session/1", nil
}

func (f *fakeService) collections(string, string) (dbus.Variant, *dbus.Error) {
	if f.mode == defaultLocked || f.mode == defaultNone {
		return dbus.MakeVariant([]dbus.ObjectPath{}), nil
	}
	return dbus.MakeVariant([]dbus.ObjectPath{collection}), nil
}

func (f *fakeService) readAlias(string) (dbus.ObjectPath, *dbus.Error) {
	if f.mode == defaultNone {
		return "/", nil
	}
	return collection, nil
}

func (f *fakeService) unlock(paths []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	fail := func(name string) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
		return nil, noPrompt, dbus.NewError(name, []any{"the fake service says so"})
	}
	switch f.mode {
	case defaultLocked, defaultNone:
		return []dbus.ObjectPath{}, noPrompt, nil
	case unlocksOther:
		return []dbus.ObjectPath{root + "/collection/other"}, noPrompt, nil
	case saysLocked:
		return fail("org.freedesktop.Secret.Error.IsLocked")
	case deniesAccess:
		return fail("org.freedesktop.DBus.Error.AccessDenied")
	case noKeychain:
		return fail("org.freedesktop.DBus.Error.UnknownMethod")
	case noReply:
		return fail("org.freedesktop.DBus.Error.NoReply")
	case diesOnce, diesForGood:
		f.die.Do(func() { _ = f.conn.Close() })
	case answered, unlockDismissed, promptGarbled, busDies, serviceDies, never:
		return nil, f.newPrompt("unlock" + strings.ReplaceAll(string(paths[0]), "/", "_")), nil
	}
	return paths, noPrompt, nil
}

func (f *fakeService) search(attributes map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	user := attributes["username"]
	if _, ok := f.values[user]; !ok {
		return []dbus.ObjectPath{}, nil
	}
	if f.mode == vanishes {
		delete(f.values, user)
	}
	return []dbus.ObjectPath{itemPath(user)}, nil
}

func (f *fakeService) create(
	properties map[string]dbus.Variant, s wireSecret, _ bool,
) (item, prompt dbus.ObjectPath, failure *dbus.Error) {
	attributes, _ := properties[itemInterface+".Attributes"].Value().(map[string]string)
	user := attributes["username"]
	switch f.mode {
	case createDismissed:
		return noPrompt, f.newPrompt("create"), nil
	case createForgets:
	case diesBetween:
		f.die.Do(func() { failure = dbus.NewError("org.freedesktop.Secret.Error.NoSession", []any{"no such session"}) })
		if failure != nil {
			return noPrompt, noPrompt, failure
		}
		f.put(user, string(s.Value))
	case createTells:
		return noPrompt, noPrompt, dbus.NewError("org.freedesktop.DBus.Error.Failed", []any{"cannot store " + string(s.Value)})
	case createGarbles:
		f.put(user, string(s.Value)+"\n")
	case answered:
		f.put(user, string(s.Value))
		return noPrompt, f.newPrompt("create"), nil
	default:
		f.put(user, string(s.Value))
	}
	return itemPath(user), noPrompt, nil
}

func (f *fakeService) getSecret(m dbus.Message, session dbus.ObjectPath) (wireSecret, *dbus.Error) {
	if f.mode == diesReading {
		f.die.Do(func() { _ = f.conn.Close() })
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	value, ok := f.values[userOf(m)]
	if !ok {
		return wireSecret{}, noItem()
	}
	return wireSecret{Session: session, Parameters: []byte{}, Value: []byte(value), ContentType: "text/plain"}, nil
}

func (f *fakeService) remove(m dbus.Message) (dbus.ObjectPath, *dbus.Error) {
	if f.mode == deleteDismissed {
		return f.newPrompt("delete"), nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.values[userOf(m)]; !ok {
		return noPrompt, noItem()
	}
	delete(f.values, userOf(m))
	return noPrompt, nil
}

// noItem is what gnome-keyring replies for an item that is gone: its object has
// no methods any more.
func noItem() *dbus.Error {
	return dbus.NewError("org.freedesktop.DBus.Error.UnknownMethod", []any{"no such interface at this path"})
}

func (f *fakeService) newPrompt(what string) dbus.ObjectPath {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shown++
	return dbus.ObjectPath(fmt.Sprintf("%s/prompt/%d/%s", root, f.shown, what))
}

// prompt shows nothing; it is answered as the mode says.
func (f *fakeService) prompt(m dbus.Message, _ string) *dbus.Error {
	path, _ := m.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)
	defer func() { f.prompted <- struct{}{} }()
	switch f.mode {
	case promptGarbled:
		go func() { _ = f.conn.Emit(path, promptInterface+".Completed") }()
	case busDies:
		go f.session.KillBus()
	case serviceDies:
		go func() { _ = f.conn.Close() }()
	case never:
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.present {
			go f.complete(path, false)
			return nil
		}
		f.waiting = append(f.waiting, path)
	default:
		go f.complete(path, f.mode != answered)
	}
	return nil
}

// complete tells the caller how its prompt ended.
func (f *fakeService) complete(path dbus.ObjectPath, dismissed bool) {
	result := dbus.MakeVariant("")
	if i := strings.Index(string(path), "/unlock"); i >= 0 && !dismissed {
		unlocked := strings.ReplaceAll(string(path)[i+len("/unlock"):], "_", "/")
		result = dbus.MakeVariant([]dbus.ObjectPath{dbus.ObjectPath(unlocked)})
	}
	_ = f.conn.Emit(path, promptInterface+".Completed", dismissed, result)
}

// itemPath names the item of a user by the bytes of the name.
func itemPath(user string) dbus.ObjectPath {
	return dbus.ObjectPath(fmt.Sprintf("%s/x%x", collection, user))
}

func userOf(m dbus.Message) string {
	path, _ := m.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)
	var user []byte
	_, _ = fmt.Sscanf(strings.TrimPrefix(string(path), string(collection)+"/x"), "%x", &user)
	return string(user)
}

// users lists who has an entry.
func (f *fakeService) users() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Sorted(maps.Keys(f.values))
}
