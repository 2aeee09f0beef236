package sandbox_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"

	"bankbook/core/sandbox"
)

func TestStateSurvivesARestart(t *testing.T) {
	b := newBench(t)
	access, itemID := b.instant("ins_109508", 365)
	rows := map[string]object{}
	b.must("/transactions/refresh", object{"access_token": access})
	cursor := b.replay(access, "", 100, rows)
	token, address := b.newLink(nil)
	walk(newBrowser(t), address).press("share", nil)
	ask := func() []any {
		return []any{
			b.must("/accounts/get", object{"access_token": access})["accounts"],
			b.must("/item/get", object{"access_token": access})["item"],
			b.must("/auth/get", object{"access_token": access})["numbers"],
			b.sessions(token), b.truth(itemID),
		}
	}
	before := fmt.Sprint(ask()...)
	b.cfg.Seed = 99 // for new Items only
	b.restart()
	if after := fmt.Sprint(ask()...); after != before {
		t.Errorf("before\n%s\nafter\n%s", before, after)
	}
	b.clock.advance(50 * time.Hour)
	b.replay(access, cursor, 100, rows)
	b.compare("after the restart", itemID, rows)
}

func TestStateFileIsPrivateAndRefusedIfDamaged(t *testing.T) {
	b := newBench(t)
	b.instant("ins_109508", 30)
	info, err := os.Stat(b.cfg.StateFile)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v: %v", info.Mode(), err)
	}
	whole, err := os.ReadFile(b.cfg.StateFile)
	if err != nil {
		t.Fatal(err)
	}
	b.stop()
	damaged := map[string][]byte{
		"empty": {}, "cut": whole[:len(whole)/2], "without its line": whole[bytes.IndexByte(whole, '\n')+1:],
		"foreign": []byte("# my notes\n"), "another version": bytes.Replace(whole, []byte(`"version":1`), []byte(`"version":2`), 1),
	}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 50 {
		one := bytes.Clone(whole)
		one[r.IntN(len(one))] ^= byte(1 << r.IntN(8))
		damaged[fmt.Sprint("one bit ", i)] = one
	}
	for name, content := range damaged {
		if err := os.WriteFile(b.cfg.StateFile, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := sandbox.New(b.cfg); !errors.Is(err, sandbox.ErrState) {
			t.Errorf("%s: New = %v, want ErrState", name, err)
		}
		if after, err := os.ReadFile(b.cfg.StateFile); err != nil || !bytes.Equal(after, content) {
			t.Errorf("%s: it is overwritten", name)
		}
	}
}

// spellings returns the forms in which a search could find a text in a file.
func spellings(text string) map[string][]byte {
	units := utf16.Encode([]rune(text))
	little, big := make([]byte, 0, 2*len(units)), make([]byte, 0, 2*len(units))
	for _, u := range units {
		little, big = binary.LittleEndian.AppendUint16(little, u), binary.BigEndian.AppendUint16(big, u)
	}
	out := map[string][]byte{
		"raw": []byte(text), "hex": []byte(hex.EncodeToString([]byte(text))), "upper hex": []byte(strings.ToUpper(hex.EncodeToString([]byte(text)))),
		"utf-16 little": little, "utf-16 big": big, "without dashes": []byte(strings.ReplaceAll(text, "-", "")),
	}
	// base64 depends on where in three bytes the text begins; its first and last
	// characters also on what stands beside it.
	for shift := range 3 {
		padded := append(make([]byte, shift), text...)
		for name, enc := range map[string]*base64.Encoding{"base64": base64.RawStdEncoding, "base64url": base64.RawURLEncoding} {
			e := enc.EncodeToString(padded)
			out[fmt.Sprint(name, shift)] = []byte(e[(shift*8+5)/6 : len(e)-2])
		}
	}
	return out
}

func TestSpellingsAreFound(t *testing.T) {
	const text = "access-sandbox-123"
	for shift := range 3 {
		file := []byte("{" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", shift)+text+"yy")) + "}")
		found := false
		for _, s := range spellings(text) {
			found = found || bytes.Contains(file, s)
		}
		if !found {
			t.Errorf("shift %d is not found", shift)
		}
	}
}

