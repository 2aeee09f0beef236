package sandbox_test

import (
	"fmt"
	"testing"
	"time"
)

func TestInvalidateReplacesTheToken(t *testing.T) {
	b := newBench(t)
	first, itemID := b.instant("ins_109508", 30)
	tokens := []string{first}
	for range 3 {
		last := tokens[len(tokens)-1]
		tokens = append(tokens, b.must("/item/access_token/invalidate", object{"access_token": last})["new_access_token"].(string))
		for _, old := range tokens[:len(tokens)-1] {
			b.wants("/item/get", object{"access_token": old}, "INVALID_ACCESS_TOKEN")
			b.wants("/item/access_token/invalidate", object{"access_token": old}, "INVALID_ACCESS_TOKEN")
		}
	}
	b.restart()
	last := tokens[len(tokens)-1]
	if got := b.must("/item/get", object{"access_token": last})["item"].(object)["item_id"]; got != itemID {
		t.Errorf("the last token leads to %v", got)
	}
	made := b.must("/item/public_token/create", object{"access_token": last})
	if got := b.must("/item/public_token/exchange", object{"public_token": made["public_token"]}); got["access_token"] != last || got["item_id"] != itemID {
		t.Errorf("another public token leads to %v", got)
	}
}

func TestPublicTokenOfALinkedItem(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	b.must("/sandbox/item/reset_login", object{"access_token": access})
	made := b.must("/item/public_token/create", object{"access_token": access})
	ends, err := time.Parse(time.RFC3339, made["expiration"].(string))
	if err != nil || ends.Sub(b.clock.Now()) != 30*time.Minute {
		t.Errorf("it expires at %v", made["expiration"])
	}
	b.must("/item/remove", object{"access_token": access})
	b.wants("/item/public_token/exchange", object{"public_token": made["public_token"]}, "ITEM_NOT_FOUND")
	b.wants("/item/public_token/create", object{"access_token": access}, "ITEM_NOT_FOUND")
}

func TestImport(t *testing.T) {
	b := newBench(t)
	body := func(change object) object {
		return with(object{"products": []string{"auth"}, "user_auth": object{"user_id": "user_good", "auth_token": "pass_good"}}, change)
	}
	access := b.must("/item/import", body(object{"options": object{"webhook": "https://example.com/hook"}}))["access_token"]
	it := b.must("/item/get", object{"access_token": access})["item"].(object)
	if it["webhook"] != "https://example.com/hook" || it["institution_id"] != "ins_109508" {
		t.Errorf("item: %v", it)
	}
	b.must("/auth/get", object{"access_token": access})
	b.wants("/item/import", body(object{"user_auth": object{"user_id": "user_good", "auth_token": "no"}}), "INVALID_CREDENTIALS")
	b.wants("/item/import", body(object{"products": []string{"assets"}}), "INVALID_PRODUCT")
	b.wants("/item/import", body(object{"institution_id": "ins_0"}), "INVALID_INSTITUTION")
	b.wants("/item/import", body(object{"products": []string{}}), "INVALID_FIELD")
}

func TestUsers(t *testing.T) {
	b := newBench(t)
	made := b.must("/user/create", object{"client_user_id": "somebody"})
	if again := b.must("/user/create", object{"client_user_id": "somebody"}); again["user_id"] != made["user_id"] {
		t.Errorf("the same user has two ids: %v %v", made, again)
	}
	other := b.must("/user/create", object{"client_user_id": "else"})
	link := func(user object) (access, itemID any) {
		token, address := b.newLink(user)
		walk(newBrowser(t), address).press("share", nil)
		public := b.sessions(token)[0].(object)["on_success"].(object)["public_token"]
		got := b.must("/item/public_token/exchange", object{"public_token": public})
		return got["access_token"], got["item_id"]
	}
	mine, mineID := link(object{"user_id": made["user_id"], "user": nil})
	mineToo, _ := link(nil) // newLink's user is somebody
	theirs, theirsID := link(object{"user_token": other["user_token"], "user": nil})

	b.must("/sandbox/user/reset_login", object{"user_id": made["user_id"], "item_ids": []any{mineID}})
	b.wants("/accounts/get", object{"access_token": mine}, "ITEM_LOGIN_REQUIRED")
	b.must("/accounts/get", object{"access_token": mineToo})
	b.must("/sandbox/user/reset_login", object{"user_token": made["user_token"]})
	b.wants("/accounts/get", object{"access_token": mineToo}, "ITEM_LOGIN_REQUIRED")

	b.wants("/sandbox/user/reset_login", object{"user_id": made["user_id"], "item_ids": []any{theirsID}}, "INVALID_FIELD")
	b.wants("/sandbox/user/reset_login", object{}, "MISSING_FIELDS")
	b.wants("/sandbox/user/reset_login", object{"user_id": "nobody"}, "INVALID_FIELD")
	b.wants("/sandbox/user/reset_login", object{"user_token": "user-" + unknown}, "INVALID_USER_TOKEN")
	b.must("/accounts/get", object{"access_token": theirs})
}

func TestLongClientNameIsNotShown(t *testing.T) {
	b := newBench(t)
	_, address := b.newLink(object{"client_name": "A name of more than thirty letters"})
	newBrowser(t).open(address).shows("Link a bank to This Application")
}

func TestLinkOptionsThatAreGood(t *testing.T) {
	b := newBench(t)
	access, _ := b.instant("ins_109508", 30)
	for name, change := range map[string]object{
		"everything about the user": {"user": object{
			"client_user_id": "u", "legal_name": "A B", "phone_number": "+14155550123", "email_address": "a@example.com", "date_of_birth": "1990-01-31",
		}},
		"ways to find numbers": {"products": []string{"auth"}, "optional_products": nil, "auth": object{
			"automated_microdeposits_enabled": true, "instant_match_enabled": true, "same_day_microdeposits_enabled": true,
			"instant_microdeposits_enabled": true, "reroute_to_credentials": "OPTIONAL", "auth_type_select_enabled": true,
		}},
		"a redirect":            {"redirect_uri": "https://example.com/oauth"},
		"a redirect to here":    {"redirect_uri": "http://localhost:8080/oauth"},
		"products of all kinds": {"required_if_supported_products": []string{}, "additional_consented_products": []string{}},
		"a choice of accounts":  {"access_token": access, "update": object{"account_selection_enabled": true}},
		"a webhook":             {"webhook": "https://example.com/hook"},
		"a routing number":      {"institution_data": object{"routing_number": "110000000"}},
	} {
		token, _ := b.newLink(change)
		got := b.must("/link/token/get", object{"link_token": token})["metadata"].(object)
		for _, told := range []string{"webhook", "redirect_uri", "institution_data"} {
			if want := change[told]; fmt.Sprint(got[told]) != fmt.Sprint(want) {
				t.Errorf("%s: %s is %v, want %v", name, told, got[told], want)
			}
		}
	}
}
