package sandbox_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bankbook/core/sandbox"
)

// killedEnv makes the test binary a bank in which something changes without end.
const killedEnv = "PRACTICE_BANK_STATE"

func TestKilledAtAnyMoment(t *testing.T) {
	if path := os.Getenv(killedEnv); path != "" {
		changeForEver(t, path)
		return
	}
	r := rand.New(rand.NewPCG(3, 4))
	path := filepath.Join(t.TempDir(), "practice.state")
	known := 0
	for range 20 {
		known += killOnce(t, path, 1+r.IntN(8), time.Duration(r.IntN(20_000))*time.Microsecond)
	}
	t.Logf("%d changes were told of", known)
	if known < 40 {
		t.Error("hardly anything was changed before the kills")
	}
	left, err := filepath.Glob(path + ".*.tmp")
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// changeForEver makes Items, moves money, sets faults and puts the clock forward,
// and says of each change what it was when it is made.
func changeForEver(t *testing.T, path string) {
	b := newBench(t, func(c *sandbox.Config) { c.StateFile = path })
	for {
		public := b.control("/sandbox/public_token/create", object{
			"institution_id": "ins_109508", "initial_products": []string{"auth"}, "options": object{"webhook": "http://127.0.0.1:1/"},
		})
		got := b.control("/item/public_token/exchange", object{"public_token": public["public_token"]})
		fmt.Println("item", got["item_id"])
		access := got["access_token"]
		b.control("/sandbox/item/fire_webhook", object{"webhook_code": "LOGIN_REPAIRED", "access_token": access})
		fmt.Println("transfer", b.plainTransfer(access))
		fmt.Println("clock", b.control("/practice/clock/advance", object{"by": "1h"})["time"])
		b.control("/practice/faults/clear", nil)
		fault := b.control("/practice/faults/set", object{"kind": "slow", "delay": "1s", "endpoint": "/none"})["fault"]
		fmt.Println("fault", fault.(object)["fault_id"])
	}
}

// plainTransfer makes a transfer and returns its id. It checks nothing against
// Plaid's documents, which take long to read.
func (b *bench) plainTransfer(access any) any {
	account := b.control("/accounts/get", object{"access_token": access})["accounts"].([]any)[0].(object)["account_id"]
	agreed := b.control("/transfer/authorization/create", object{
		"access_token": access, "account_id": account, "type": "debit", "network": "ach", "amount": "1.00", "ach_class": "ppd",
		"user": object{"legal_name": "Anne Charleston"},
	})["authorization"].(object)
	made := b.control("/transfer/create", object{
		"access_token": access, "account_id": account, "authorization_id": agreed["id"], "description": "payment",
	})
	return made["transfer"].(object)["id"]
}

// killOnce runs a bank, kills it some time after it has told of so many changes, in
// the middle of the next ones, and checks that every change it has told of is there.
// It returns their number.
func killOnce(t *testing.T, path string, changes int, after time.Duration) int {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilledAtAnyMoment$")
	cmd.Env = append(os.Environ(), killedEnv+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	told := map[string][]string{}
	n := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		what, value, ok := strings.Cut(lines.Text(), " ")
		if !ok || !slices.Contains([]string{"item", "transfer", "clock", "fault"}, what) {
			continue
		}
		told[what] = append(told[what], value)
		if n++; n == changes {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
	}
	_ = cmd.Wait()
	checkSurvivor(t, path, told)
	return n
}

// checkSurvivor opens the state of a bank that was killed: the kernel has let go
// of its lock, and everything is there.
func checkSurvivor(t *testing.T, path string, told map[string][]string) {
	t.Helper()
	bank, err := sandbox.New(sandbox.Config{ClientID: testID, Secret: testSecret, StateFile: path, Now: newClock().Now})
	if err != nil {
		t.Fatal(err)
	}
	defer bank.Close()
	for _, id := range told["item"] {
		if _, err := bank.Truth(id); err != nil {
			t.Errorf("an Item is lost: %v", err)
		}
	}
	ask := func(path, more string) string {
		req := httptest.NewRequest("POST", path, strings.NewReader(`{"client_id":"`+testID+`","secret":"`+testSecret+`"`+more+`}`))
		req.Host = "bank"
		req.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		bank.Handler("bank").ServeHTTP(w, req)
		return w.Body.String()
	}
	for _, id := range told["transfer"] {
		if got := ask("/transfer/get", `,"transfer_id":"`+id+`"`); !strings.Contains(got, `"pending"`) {
			t.Errorf("a transfer is lost: %s", got)
		}
	}
	if list := told["clock"]; len(list) > 0 {
		var shown struct{ Time string }
		if err := json.Unmarshal([]byte(ask("/practice/clock/get", "")), &shown); err != nil || shown.Time < list[len(list)-1] {
			t.Errorf("the clock shows %q, and was at %s: %v", shown.Time, list[len(list)-1], err)
		}
	}
	// The last fault that was told of may have been cleared since.
	if faults := ask("/practice/faults/list", ""); !strings.Contains(faults, `"faults":[`) {
		t.Errorf("faults: %s", faults)
	}
}
