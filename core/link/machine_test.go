package link_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
)

var (
	noon    = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	expires = noon.Add(30 * time.Minute)
	network = core.Trouble{Kind: fault.Network}
	locked  = core.Trouble{Kind: fault.KeychainLocked}
	lapsed  = core.Trouble{Kind: fault.Expired, Code: "INVALID_PUBLIC_TOKEN", RequestID: "r"}
	left    = bank.LinkExit{Status: "requires_credentials"}
	result  = bank.LinkResult{Public: secret.New("public-1")}
)

// situation is a session and what each event makes of it, as "stage effects
// trouble"; an event that is not listed makes of it what "" says.
type situation struct {
	name    string
	session link.Session
	want    map[string]string
}

func session(stage link.Stage, change func(*link.Session)) link.Session {
	s := link.Session{
		ID: "session", Purpose: link.New, Stage: stage, Created: noon, Updated: noon,
		Token: secret.New("link-1"), URL: "https://secure.plaid.com/1", Expires: expires,
	}
	switch stage {
	case link.Preparing:
		s.Token, s.URL, s.Expires = secret.Text{}, "", time.Time{}
	case link.Deciding, link.Exchanging, link.Fetching:
		s.Found = []link.Candidate{{Public: secret.New("public-1")}}
	case link.Syncing:
		s.Found = []link.Candidate{{Public: secret.New("public-1")}}
		s.Next = 1
		s.Items = []core.ItemID{"item-1"}
	}
	if stage == link.Fetching {
		s.Items = []core.ItemID{"item-1"}
	}
	if change != nil {
		change(&s)
	}
	return s
}

func repair(s *link.Session) {
	s.Purpose, s.Repairs, s.Found, s.Items, s.Next = link.Repair, "old", nil, nil, 0
}

func situations() []situation {
	return append(slices.Concat(early(), exchanged(), fetched(), synced(), updates()), over()...)
}

func early() []situation {
	return []situation{
		{"preparing", session(link.Preparing, nil), map[string]string{
			"begun": "preparing CreateLink", "resumed": "preparing CreateLink", "resumed late": "expired",
			"link made": "waiting OpenBrowser Poll", "canceled": "discarded",
			"stumbled network": "failed !network", "stumbled keychain": "failed !keychain_locked",
			"stumbled lapsed": "failed !expired", "stumbled again": "failed !expired",
			"stumbled gone": "failed !gone", "stumbled sign-in": "failed !sign_in",
		}},
		{"preparing instantly", session(link.Preparing, func(s *link.Session) { s.Purpose = link.Instant }), map[string]string{
			"begun": "preparing MakeInstantly", "resumed": "failed !canceled", "resumed late": "failed !canceled",
			"instant made": "deciding FindTwins", "canceled": "discarded",
			"stumbled network": "failed !network", "stumbled keychain": "failed !keychain_locked",
			"stumbled lapsed": "failed !expired", "stumbled again": "failed !expired",
			"stumbled gone": "failed !gone", "stumbled sign-in": "failed !sign_in",
		}},
		{"waiting", session(link.Waiting, nil), map[string]string{
			"": "waiting Poll", "opened again": "waiting OpenBrowser Poll", "polled result": "deciding FindTwins",
			"polled first": "deciding FindTwins", "polled first late": "deciding FindTwins", "polled first on asking": "deciding FindTwins",
			"polled exit": "exited", "polled finish": "exited", "polled late": "expired", "polled very late": "expired",
			"poll failed": "waiting Poll !network", "poll failed late": "expired !network", "poll lapsed": "expired !expired",
			"canceled": "discarded",
		}},
		{"waiting for a repair", session(link.Waiting, repair), map[string]string{
			"": "waiting Poll", "opened again": "waiting OpenBrowser Poll", "polled result": "fetching Fetch",
			"polled exit": "fetching Fetch", "polled finish": "fetching Fetch", "polled late": "expired",
			"polled very late": "expired", "poll failed": "waiting Poll !network",
			"poll failed late": "expired !network", "poll lapsed": "expired !expired", "canceled": "discarded",
		}},
		{"looking for twins", session(link.Deciding, nil), map[string]string{
			"twins none": "exchanging Exchange", "resumed": "deciding FindTwins", "resumed late": "deciding FindTwins",
			"retried": "deciding FindTwins", "canceled": "discarded",
			"stumbled network": "deciding Pause !network", "stumbled keychain": "deciding !keychain_locked",
			"stumbled lapsed": "deciding !expired", "stumbled again": "deciding !expired",
			"stumbled gone": "deciding !gone", "stumbled sign-in": "deciding !sign_in",
		}},
		{"deciding", session(link.Deciding, withTwin), map[string]string{
			"decided second": "exchanging Exchange", "decided drop": "discarded", "decided repair": "preparing CreateLink",
			"twins none": "exchanging Exchange", "resumed": "deciding FindTwins", "resumed late": "deciding FindTwins",
			"retried": "deciding FindTwins", "canceled": "discarded",
			"stumbled network": "deciding Pause !network", "stumbled keychain": "deciding !keychain_locked",
			"stumbled lapsed": "deciding !expired", "stumbled again": "deciding !expired",
			"stumbled gone": "deciding !gone", "stumbled sign-in": "deciding !sign_in",
		}},
		{"deciding on the first of two", session(link.Deciding, func(s *link.Session) {
			withTwin(s)
			s.Found = append(s.Found, link.Candidate{Public: secret.New("public-2")})
		}), map[string]string{
			"decided second": "exchanging Exchange", "decided drop": "deciding FindTwins", "decided repair": "deciding FindTwins",
			"twins none": "exchanging Exchange", "resumed": "deciding FindTwins", "resumed late": "deciding FindTwins",
			"retried": "deciding FindTwins", "canceled": "discarded",
			"stumbled network": "deciding Pause !network", "stumbled keychain": "deciding !keychain_locked",
			"stumbled lapsed": "deciding !expired", "stumbled again": "deciding !expired",
			"stumbled gone": "deciding !gone", "stumbled sign-in": "deciding !sign_in",
		}},
	}
}

