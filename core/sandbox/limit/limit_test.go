package limit

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

var start = time.Date(2026, time.November, 21, 9, 30, 0, 0, time.UTC)

// spend takes until a request is refused, and returns how many were granted.
func spend(t *testing.T, m *Meter, path, item string, at time.Time) (granted int, code string) {
	t.Helper()
	for granted < 10_000 {
		if code = m.Take(path, item, at); code != "" {
			return granted, code
		}
		granted++
	}
	return granted, ""
}

// The figures are those of Plaid's sandbox table.
func TestLimitsPerItemAndPerClient(t *testing.T) {
	for path, want := range map[string]struct {
		item, client         int
		itemCode, clientCode string
	}{
		"/accounts/get":                  {100, 5_000, "ACCOUNTS_LIMIT", "ACCOUNTS_LIMIT"},
		"/accounts/balance/get":          {25, 100, "BALANCE_LIMIT", "ACCOUNTS_BALANCE_GET_LIMIT"},
		"/auth/get":                      {100, 500, "AUTH_LIMIT", "AUTH_LIMIT"},
		"/identity/get":                  {100, 1_000, "IDENTITY_LIMIT", "IDENTITY_LIMIT"},
		"/item/get":                      {40, 5_000, "ITEM_GET_LIMIT", "ITEM_GET_LIMIT"},
		"/institutions/get":              {10, 10, "INSTITUTIONS_GET_LIMIT", "INSTITUTIONS_GET_LIMIT"},
		"/transactions/sync":             {50, 1_000, "TRANSACTIONS_SYNC_LIMIT", "TRANSACTIONS_SYNC_LIMIT"},
		"/transactions/get":              {80, 1_000, "TRANSACTIONS_LIMIT", "TRANSACTIONS_LIMIT"},
		"/transactions/refresh":          {2, 100, "TRANSACTIONS_REFRESH_LIMIT", "TRANSACTIONS_REFRESH_LIMIT"},
		"/transfer/authorization/create": {100, 100, "RATE_LIMIT", "RATE_LIMIT"},
		"/transfer/refund/get":           {5_000, 5_000, "RATE_LIMIT", "RATE_LIMIT"},
		"/transfer/sweep/list":           {100, 100, "RATE_LIMIT", "RATE_LIMIT"},
		"/link/token/create":             {10_000, 10_000, "", ""},
	} {
		var m Meter
		if n, code := spend(t, &m, path, "a", start); n != want.item || code != want.itemCode {
			t.Errorf("%s, one Item: %d, then %q", path, n, code)
		}
		var whole Meter
		total, code := 0, ""
		for item := 'a'; total < 10_000; item++ {
			n, c := spend(t, &whole, path, string(item), start)
			if total, code = total+n, c; n == 0 || c == "" {
				break
			}
		}
		if total != want.client || code != want.clientCode {
			t.Errorf("%s, many Items: %d, then %q", path, total, code)
		}
	}
}

func TestHourlyWindow(t *testing.T) {
	var m Meter
	if n, _ := spend(t, &m, "/transfer/authorization/create", "a", start); n != 100 {
		t.Fatal(n)
	}
	if code := m.Take("/transfer/authorization/create", "a", start.Add(59*time.Minute)); code == "" {
		t.Error("granted within the hour")
	}
	if code := m.Take("/transfer/authorization/create", "a", start.Add(time.Hour)); code != "" {
		t.Errorf("refused after the hour: %s", code)
	}
}

// In no window of a minute are more requests granted than the limit, and none
// is refused while fewer were.
func TestWindowsSlide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m Meter
		var granted []time.Time
		now := start
		for range rapid.IntRange(1, 200).Draw(t, "requests") {
			now = now.Add(time.Duration(rapid.IntRange(0, 3_000).Draw(t, "ms")) * time.Millisecond)
			within := 0
			for _, at := range granted {
				if at.After(now.Add(-time.Minute)) {
					within++
				}
			}
			code := m.Take("/accounts/balance/get", "a", now)
			if (code == "") != (within < 25) {
				t.Fatalf("%d in the window, answer %q", within, code)
			}
			if code == "" {
				granted = append(granted, now)
			}
		}
	})
}
