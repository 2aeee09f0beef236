package people

import (
	"fmt"
	"strings"
	"testing"

	"bankbook/core/sandbox/wire"
)

func TestSignIn(t *testing.T) {
	for _, c := range []struct {
		user, password string
		life           string
		accounts       int
	}{
		{"user_good", "pass_good", "", 12},
		{"user_good", "microdeposits_good", "", 12},
		{"user_transactions_dynamic", "x", "dynamic", 12},
		{"user_yuppie", "x", "yuppie", 5},
		{"user_small_business", "x", "small-business", 3},
		{"user_ewa_user", "x", "ewa", 2},
		{"user_bank_income", "x", "bank-income", 2},
		{"user_credit_profile_excellent", "x", "yuppie", 3},
		{"user_credit_profile_good", "x", "bank-income", 2},
		{"user_credit_profile_poor", "x", "ewa", 2},
		{"user_credit_bonus", "x", "bank-income", 2},
		{"user_credit_joint_account", "x", "bank-income", 2},
		{"user_prism_8", "x", "bank-income", 2},
		{"user_limited_purpose_checking", "x", "none", 1},
		{"user_transactions_1", "x", "scale:1", 3},
		{"user_transactions_1000000", "x", "scale:1000000", 3},
		{"user_custom", "{}", "none", 2},
	} {
		p, refusal := SignIn(c.user, c.password)
		if refusal != nil {
			t.Errorf("%s: %v", c.user, refusal)
			continue
		}
		if p.User != c.user || string(p.Life) != c.life || len(p.Accounts) != c.accounts || len(p.Login.Rounds) != 0 || p.MicroDeposits != (c.password == microDeposits) {
			t.Errorf("%s: %+v", c.user, p)
		}
		masks := map[string]bool{}
		for _, a := range p.Accounts {
			if len(a.Owners) != 1 || (a.Type == Credit && a.Mask != "9999") != (a.Liability != nil && a.Liability.Card != nil) || masks[a.Mask] || p.Account(a.Code) == nil {
				t.Errorf("%s: account %+v", c.user, a)
			}
			masks[a.Mask] = true
		}
		if c.user == CustomUser {
			continue
		}
		if again := Known(c.user); again == nil || len(again.Accounts) != c.accounts {
			t.Errorf("%s is not known by name", c.user)
		}
	}
}

func TestWrongSignIns(t *testing.T) {
	for _, c := range [][2]string{
		{"user_good", ""},
		{"user_good", "pass"},
		{"user_good", "PASS_GOOD"},
		{"User_good", "pass_good"},
		{"", "pass_good"},
		{"", ""},
		{"user_yuppie", ""},
		{"user_nobody", "pass_good"},
		{"user_transactions_0", "x"},
		{"user_transactions_01", "x"},
		{"user_transactions_1000001", "x"},
		{"user_transactions_", "x"},
		{"user_prism_9", "x"},
		{"user_transactions_-5", "x"},
		{"user_good", "mfa_questions_0_1"},
		{"user_good", "mfa_questions_1_10"},
		{"user_good", "mfa_selections_1_1_1"},
		{"user_good", "error_SOMETHING"},
		{"user_good", `{"recaptcha":"ugly"}`},
	} {
		if p, refusal := SignIn(c[0], c[1]); p != nil || refusal == nil || refusal.Code != wire.InvalidCredentials {
			t.Errorf("%s, %s: %+v %v", c[0], c[1], p, refusal)
		}
	}
}