func TestNothingSecretIsKeptOrLogged(t *testing.T) {
	var log bytes.Buffer
	b := newBench(t, func(c *sandbox.Config) { c.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	access, _ := b.instant("ins_109508", 30)
	numbers := b.must("/auth/get", object{"access_token": access})["numbers"].(object)["ach"].([]any)
	token, address := b.newLink(nil)
	br := walk(newBrowser(t), address)
	br.press("share", nil)
	_, update := b.newLink(object{"access_token": access})
	newBrowser(t).open(update).press("sign-in", url.Values{"user": {"user_good"}, "password": {"my real password"}}).press("sign-in", good)
	b.wants("/item/get", object{"access_token": access + "0"}, "INVALID_ACCESS_TOKEN")
	cookie := br.client.Jar.Cookies(br.at)[0].Value

	secrets := map[string]string{
		"access token": access, "link token": token, "address": address[strings.LastIndex(address, "/")+1:], "cookie": cookie,
		"public token": b.sessions(token)[0].(object)["on_success"].(object)["public_token"].(string),
		"client id":    testID, "secret": testSecret, "password": "pass_good", "real password": "my real password",
	}
	for i, n := range numbers {
		secrets[fmt.Sprint("number ", i)] = n.(object)["account"].(string)
	}
	for name, secret := range maps.Clone(secrets) {
		if _, bare, token := strings.Cut(secret, "-sandbox-"); token {
			secrets["bare "+name] = bare
		}
	}
	state, err := os.ReadFile(b.cfg.StateFile)
	if err != nil {
		t.Fatal(err)
	}
	if log.Len() == 0 || len(state) == 0 {
		t.Fatal("there is nothing to search")
	}
	for name, secret := range secrets {
		for form, text := range spellings(secret) {
			if bytes.Contains(state, text) || bytes.Contains(log.Bytes(), text) {
				t.Errorf("the %s stands in the state or the log (%s)", name, form)
			}
		}
	}
}

func TestAFailedWriteChangesNothing(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	dir := filepath.Dir(b.cfg.StateFile)
	if err := os.Rename(dir, dir+".away"); err != nil {
		t.Fatal(err)
	}
	status, got := b.post("/item/remove", object{"access_token": access})
	if status != http.StatusInternalServerError || got["error_type"] != "API_ERROR" {
		t.Errorf("%d %v", status, got)
	}
	if err := os.Rename(dir+".away", dir); err != nil {
		t.Fatal(err)
	}
	b.must("/accounts/get", object{"access_token": access})
	b.restart()
	b.must("/accounts/get", object{"access_token": access})
}

func TestManyClientsAtOnce(t *testing.T) {
	b := newBench(t)
	shared, sharedID := b.instant("ins_109508", 90)
	token, address := b.newLink(nil)
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			access, itemID := b.instant("ins_109509", 60)
			rows := map[string]object{}
			cursor := b.replay(access, "", 100, rows)
			for range 3 {
				b.must("/transactions/refresh", object{"access_token": access})
				b.must("/transactions/refresh", object{"access_token": shared})
				b.must("/accounts/get", object{"access_token": shared})
				cursor = b.replay(access, cursor, 100, rows)
			}
			b.compare(fmt.Sprint("client ", n), itemID, rows)
			br := newBrowser(t).open(address)
			if strings.Contains(br.body, `id="continue"`) {
				br.press("continue", nil)
			}
			b.sessions(token)
		})
	}
	wg.Wait()
	rows := map[string]object{}
	b.replay(shared, "", 500, rows)
	b.compare("shared", sharedID, rows)
	if n := len(b.sessions(token)); n != 8 {
		t.Errorf("%d sessions, want 8", n)
	}
}

// Clients that read at the same time find out whose their tokens are together.
func TestManyReadersAtOnce(t *testing.T) {
	b := newBench(t)
	tokens := make([]string, 4)
	for i := range tokens {
		tokens[i], _ = b.instant("ins_109508", 30)
	}
	b.restart()
	var wg sync.WaitGroup
	for range 4 {
		for _, token := range tokens {
			wg.Go(func() { b.must("/accounts/get", object{"access_token": token}) })
		}
	}
	wg.Wait()
}