func withTwin(s *link.Session) { s.Found[0].Twins = []core.AccountID{"twin"} }

func exchanged() []situation {
	return []situation{
		{"exchanging", session(link.Exchanging, nil), map[string]string{
			"granted": "fetching Fetch", "resumed": "exchanging Exchange(again)", "resumed late": "exchanging Exchange(again)",
			"retried": "exchanging Exchange(again)", "canceled": "exchanging Revoke",
			"stumbled network": "exchanging Pause !network", "stumbled keychain": "exchanging !keychain_locked",
			"stumbled lapsed": "failed !expired/LINK_SIGN_IN_LAPSED", "stumbled again": "failed !expired/LINK_ACCESS_LOST",
			"stumbled gone": "exchanging !gone", "stumbled sign-in": "exchanging !sign_in",
		}},
		{"exchanging, called off", session(link.Exchanging, calledOff), map[string]string{
			"granted": "fetching Revoke", "resumed": "exchanging Revoke", "resumed late": "exchanging Revoke",
			"retried": "exchanging Revoke", "canceled": "exchanging Revoke", "revoked": "discarded",
			"stumbled network": "exchanging Pause !network", "stumbled keychain": "exchanging !keychain_locked",
			"stumbled lapsed": "exchanging !expired", "stumbled again": "exchanging !expired",
			"stumbled gone": "exchanging !gone", "stumbled sign-in": "exchanging !sign_in",
		}},
	}
}