func TestEveryErrorHasItsPassword(t *testing.T) {
	for code, kind := range map[string]string{
		"INVALID_CREDENTIALS": wire.ItemError, "INVALID_MFA": wire.ItemError, "ITEM_LOCKED": wire.ItemError, "ITEM_LOGIN_REQUIRED": wire.ItemError,
		"ITEM_NOT_SUPPORTED": wire.ItemError, "MFA_NOT_SUPPORTED": wire.ItemError, "NO_ACCOUNTS": wire.ItemError,
		"USER_SETUP_REQUIRED": wire.ItemError, "PASSWORD_RESET_REQUIRED": wire.ItemError, "INSUFFICIENT_CREDENTIALS": wire.ItemError,
		"INSTITUTION_DOWN": wire.InstitutionError, "INSTITUTION_NOT_RESPONDING": wire.InstitutionError,
		"INSTITUTION_NO_LONGER_SUPPORTED": wire.InstitutionError, "INSTITUTION_NOT_AVAILABLE": wire.InstitutionError,
		"UNAUTHORIZED_INSTITUTION": wire.InstitutionError, "INTERNAL_SERVER_ERROR": wire.APIError,
	} {
		for _, user := range []string{"user_good", "user_yuppie"} {
			p, refusal := SignIn(user, "error_"+code)
			if p != nil || refusal == nil || refusal.Code != code || refusal.Type != kind || refusal.Message == "" || refusal.Display == nil {
				t.Errorf("%s: %v", code, refusal)
			}
		}
	}
	if e := wire.LoginRefusal("RECAPTCHA_BAD"); e == nil || e.Type != wire.RecaptchaError {
		t.Errorf("RECAPTCHA_BAD: %v", e)
	}
}

func TestRounds(t *testing.T) {
	login := func(user, password string) Login {
		t.Helper()
		p, refusal := SignIn(user, password)
		if refusal != nil {
			t.Fatalf("%s: %v", password, refusal)
		}
		return p.Login
	}
	device := login("user_good", "mfa_device").Rounds
	if len(device) != 2 || device[0].Kind != Device || device[1].Kind != Code {
		t.Fatalf("device: %+v", device)
	}
	for _, c := range []struct {
		round   Round
		answers string
		right   bool
	}{
		{device[0], device[0].Questions[0].Options[1], true},
		{device[0], "somewhere else", false},
		{device[1], "1234", true},
		{device[1], "4321", false},
		{device[1], "", false},
		{login("user_good", "mfa_selections").Rounds[0], "Yes", true},
		{login("user_good", "mfa_selections").Rounds[0], "No", false},
		{login("user_yuppie", "mfa_questions_2_3").Rounds[1], "answer_1_0 answer_1_1 answer_1_2", true},
		{login("user_yuppie", "mfa_questions_2_3").Rounds[1], "answer_1_0 answer_1_1", false},
		{login("user_yuppie", "mfa_questions_2_3").Rounds[1], "answer_1_0 answer_1_1 answer_1_1", false},
		{login("user_good", "mfa_selections_9_2_4").Rounds[8], "answer_8_0_0 answer_8_1_0", true},
		{login("user_good", "mfa_selections_9_2_4").Rounds[8], "answer_8_0_0 answer_8_1_3", false},
	} {
		if got := c.round.Right(strings.Split(c.answers, " ")); c.round.Kind != Device && got != c.right {
			t.Errorf("%s: %s is right: %v", c.round.Kind, c.answers, got)
		}
		if c.round.Kind == Device && c.round.Right([]string{c.answers}) != c.right {
			t.Errorf("device %s", c.answers)
		}
	}
	if l := login("user_good", `{"recaptcha":"bad"}`); !l.Recaptcha || !l.RobotFails {
		t.Errorf("a bad robot: %+v", l)
	}
	if l := login("user_good", `{"recaptcha":"good"}`); !l.Recaptcha || l.RobotFails {
		t.Errorf("a good robot: %+v", l)
	}
	if got := fmt.Sprint(len(login("user_good", "mfa_selections_9_2_4").Rounds[0].Questions[0].Options)); got != "4" {
		t.Errorf("%s options", got)
	}
}

// A forced error comes at once if nothing is asked before it, and else last.
func TestForcedErrors(t *testing.T) {
	if _, refusal := SignIn(CustomUser, `{"force_error":"ITEM_LOCKED"}`); refusal == nil || refusal.Code != "ITEM_LOCKED" {
		t.Errorf("at once: %v", refusal)
	}
	p, refusal := SignIn(CustomUser, `{"force_error":"ITEM_LOCKED","mfa":{"type":"device"}}`)
	if refusal != nil || p.Login.Error != "ITEM_LOCKED" || len(p.Login.Rounds) != 2 {
		t.Errorf("last: %+v %v", p, refusal)
	}
}
