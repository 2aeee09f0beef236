package sandbox_test

import (
	"os"
	"path/filepath"
	"testing"
)

func TestMFAUsersAreLinkedAtOnce(t *testing.T) {
	b := newBench(t)
	for _, password := range []string{"mfa_device", "mfa_questions_2_3", "mfa_selections", "mfa_selections_2_2_3", `{"recaptcha":"good"}`, "microdeposits_good"} {
		b.link("ins_109508", []string{"transactions"}, "user_good", password)
	}
	b.link("ins_109508", []string{"transactions"}, "user_custom", `{"mfa":{"type":"device"},"recaptcha":"good"}`)
}

func TestSignInsThatFail(t *testing.T) {
	b := newBench(t)
	create := func(institution, user, password string) object {
		return object{"institution_id": institution, "initial_products": []string{"auth"}, "options": object{"override_username": user, "override_password": password}}
	}
	for _, c := range [][4]string{
		{"ins_109508", "user_good", "nothing", "INVALID_CREDENTIALS"},
		{"ins_109508", "user_nobody", "pass_good", "INVALID_CREDENTIALS"},
		{"ins_109508", "user_good", "error_ITEM_LOCKED", "ITEM_LOCKED"},
		{"ins_109508", "user_good", "error_INSTITUTION_DOWN", "INSTITUTION_DOWN"},
		{"ins_109508", "user_yuppie", "error_MFA_NOT_SUPPORTED", "MFA_NOT_SUPPORTED"},
		{"ins_109508", "user_good", "error_INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR"},
		{"ins_109508", "user_good", `{"recaptcha":"bad"}`, "RECAPTCHA_BAD"},
		{"ins_109508", "user_custom", `{"force_error":"USER_SETUP_REQUIRED","mfa":{"type":"device"}}`, "USER_SETUP_REQUIRED"},
		{"ins_109508", "user_custom", `{"override_accounts":[{"type":"payroll"}]}`, "NO_ACCOUNTS"},
		{"ins_109508", "user_custom", `{"override_accounts":7}`, "INVALID_CREDENTIALS"},
		{"ins_132361", "user_good", "pass_good", "INSTITUTION_DOWN"},
		{"ins_133402", "user_good", "pass_good", "INSTITUTION_NO_LONGER_SUPPORTED"},
		{"ins_0", "user_good", "pass_good", "INVALID_INSTITUTION"},
	} {
		b.wants("/sandbox/public_token/create", create(c[0], c[1], c[2]), c[3])
	}
	b.must("/sandbox/public_token/create", create("ins_132363", "user_good", "pass_good")) // it is slow, and lets one in
}

func TestProductsOfAnInstitution(t *testing.T) {
	b := newBench(t)
	for institution, products := range map[string][]string{
		"ins_109508": {"assets", "investments"}, "ins_43": {"transfer", "liabilities"}, "ins_117650": {"transfer", "payment_initiation"},
	} {
		for _, p := range products {
			b.wants("/sandbox/public_token/create", object{"institution_id": institution, "initial_products": []string{p}}, "INVALID_PRODUCT")
		}
	}
	item := b.must("/item/get", object{"access_token": b.good("ins_43", "identity")})["item"].(object)
	if got := len(item["available_products"].([]any)); got != 3 {
		t.Errorf("available in Canada: %v", item["available_products"])
	}
}

func TestHistoryOptions(t *testing.T) {
	b := newBench(t)
	rows := func(history object) int {
		t.Helper()
		got := map[string]object{}
		b.replay(b.link("ins_109508", []string{"transactions"}, "user_good", "pass_good", object{"transactions": history}), "", 500, got)
		return len(got)
	}
	byDays, byDate := rows(object{"days_requested": 20}), rows(object{"start_date": "2026-11-01", "end_date": "2026-11-20"})
	if byDays == 0 || byDays != byDate {
		t.Errorf("%d rows by days, %d by date", byDays, byDate)
	}
	for _, history := range []object{
		{"start_date": "2026-12-01"}, {"start_date": "2026-11-10", "end_date": "2026-11-01"}, {"start_date": "November"}, {"days_requested": 731},
	} {
		b.wants("/sandbox/public_token/create", object{
			"institution_id": "ins_109508", "initial_products": []string{"transactions"}, "options": object{"transactions": history},
		}, "INVALID_FIELD")
	}
}

// Plaid's published files link as they are.
func TestPublishedCustomUsersLink(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(repoRoot(), "..", "shared", "plaid", "custom-users", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("Plaid's files are not here")
	}
	b := newBench(t)
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		access := b.custom(string(raw), "transactions")
		b.must("/identity/get", object{"access_token": access})
	}
}