func fetched() []situation {
	return []situation{
		{"fetching", session(link.Fetching, nil), map[string]string{
			"fetched": "syncing Sync", "resumed": "fetching Fetch", "resumed late": "fetching Fetch",
			"retried": "fetching Fetch", "canceled": "fetching Revoke",
			"stumbled network": "fetching Pause !network", "stumbled keychain": "fetching !keychain_locked",
			"stumbled lapsed": "fetching !expired", "stumbled again": "fetching !expired",
			"stumbled gone": "failed !expired/LINK_ACCESS_LOST", "stumbled sign-in": "fetching !sign_in",
		}},
		{"fetching the first of two", session(link.Fetching, func(s *link.Session) {
			s.Found = append(s.Found, link.Candidate{Public: secret.New("public-2")})
		}), map[string]string{
			"fetched": "deciding FindTwins", "resumed": "fetching Fetch", "resumed late": "fetching Fetch",
			"retried": "fetching Fetch", "canceled": "fetching Revoke",
			"stumbled network": "fetching Pause !network", "stumbled keychain": "fetching !keychain_locked",
			"stumbled lapsed": "fetching !expired", "stumbled again": "fetching !expired",
			"stumbled gone": "deciding FindTwins", "stumbled sign-in": "fetching !sign_in",
		}},
		{"fetching, called off", session(link.Fetching, calledOff), map[string]string{
			"fetched": "syncing Sync", "resumed": "fetching Revoke", "resumed late": "fetching Revoke",
			"retried": "fetching Revoke", "canceled": "fetching Revoke", "revoked": "discarded",
			"stumbled network": "fetching Pause !network", "stumbled keychain": "fetching !keychain_locked",
			"stumbled lapsed": "fetching !expired", "stumbled again": "fetching !expired",
			"stumbled gone": "fetching !gone", "stumbled sign-in": "fetching !sign_in",
		}},
		{"checking a repair", session(link.Fetching, repair), map[string]string{
			"fetched": "syncing Sync", "unchanged": "exited", "still broken": "failed !sign_in", "resumed": "fetching Fetch",
			"resumed late": "fetching Fetch", "retried": "fetching Fetch", "canceled": "discarded",
			"stumbled network": "fetching Pause !network", "stumbled keychain": "fetching !keychain_locked",
			"stumbled lapsed": "fetching !expired", "stumbled again": "fetching !expired",
			"stumbled gone": "failed !gone", "stumbled sign-in": "fetching !sign_in",
		}},
		{"checking an abandoned repair", session(link.Fetching, func(s *link.Session) { repair(s); s.Exit = left }), map[string]string{
			"fetched": "syncing Sync", "unchanged": "exited", "still broken": "exited !sign_in", "resumed": "fetching Fetch",
			"resumed late": "fetching Fetch", "retried": "fetching Fetch", "canceled": "discarded",
			"stumbled network": "fetching Pause !network", "stumbled keychain": "fetching !keychain_locked",
			"stumbled lapsed": "fetching !expired", "stumbled again": "fetching !expired",
			"stumbled gone": "failed !gone", "stumbled sign-in": "fetching !sign_in",
		}},
	}
}

func synced() []situation {
	return []situation{
		{"syncing", session(link.Syncing, nil), syncing("done")},
		{"syncing a repair", session(link.Syncing, repair), syncing("done")},
		{"syncing before a repair", session(link.Syncing, func(s *link.Session) { s.Repairs = "old" }), map[string]string{
			"synced": "preparing CreateLink", "resumed": "syncing Sync", "resumed late": "syncing Sync",
			"retried": "syncing Sync", "canceled": "done !canceled",
			"stumbled network": "syncing !network", "stumbled keychain": "syncing !keychain_locked",
			"stumbled lapsed": "syncing !expired", "stumbled again": "syncing !expired",
			"stumbled gone": "preparing CreateLink", "stumbled sign-in": "preparing CreateLink",
		}},
		{"syncing beside a lost one", session(link.Syncing, func(s *link.Session) {
			s.Found = append(s.Found, link.Candidate{Trouble: core.Trouble{Kind: fault.Expired, Code: link.CodeAccessLost}})
			s.Next = 2
		}), map[string]string{
			"synced": "failed !expired/LINK_ACCESS_LOST", "resumed": "syncing Sync", "resumed late": "syncing Sync",
			"retried": "syncing Sync", "canceled": "failed !expired/LINK_ACCESS_LOST",
			"stumbled network": "syncing !network", "stumbled keychain": "syncing !keychain_locked",
			"stumbled lapsed": "syncing !expired", "stumbled again": "syncing !expired",
			"stumbled gone": "failed !expired/LINK_ACCESS_LOST", "stumbled sign-in": "failed !expired/LINK_ACCESS_LOST",
		}},
	}
}

func calledOff(s *link.Session) { s.Found[0].Decided = link.Drop }

func syncing(end string) map[string]string {
	return map[string]string{
		"synced": end, "resumed": "syncing Sync", "resumed late": "syncing Sync", "retried": "syncing Sync",
		"canceled": end + " !canceled", "stumbled network": "syncing !network",
		"stumbled keychain": "syncing !keychain_locked", "stumbled lapsed": "syncing !expired",
		"stumbled again": "syncing !expired", "stumbled gone": end + " !gone", "stumbled sign-in": end + " !sign_in",
	}
}

func over() []situation {
	var all []situation
	for _, stage := range []link.Stage{link.Done, link.Exited, link.Expired, link.Discarded, link.Failed} {
		all = append(all, situation{string(stage), session(stage, nil), nil})
	}
	return all
}

