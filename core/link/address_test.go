package link_test

import (
	"testing"

	"bankbook/core"
	"bankbook/core/link"
)

func TestSafeURL(t *testing.T) {
	cases := []struct {
		page            string
		plaid, practice bool
	}{
		{"https://secure.plaid.com/link/1", true, false},
		{"https://plaid.com/link/1", true, false},
		{"https://SECURE.plaid.com:443/link/1", true, false},
		{"http://127.0.0.1:8080/link/1", false, true},
		{"http://[::1]:8080/link/1", false, true},
		{"http://localhost/link/1", false, true},
		{"https://127.0.0.1/link/1", false, false},
		{"http://secure.plaid.com/link/1", false, false},
		{"https://secure.plaid.com:8443/link/1", false, false},
		{"https://plaid.com.example.org/", false, false},
		{"https://notplaid.com/", false, false},
		{"https://secure.plaid.com@example.org/", false, false},
		{"http://127.0.0.1@example.org/", false, false},
		{"http://127.0.0.1.example.org/", false, false},
		{"http://192.168.0.1/", false, false},
		{"https://secure.plaid.com/ --flag", false, false},
		{"https://secure.plaid.com\\@example.org/", false, false},
		{"javascript:alert(1)", false, false},
		{"file:///etc/passwd", false, false},
		{"--help", false, false},
		{"", false, false},
	}
	for _, c := range cases {
		for env, want := range map[core.Environment]bool{core.Production: c.plaid, core.Sandbox: c.plaid, core.Practice: c.practice} {
			if got := link.SafeURL(env, c.page); got != want {
				t.Errorf("%s: %q safe: %v, want %v", env, c.page, got, want)
			}
		}
	}
}
