package link_test

import (
	"time"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
)

// events holds one event of every type, and of some types the variants that
// differ, by name.
func events() map[string]link.Event {
	return map[string]link.Event{
		"begun":             link.Begun{},
		"resumed":           link.Resumed{At: noon.Add(time.Minute)},
		"resumed late":      link.Resumed{At: noon.Add(time.Hour)},
		"opened again":      link.OpenedAgain{},
		"decided second":    link.Decided{Decision: link.Second},
		"decided drop":      link.Decided{Decision: link.Drop},
		"decided repair":    link.Decided{Decision: link.RepairInstead, Item: "old"},
		"decided nothing":   link.Decided{},
		"retried":           link.Retried{},
		"canceled":          link.Canceled{},
		"link made":         link.LinkMade{Link: bank.Link{Token: secret.New("link-1"), URL: "https://secure.plaid.com/1", Expires: expires}},
		"instant made":      link.InstantMade{Candidate: link.Candidate{Public: secret.New("public-1")}},
		"browser failed":    link.BrowserFailed{},
		"polled nothing":    link.Polled{At: noon},
		"polled open":       visits(noon, bank.LinkSession{}),
		"polled open late":  visits(expires.Add(time.Minute), bank.LinkSession{}),
		"polled very late":  visits(expires.Add(7*time.Hour), bank.LinkSession{}),
		"polled first":      visits(noon, bank.LinkSession{Results: []bank.LinkResult{result}}),
		"polled first late": visits(expires.Add(time.Minute), bank.LinkSession{Results: []bank.LinkResult{result}}),
		"polled first on asking": link.Polled{
			At: noon, Asked: true, Status: bank.LinkStatus{Sessions: []bank.LinkSession{{Results: []bank.LinkResult{result}}}},
		},
		"polled late":       link.Polled{At: expires.Add(time.Second)},
		"polled result":     visits(noon, bank.LinkSession{Finished: noon, Results: []bank.LinkResult{result}}),
		"polled finish":     visits(noon, bank.LinkSession{Finished: noon}),
		"polled exit":       visits(noon, bank.LinkSession{Finished: noon, Exit: &left}),
		"poll failed":       link.PollFailed{At: noon, Trouble: network},
		"poll failed late":  link.PollFailed{At: expires.Add(7 * time.Hour), Trouble: network},
		"poll lapsed":       link.PollFailed{At: noon, Trouble: lapsed},
		"twins none":        link.TwinsFound{},
		"twins some":        link.TwinsFound{Twins: []core.AccountID{"twin"}},
		"granted":           link.Granted{Item: "item-1"},
		"fetched":           link.Fetched{},
		"unchanged":         link.StillBroken{},
		"still broken":      link.StillBroken{Trouble: core.Trouble{Kind: fault.SignIn}},
		"synced":            link.Synced{},
		"revoked":           link.Revoked{},
		"stumbled network":  link.Stumbled{Trouble: network},
		"stumbled keychain": link.Stumbled{Trouble: locked},
		"stumbled lapsed":   link.Stumbled{Trouble: lapsed},
		"stumbled again":    link.Stumbled{Trouble: lapsed, Again: true},
		"stumbled gone":     link.Stumbled{Trouble: core.Trouble{Kind: fault.Gone}},
		"stumbled sign-in":  link.Stumbled{Trouble: core.Trouble{Kind: fault.SignIn}},
	}
}

func visits(at time.Time, sessions ...bank.LinkSession) link.Event {
	return link.Polled{At: at, Status: bank.LinkStatus{Sessions: sessions}}
}
