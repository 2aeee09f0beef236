package overview_test

import (
	"slices"
	"testing"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/money"
	"bankbook/ui/screen/overview"
)

var now = time.Date(2026, 11, 18, 9, 43, 0, 0, time.UTC)

func account(id string, kind core.AccountType, minor int64, c money.Currency) core.Account {
	return core.Account{
		ID: core.AccountID(id), Type: kind, Name: id,
		Balance: core.Balance{Current: money.Known(money.Of(minor, c)), At: now.Add(-time.Minute)},
	}
}

func TestSums(t *testing.T) {
	unknown := account("unknown", core.Depository, 0, money.USD)
	unknown.Balance.Current = money.Optional{}
	accounts := []core.Account{
		account("checking", core.Depository, 10_000, money.USD), account("savings", core.Depository, 5_000, money.USD),
		account("card", core.Credit, 3_000, money.USD), account("mortgage", core.Loan, 7_000, money.USD),
		account("401k", core.Investment, 20_000, money.USD),
		account("euro", core.Depository, 900, "EUR"), account("eurocard", core.Credit, 400, "EUR"), unknown,
	}
	s := overview.Build(overview.Data{Accounts: accounts}, now).Sums
	for _, tt := range []struct {
		name      string
		got, want string
	}{
		{"cash", s.Cash.Amount.Text(), "$150.00"},
		{"owed", s.Owed.Amount.Text(), "$100.00"},
		{"net", s.Net.Amount.Text(), "$250.00"},
		{"invested", s.Invested.Text(), "$200.00"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s is %s, want %s", tt.name, tt.got, tt.want)
		}
	}
	if s.CashAccounts != 2 || s.Cards != 1 || s.Loans != 1 || s.Unknown != 1 {
		t.Errorf("counts %+v", s)
	}
	if want := []money.Amount{money.Of(500, "EUR")}; !slices.Equal(s.Others, want) {
		t.Errorf("others %v, want %v", s.Others, want)
	}
}

func TestSumsThatDoNotFitAreUnknown(t *testing.T) {
	const most = int64(^uint64(0) >> 1)
	accounts := []core.Account{account("a", core.Depository, most, money.USD), account("b", core.Depository, most, money.USD)}
	if s := overview.Build(overview.Data{Accounts: accounts}, now).Sums; s.Cash.Known || s.Net.Known {
		t.Errorf("cash %v, net %v", s.Cash, s.Net)
	}
}

func total(month time.Month, account, category string, in, out int64) core.Total {
	return core.Total{
		Month: core.NewMonth(2026, month), Account: core.AccountID(account), Category: category,
		Currency: money.USD, Count: 1, In: in, Out: out,
	}
}

func TestCashFlowCountsCashAccountsWithoutTransfers(t *testing.T) {
	d := overview.Data{
		Accounts: []core.Account{account("checking", core.Depository, 1, money.USD), account("card", core.Credit, 1, money.USD)},
		Totals: []core.Total{
			total(11, "checking", "INCOME", 50_000, 0),
			total(11, "checking", "FOOD_AND_DRINK", 0, -2_000),
			total(11, "checking", "LOAN_PAYMENTS", 0, -3_000), // the card is paid: cash leaves
			total(11, "checking", "TRANSFER_OUT", 0, -9_000),
			total(11, "card", "FOOD_AND_DRINK", 0, -3_000), // counts when the card is paid
			total(10, "checking", "INCOME", 100, 0),
			{Month: core.NewMonth(2026, 11), Account: "checking", Currency: "EUR", In: 777},
			{Month: core.NewMonth(2025, 11), Account: "checking", Currency: money.USD, In: 888},
		},
	}
	p := overview.Build(d, now)
	if len(p.Flow) != 12 || p.Flow[0].Month != core.NewMonth(2025, 12) || p.Flow[11].Month != core.NewMonth(2026, 11) {
		t.Fatalf("months %v", p.Flow)
	}
	november, october := p.Flow[11], p.Flow[10]
	if november.In.Minor != 50_000 || november.Out.Minor != -5_000 || november.Net().Minor != 45_000 {
		t.Errorf("november %+v", november)
	}
	if october.In.Minor != 100 || p.Sums.ThisMonth.Minor != 45_000 {
		t.Errorf("october %+v, this month %v", october, p.Sums.ThisMonth)
	}
}

