package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/clock"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/sandbox/walk"
	"bankbook/core/secret"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// hurried is the system's clock with short pauses.
type hurried struct{ clock.System }

// Sleep implements clock.Clock.
func (h hurried) Sleep(ctx context.Context, d time.Duration) error { return h.System.Sleep(ctx, d/50) }

// teller is an open practice vault at which somebody goes through every page that is
// opened, as does says.
type teller struct {
	*boot.Services
	t    *testing.T
	does atomic.Value
	// leaves says that they leave at the end of it.
	leaves atomic.Bool
	// asked are the requests for pages.
	asked *pageRequests
}

func newTeller(t *testing.T, change ...func(*boot.Config)) *teller {
	t.Helper()
	d := &teller{t: t, asked: &pageRequests{}}
	d.does.Store(walk.Platypus())
	c := boot.Config{
		DataDir: filepath.Join(t.TempDir(), "data"), Secrets: secret.NewMemory(), Clock: hurried{},
		HTTP: &http.Client{Transport: d.asked},
		OpenURL: func(page string) error {
			goes := walk.Link
			if d.leaves.Load() {
				goes = walk.Exit
			}
			return goes(context.Background(), nil, page, d.does.Load().(walk.Choice))
		},
	}
	for _, with := range change {
		with(&c)
	}
	p, err := boot.New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	if d.Services, err = p.Open(t.Context(), boot.Choice{Env: core.Practice}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// link runs `bankbook link` and returns what it printed.
func (d *teller) link(f linkFlags) (linkRecord, error) {
	d.t.Helper()
	record, _, err := d.linkNoting(f)
	return record, err
}

// linkNoting is link with what was noted meanwhile.
func (d *teller) linkNoting(f linkFlags) (linkRecord, string, error) {
	d.t.Helper()
	var out, noise bytes.Buffer
	c := &command{program: Program{Out: &out, Err: &noise}, asJSON: true}
	f.days = 90
	if _, err := c.linkWith(d.t.Context(), d.Services, f); err != nil {
		return linkRecord{}, "", err
	}
	var record linkRecord
	if err := json.Unmarshal(out.Bytes(), &record); err != nil {
		d.t.Fatalf("%s: %v", out.String(), err)
	}
	return record, noise.String(), nil
}

// must is link that has to work.
func (d *teller) must(f linkFlags) core.ItemID {
	d.t.Helper()
	record, err := d.link(f)
	if err != nil || len(record.Items) == 0 || record.Stage != string(link.Done) {
		d.t.Fatalf("%+v: %+v, %v", f, record, err)
	}
	return record.Items[0]
}

// accounts returns the accounts of an Item that are shared, and those that are not.
func (d *teller) accounts(id core.ItemID) (shared, others []core.Account) {
	d.t.Helper()
	all, err := d.Vault.AccountsOf(id)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, a := range all {
		if a.Unshared {
			others = append(others, a)
			continue
		}
		shared = append(shared, a)
	}
	return shared, others
}

func TestLinkUpdatesABank(t *testing.T) {
	d := newTeller(t)
	id := d.must(linkFlags{})
	all, _ := d.accounts(id)

	one := walk.Platypus()
	one.Accounts = []string{"Plaid Checking"}
	d.does.Store(one)
	if same := d.must(linkFlags{update: updateFlags{accounts: string(id)}}); same != id {
		t.Errorf("accounts of %s, not %s", same, id)
	}
	if shared, others := d.accounts(id); len(shared) != 1 || len(others) != len(all)-1 {
		t.Errorf("%d accounts are shared and %d are not, of %d", len(shared), len(others), len(all))
	}
	d.does.Store(walk.Platypus())
	d.must(linkFlags{update: updateFlags{accounts: string(id)}})
	if shared, others := d.accounts(id); len(shared) != len(all) || len(others) != 0 {
		t.Errorf("given back: %d are shared, %d are not", len(shared), len(others))
	}

	if shared, _ := d.accounts(id); slices.ContainsFunc(shared, func(a core.Account) bool { return a.ACH.HasNumbers() }) {
		t.Fatal("there are numbers already")
	}
	d.must(linkFlags{update: updateFlags{numbers: string(id)}})
	if shared, _ := d.accounts(id); !slices.ContainsFunc(shared, func(a core.Account) bool { return a.ACH.HasNumbers() && a.ACH.Status == core.Verified }) {
		t.Error("there are no numbers")
	}
	if _, err := d.link(linkFlags{update: updateFlags{numbers: string(id)}}); !errors.As(err, new(errUsage)) || err.Error() != say.HasNumbers {
		t.Errorf("numbers that are there: %v", err)
	}
	d.must(linkFlags{update: updateFlags{repair: string(id)}})
}

func TestLinkByMicroDeposits(t *testing.T) {
	d := newTeller(t)
	d.does.Store(walk.Choice{Manual: true})
	id := d.must(linkFlags{deposits: true})
	shared, _ := d.accounts(id)
	if len(shared) != 1 || shared[0].ACH.Status != core.VerifyPending {
		t.Fatalf("accounts %+v", shared)
	}
	if err := d.Sync.Sync(t.Context(), id); err != nil {
		t.Errorf("an account that waits for its deposit cannot be synced: %v", err)
	}
	d.must(linkFlags{update: updateFlags{verify: string(id)}})
	shared, _ = d.accounts(id)
	if shared[0].ACH.Status != core.Verified || !shared[0].ACH.HasNumbers() {
		t.Errorf("account %+v", shared[0].ACH)
	}
	packed, err := d.Secrets.Get(t.Context(), secret.NumbersName(core.Practice, shared[0].ID))
	if err != nil || packed.IsEmpty() {
		t.Errorf("its numbers are not kept: %v", err)
	}
	if _, err := d.link(linkFlags{update: updateFlags{verify: string(id)}}); err == nil || err.Error() != say.NothingToVerify {
		t.Errorf("verified again: %v", err)
	}
}

// Three wrong codes are the end of a verification, and the vault says so.
func TestLinkWithTooManyWrongCodes(t *testing.T) {
	d := newTeller(t)
	d.does.Store(walk.Choice{Manual: true})
	id := d.must(linkFlags{deposits: true})
	d.does.Store(walk.Choice{Code: "XYZ"})
	d.leaves.Store(true)
	for try := range 3 {
		_, err := d.link(linkFlags{update: updateFlags{verify: string(id)}})
		var ended *notLinkedError
		if !errors.As(err, &ended) || ended.session.Stage != link.Exited || ended.session.Exit.Code == "" {
			t.Fatalf("try %d: %v", try, err)
		}
		shared, _ := d.accounts(id)
		want := core.VerifyPending
		if try == 2 {
			want = core.VerifyFailed
		}
		if shared[0].ACH.Status != want {
			t.Errorf("try %d: the account is %s, want %s", try, shared[0].ACH.Status, want)
		}
	}
	if _, err := d.link(linkFlags{update: updateFlags{verify: string(id)}}); err == nil || err.Error() != say.NothingToVerify {
		t.Errorf("a fourth try: %v", err)
	}
}

func TestLinkSeveralBanks(t *testing.T) {
	d := newTeller(t)
	choice := walk.Platypus()
	choice.Then = []walk.Choice{{Institution: "ins_109511", User: testUser, Password: testPassword}}
	d.does.Store(choice)
	record, err := d.link(linkFlags{several: true})
	if err != nil || len(record.Items) != 2 {
		t.Fatalf("%+v, %v", record, err)
	}
	items, err := d.Vault.Items()
	if err != nil || len(items) != 2 || items[0].Institution == items[1].Institution {
		t.Errorf("items %+v, %v", items, err)
	}
}

func TestLinkRefusesMistakesBeforeAnythingBegins(t *testing.T) {
	d := newTeller(t)
	for name, c := range map[string]struct {
		flags linkFlags
		says  string
	}{
		"redirect URI":         {linkFlags{redirect: "example.org"}, "--redirect-uri: Enter an https address"},
		"Android package":      {linkFlags{android: "app"}, "--android-package: Enter a package name"},
		"both":                 {linkFlags{redirect: "https://example.org", android: "org.example"}, say.TwoWaysBack},
		"deposits and several": {linkFlags{deposits: true, several: true}, "not both"},
		"repair":               {linkFlags{redirect: "example.org", update: updateFlags{repair: "a"}}, "--redirect-uri: Enter an https address"},
		"two updates":          {linkFlags{update: updateFlags{repair: "a", verify: "b"}}, "Give one of"},
	} {
		if _, err := d.link(c.flags); !errors.As(err, new(errUsage)) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, u := range map[string]updateFlags{
		"repair": {repair: "nothing"}, "accounts": {accounts: "nothing"}, "numbers": {numbers: "nothing"}, "verify": {verify: "nothing"},
	} {
		_, err := d.link(linkFlags{update: u})
		if !fault.Is(err, fault.NotFound) || exitCode(err) != exitUsage {
			t.Errorf("%s of nothing: %v, exit code %d", name, err, exitCode(err))
		}
	}
	if sessions, err := d.Vault.Sessions(); err != nil || len(sessions) != 0 {
		t.Errorf("%d sessions, %v", len(sessions), err)
	}
}

func TestFlagsOfANewBankDoNotGoWithAnUpdate(t *testing.T) {
	for _, flag := range []string{"--days=30", "--several", "--micro-deposits", "--numbers", "--instant"} {
		var out, noise bytes.Buffer
		args := []string{"link", "--accounts", "x", flag, "--data-dir", t.TempDir()}
		code := Main(Program{Args: args, Out: &out, Err: &noise})
		if code != exitUsage || !strings.Contains(noise.String(), "is for a new bank") {
			t.Errorf("%s: exit code %d, %s", flag, code, noise.String())
		}
	}
}