func TestNext(t *testing.T) {
	for _, situation := range situations() {
		for name, event := range events() {
			t.Run(situation.name+"/"+name, func(t *testing.T) {
				want, listed := situation.want[name]
				if !listed {
					want, listed = situation.want[""]
				}
				if !listed {
					want = string(situation.session.Stage)
				}
				before := deepCopy(situation.session)
				next, effects := link.Next(situation.session, event)
				if got := outcome(next, effects); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
				if !reflect.DeepEqual(situation.session, before) {
					t.Error("the session that was given changed")
				}
			})
		}
	}
}

// deepCopy returns a session that shares no list with s.
func deepCopy(s link.Session) link.Session {
	s.Found, s.Items = slices.Clone(s.Found), slices.Clone(s.Items)
	for i := range s.Found {
		s.Found[i].Twins = slices.Clone(s.Found[i].Twins)
	}
	return s
}

func outcome(s link.Session, effects []link.Effect) string {
	words := []string{string(s.Stage)}
	for _, effect := range effects {
		word := strings.TrimPrefix(fmt.Sprintf("%T", effect), "link.")
		if exchange, ok := effect.(link.Exchange); ok && exchange.Again {
			word += "(again)"
		}
		words = append(words, word)
	}
	if trouble := s.Trouble; trouble.Kind != fault.None {
		word := "!" + string(trouble.Kind)
		if strings.HasPrefix(trouble.Code, "LINK_") && trouble.Code != link.CodeInterrupted {
			word += "/" + trouble.Code
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// next returns what the event of a name makes of a session.
func next(s link.Session, name string) link.Session {
	s, _ = link.Next(s, events()[name])
	return s
}

func TestNextKeepsWhatItLearns(t *testing.T) {
	t.Run("the page", func(t *testing.T) {
		s := next(session(link.Preparing, nil), "link made")
		if s.Token.Reveal() != "link-1" || s.URL == "" || !s.Expires.Equal(expires) {
			t.Errorf("session %+v", s)
		}
		if s = next(s, "browser failed"); !s.NoBrowser {
			t.Error("the browser's failure is forgotten")
		}
		if s = next(s, "opened again"); s.NoBrowser {
			t.Error("the browser's failure is remembered after another try")
		}
		if s = next(s, "polled exit"); s.Exit != left || !s.Token.IsEmpty() || s.URL != "" {
			t.Errorf("session %+v", s)
		}
	})
	t.Run("the candidate", func(t *testing.T) {
		s := next(session(link.Waiting, nil), "polled result")
		if len(s.Found) != 1 || s.Found[0].Public.Reveal() != "public-1" || !s.Found[0].FoundAt.Equal(noon) {
			t.Fatalf("found %+v", s.Found)
		}
		s = next(next(next(next(s, "twins none"), "granted"), "fetched"), "synced")
		if !slices.Equal(s.Items, []core.ItemID{"item-1"}) || s.Next != 1 || !s.Found[0].Public.IsEmpty() {
			t.Errorf("session %+v", s)
		}
	})
}

func TestNextKeepsWhatIsDecidedOrLost(t *testing.T) {
	t.Run("a repair instead", func(t *testing.T) {
		s := next(session(link.Deciding, withTwin), "decided repair")
		if s.Purpose != link.Repair || s.Repairs != "old" || !s.Token.IsEmpty() {
			t.Errorf("session %+v", s)
		}
	})
	t.Run("a loss, with the request", func(t *testing.T) {
		s := next(session(link.Exchanging, nil), "stumbled again")
		want := core.Trouble{Kind: fault.Expired, Code: link.CodeAccessLost, RequestID: "r"}
		if s.Trouble != want || s.Found[0].Trouble != want {
			t.Errorf("session %+v", s)
		}
	})
}

func TestNextForgetsWhatIsOver(t *testing.T) {
	t.Run("an item once, as the latest", func(t *testing.T) {
		s := session(link.Exchanging, func(s *link.Session) { s.Items = []core.ItemID{"item-1", "item-2"} })
		if s = next(s, "granted"); !slices.Equal(s.Items, []core.ItemID{"item-2", "item-1"}) {
			t.Errorf("items %v", s.Items)
		}
	})
	t.Run("no trouble that is over", func(t *testing.T) {
		s := session(link.Waiting, func(s *link.Session) { s.Trouble = network })
		if s = next(s, "polled nothing"); s.Trouble.Kind != fault.None {
			t.Errorf("trouble %+v", s.Trouble)
		}
	})
	t.Run("no item that was given back", func(t *testing.T) {
		s := next(next(session(link.Fetching, nil), "canceled"), "revoked")
		if len(s.Items) != 0 || s.Stage != link.Discarded {
			t.Errorf("session %+v", s)
		}
	})
}