func TestCashFlowWithoutCashAccountsLeavesPaymentsOut(t *testing.T) {
	d := overview.Data{
		Accounts: []core.Account{account("card", core.Credit, 1, money.USD)},
		Totals:   []core.Total{total(11, "card", "FOOD_AND_DRINK", 0, -3_000), total(11, "card", "LOAN_PAYMENTS", 8_000, 0)},
	}
	if f := overview.Build(d, now).Flow[11]; f.In.Minor != 0 || f.Out.Minor != -3_000 {
		t.Errorf("flow %+v", f)
	}
}

func TestSpendingTakesRefundsOffAndLeavesTransfersOut(t *testing.T) {
	d := overview.Data{Totals: []core.Total{
		total(11, "checking", "FOOD_AND_DRINK", 500, -2_500), total(11, "card", "FOOD_AND_DRINK", 0, -1_000),
		total(11, "card", "TRAVEL", 0, -9_000), total(11, "card", "ENTERTAINMENT", 400, -400),
		total(11, "checking", "INCOME", 90_000, 0), total(11, "checking", "TRANSFER_OUT", 0, -70_000),
		total(11, "checking", "LOAN_PAYMENTS", 0, -60_000), total(10, "card", "TRAVEL", 0, -80_000),
	}}
	want := []overview.Spend{{Category: "TRAVEL", Amount: money.Of(9_000, money.USD)}, {Category: "FOOD_AND_DRINK", Amount: money.Of(3_000, money.USD)}}
	if got := overview.Build(d, now).Spending; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestMainCurrencyIsThatOfMostAccounts(t *testing.T) {
	p := overview.Build(overview.Data{Accounts: []core.Account{
		account("a", core.Depository, 100, "EUR"), account("b", core.Depository, 100, "EUR"), account("c", core.Depository, 100, money.USD),
	}}, now)
	if got := p.Sums.Cash.Amount; got != money.Of(200, "EUR") {
		t.Errorf("cash %v", got)
	}
	if p := overview.Build(overview.Data{}, now); p.Sums.Cash.Amount.Currency != money.USD || !p.Empty {
		t.Errorf("empty page %+v", p.Sums)
	}
}

func item(name string, status core.ItemStatus) core.Item {
	return core.Item{ID: core.ItemID(name), Institution: core.Institution{Name: name}, Status: status, Sync: core.SyncState{LastSuccess: now}}
}

func TestAttentionShowsTheMostUrgentFirst(t *testing.T) {
	consent := item("Consent", core.Connected)
	consent.ConsentEnds = now.AddDate(0, 0, 5)
	d := overview.Data{
		Items: []core.Item{item("Fine", core.Connected), consent, item("Gone", core.Gone), item("SignIn", core.SignInNeeded)},
		Links: []link.Session{
			{ID: "syncing", Stage: link.Syncing},
			{ID: "over", Stage: link.Done},
			{ID: "waiting", Stage: link.Waiting},
			{ID: "stuck", Stage: link.Exchanging, Trouble: core.Trouble{Kind: fault.KeychainLocked}, Found: []link.Candidate{{Institution: core.Institution{Name: "Tartan"}}}},
		},
	}
	var got []string
	for _, a := range overview.Build(d, now).Attention {
		got = append(got, a.Subject+": "+a.Reason+" ["+a.Button+"]")
	}
	want := []string{
		"Gone: Has ended the connection [See banks]",
		"SignIn: Needs you to sign in again [Reconnect]",
		"Tartan is half linked: The keychain is locked [Continue]",
		"Consent: Consent ends in 5 days [Renew]",
		"A bank is half linked: Waiting for you in the browser [Continue]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
