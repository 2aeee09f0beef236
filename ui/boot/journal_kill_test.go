package boot

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/accounts"
	"bankbook/core/activity"
	"bankbook/core/link"
)

// deedsChild is the variable that makes the test binary rename an account, again and
// again, until it is killed.
const deedsChild = "BANKBOOK_DEEDS_TEST_CHILD"

// deedsOrder is where the child works, and the number of the first name.
type deedsOrder struct {
	DataDir, Secrets string
	Account          core.AccountID
	First            int
}

func childDeeds(text string) error {
	var o deedsOrder
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return err
	}
	p, err := New(Config{DataDir: o.DataDir, Secrets: fileStore(o.Secrets), OpenURL: noBrowser})
	if err != nil {
		return err
	}
	s, err := p.Open(context.Background(), Choice{Env: core.Practice})
	if err != nil {
		return err
	}
	fmt.Println(saysBegin)
	for n := o.First; ; n++ {
		name := fmt.Sprint(n)
		if _, err := s.Books("").UpdateAccount(o.Account, accounts.Changes{Nickname: &name}); err != nil {
			return err
		}
	}
}

// TestNoDeedOfAKilledProgramIsLostFromTheLog kills a program while it renames an
// account. The log has an entry for every name that the account has got, and at most
// one more: for the one that it was about to get.
func TestNoDeedOfAKilledProgramIsLostFromTheLog(t *testing.T) {
	c := config(t)
	c.Secrets = fileStore(t.TempDir())
	s := open(t, start(t, c), Choice{Env: core.Practice})
	books := s.Books(s.Profile.ID)
	if err := books.AddAccount(t.Context(), accounts.NewAccount{Bank: "Drawer", Name: "Cash", Kind: accounts.CashKind}, nil); err != nil {
		t.Fatal(err)
	}
	list, err := books.Accounts()
	if err != nil || len(list) != 1 {
		t.Fatalf("accounts %+v, %v", list, err)
	}
	account := list[0].ID
	closeAll(t, s)
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0))
	renamed, half := 0, 0
	for kills := 1; kills <= 20; kills++ {
		order := deedsOrder{DataDir: c.DataDir, Secrets: string(c.Secrets.(fileStore)), Account: account, First: renamed + 1}
		killChild(t, deedsChild+"="+inJSON(t, order), time.Duration(10+random.IntN(60))*time.Millisecond)
		s := open(t, start(t, c), Choice{Env: core.Practice})
		row, err := s.Books("").Account(account)
		if err != nil {
			t.Fatal(err)
		}
		if name := row.Choices.Nickname; name != "" {
			if renamed, err = strconv.Atoi(name); err != nil {
				t.Fatal(err)
			}
		}
		var done int
		done, half = renamings(t, s)
		if done > renamed || done+half < renamed || done+half > renamed+kills {
			t.Errorf("after %d kills it was renamed %d times; the log tells of %d, and of %d that were interrupted", kills, renamed, done, half)
		}
		closeAll(t, s)
	}
	t.Logf("%d renamings, %d interrupted", renamed, half)
}

// renamings counts what the log has of them.
func renamings(t *testing.T, s *Services) (done, half int) {
	t.Helper()
	err := s.Vault.Activity(0, func(a core.Activity) bool {
		switch {
		case a.Action != core.ChangedAccount:
		case activity.OutcomeOf(a) == activity.Done:
			done++
		case activity.OutcomeOf(a) == activity.Interrupted:
			half++
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return done, half
}

// TestTheEndOfALinkIsNotLostFromTheLog has sessions in the vault that ended when the
// program was killed, before the log told of them.
func TestTheEndOfALinkIsNotLostFromTheLog(t *testing.T) {
	j := newJournaled(t)
	item := j.link()
	now := j.s.Now()
	kept := link.Session{ID: "killed", Purpose: link.Repair, Repairs: item.ID, Stage: link.Done, Created: now, Updated: now.Add(time.Second), RequestID: "answered"}
	left := link.Session{ID: "left", Purpose: link.New, Options: link.Options{Profile: item.Profile}, Stage: link.Exited, Created: now, Updated: now}
	for _, session := range []link.Session{kept, left} {
		if err := j.s.Vault.PutSession(session); err != nil {
			t.Fatal(err)
		}
	}
	j.news(2) // the link and its sync
	for range 2 {
		closeAll(t, j.s)
		j.s = open(t, j.p, Choice{Env: core.Practice})
		if err := j.s.Resume(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	j.added = nil
	told := j.wrote("after the next starts", want{action: core.ReconnectedBank, subject: platypus, outcome: activity.Done, asked: true})
	if !told[0].At.Equal(kept.Updated) {
		t.Errorf("it was at %v, not %v", told[0].At, kept.Updated)
	}
}
