package sandbox_test

import (
	"errors"
	"testing"

	person "bankbook/core/sandbox/walk"
)

// Every way can be gone by a program as by a person: with what the pages tell.
func TestWalksThroughEveryWay(t *testing.T) {
	signedIn := func(bank, password string) person.Choice {
		return person.Choice{Institution: bank, User: "user_good", Password: password}
	}
	for name, c := range map[string]struct {
		link   object
		choice person.Choice
		want   string // the status of the first account's numbers
	}{
		"plain":             {nil, person.Platypus(), ""},
		"a PIN":             {nil, signedIn("ins_109509", "pass_good"), ""},
		"a device":          {nil, signedIn("ins_109508", "mfa_device"), ""},
		"nine rounds":       {nil, signedIn("ins_109508", "mfa_questions_9_9"), ""},
		"selections":        {nil, signedIn("ins_109508", "mfa_selections_2_2_3"), ""},
		"a robot":           {nil, signedIn("ins_109508", `{"recaptcha":"good"}`), ""},
		"OAuth":             {nil, signedIn("ins_127287", "anything"), ""},
		"a slow bank":       {nil, signedIn("ins_132363", "pass_good"), ""},
		"by type":           {object{"auth": object{"auth_type_select_enabled": true, "same_day_microdeposits_enabled": true}}, person.Platypus(), ""},
		"same-day":          {authOnly("same_day_microdeposits_enabled"), person.Choice{Manual: true}, "pending_manual_verification"},
		"instant":           {authOnly("instant_microdeposits_enabled"), person.Choice{Institution: "ins_135858"}, "manually_verified"},
		"instant, by hand":  {authOnly("same_day_microdeposits_enabled"), person.Choice{Manual: true, Routing: "333333334"}, "manually_verified"},
		"match":             {authOnly("instant_match_enabled"), signedIn("ins_109512", "pass_good"), ""},
		"automated":         {authOnly("automated_microdeposits_enabled"), signedIn("ins_109512", "microdeposits_good"), "pending_automatic_verification"},
		"database":          {authOnly("database_match_enabled"), person.Choice{Manual: true}, "database_insights_pass"},
		"database, unknown": {authOnly("database_match_enabled"), person.Choice{Manual: true, Number: "5555"}, "database_insights_fail"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			token, address := b.newLink(c.link)
			if err := person.Link(t.Context(), nil, address, c.choice); err != nil {
				t.Fatal(err)
			}
			meta := b.sessions(token)[0].(object)["on_success"].(object)["metadata"].(object)
			if got, _ := meta["accounts"].([]any)[0].(object)["verification_status"].(string); got != c.want {
				t.Errorf("status %q, want %q", got, c.want)
			}
		})
	}
}

// authOnly asks for account numbers, which may be found out in one way.
func authOnly(way string) object {
	return object{"products": []string{"auth"}, "optional_products": nil, "auth": object{way: true}}
}

func TestWalksOfSomebodyKnown(t *testing.T) {
	b := newBench(t)
	_, address := b.newLink(nil)
	if err := person.Link(t.Context(), nil, address, person.Platypus()); err != nil {
		t.Fatal(err)
	}
	for _, choice := range []person.Choice{person.Platypus(), {Recall: true}} {
		token, address := b.newLink(nil)
		if err := person.Link(t.Context(), nil, address, choice); err != nil {
			t.Fatal(err)
		}
		if s := b.sessions(token)[0].(object); s["results"] == nil {
			t.Errorf("session: %v", s)
		}
	}
}

func TestWalksOfUpdates(t *testing.T) {
	b := newBench(t)
	token, address := b.newLink(authOnly("same_day_microdeposits_enabled"))
	if err := person.Link(t.Context(), nil, address, person.Choice{Manual: true}); err != nil {
		t.Fatal(err)
	}
	typed := b.exchanged(token)
	_, address = b.newLink(object{"access_token": typed})
	if err := person.Link(t.Context(), nil, address, person.Choice{Code: "XYZ"}); !errors.Is(err, person.ErrCode) {
		t.Errorf("a wrong code: %v", err)
	}
	_, address = b.newLink(object{"access_token": typed})
	if err := person.Link(t.Context(), nil, address, person.Choice{}); err != nil || b.numberStatus(typed) != "manually_verified" {
		t.Errorf("the right code: %v", err)
	}

	access, _ := b.instant("ins_109508", 30)
	_, address = b.newLink(object{"access_token": access, "update": object{"account_selection_enabled": true}})
	if err := person.Link(t.Context(), nil, address, person.Choice{Accounts: []string{"1111"}}); err != nil || b.masks(access) != "1111" {
		t.Errorf("accounts %s, %v", b.masks(access), err)
	}
}

func TestWalksThatEndBefore(t *testing.T) {
	for name, c := range map[string]struct {
		link         object
		choice       person.Choice
		status, code string
	}{
		"at the device":     {nil, person.Choice{Institution: "ins_109508", User: "user_good", Password: "mfa_device"}, "choose_device", ""},
		"at the code":       {nil, person.Choice{Institution: "ins_109508", User: "user_good", Password: "mfa_device", Answers: []string{"x"}}, "requires_code", ""},
		"at a problem":      {nil, person.Choice{Institution: "ins_109508", User: "user_good", Password: "error_ITEM_LOCKED"}, "requires_credentials", "ITEM_LOCKED"},
		"before OAuth":      {nil, person.Choice{Institution: "ins_127287"}, "requires_oauth", ""},
		"at a retired bank": {nil, person.Choice{Institution: "ins_133402"}, "institution_not_supported", "INSTITUTION_NO_LONGER_SUPPORTED"},
		"at the numbers":    {authOnly("same_day_microdeposits_enabled"), person.Choice{Manual: true}, "requires_credentials", ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			token, address := b.newLink(c.link)
			if err := person.Exit(t.Context(), nil, address, c.choice); err != nil {
				t.Fatal(err)
			}
			exit := b.sessions(token)[0].(object)["exit"].(object)
			status, _ := exit["metadata"].(object)["status"].(string)
			problem, _ := exit["error"].(object)
			if code, _ := problem["error_code"].(string); status != c.status || code != c.code {
				t.Errorf("left with %q and %q, want %q and %q", status, code, c.status, c.code)
			}
		})
	}
	b := newBench(t)
	for _, choice := range []person.Choice{
		{Institution: "ins_109508", User: "user_good", Password: "error_NO_ACCOUNTS"},
		{Institution: "ins_132361"},
		{Institution: "ins_109508", User: "user_good", Password: `{"recaptcha":"bad"}`},
	} {
		_, address := b.newLink(nil)
		if err := person.Link(t.Context(), nil, address, choice); !errors.Is(err, person.ErrProblem) {
			t.Errorf("%+v: %v, want a problem", choice, err)
		}
	}
	_, address := b.newLink(nil)
	wrong := person.Choice{Institution: "ins_109508", User: "user_good", Password: "mfa_questions_1_1", Answers: []string{"no"}}
	if err := person.Link(t.Context(), nil, address, wrong); !errors.Is(err, person.ErrCode) {
		t.Errorf("a wrong answer: %v", err)
	}
}
