package sandbox_test

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bankbook/core/sandbox"
)

// leftOut are the tests of plaid-go's own that are not run here, each with the
// reason.
var leftOut = map[string]string{
	"TestAssetReportFullFlow":           "/asset_report/* is not the practice bank's",
	"TestBankTransferCreate":            "/bank_transfer/* is not the practice bank's: /transfer/* replaced it",
	"TestBankTransferCancel":            "/bank_transfer/* is not the practice bank's: /transfer/* replaced it",
	"TestBankTransferEventList":         "/bank_transfer/* is not the practice bank's: /transfer/* replaced it",
	"TestBankTransferEventSync":         "/bank_transfer/* is not the practice bank's: /transfer/* replaced it",
	"TestBankTransferGet":               "/bank_transfer/* is not the practice bank's: /transfer/* replaced it",
	"TestBankTransferList":              "/bank_transfer/* is not the practice bank's: /transfer/* replaced it",
	"TestBankTransferBalanceGet":        "/bank_transfer/* is not the practice bank's: /transfer/* replaced it",
	"TestBankTransferMigrateAccount":    "/bank_transfer/* is not the practice bank's: /transfer/* replaced it",
	"TestEnrichGet":                     "/transactions/enrich is not the practice bank's",
	"TestHoldingsGet":                   "/investments/* is not the practice bank's",
	"TestInvestmentsTransactionsGet":    "/investments/* is not the practice bank's",
	"TestInvestmentsAuthGet":            "/investments/* is not the practice bank's",
	"TestIdentityVerification":          "/identity_verification/* is not the practice bank's",
	"TestPayStubsGet":                   "/income/* is not the practice bank's",
	"TestPreCheck":                      "/income/* is not the practice bank's",
	"TestMonitor":                       "/watchlist_screening/* is not the practice bank's",
	"TestPaymentRecipientGet":           "/payment_initiation/* is not the practice bank's",
	"TestPaymentWithBacs":               "/payment_initiation/* is not the practice bank's",
	"TestPaymentWithBacsAndIban":        "/payment_initiation/* is not the practice bank's",
	"TestProcessorCreateApexToken":      "/processor/* is not the practice bank's",
	"TestProcessorCreateDwollaToken":    "/processor/* is not the practice bank's",
	"TestSandboxIncomeVerificationItem": "plaid-go itself skips it",
	"TestUnknownEnums":                  "calls no server",
	"TestJsonUnmarshal":                 "calls no server",
	"TestMakeGenericOpenAPIError":       "calls no server",
}

// plaidGoTests is how many are run, so that none goes missing unseen.
const plaidGoTests = 27

// The tests that plaid-go brings along for Plaid's own sandbox pass against the
// practice bank. Each runs in a process of its own: some panic when they fail.
func TestPlaidGoPasses(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "plaid-go.test")
	if out, err := exec.Command("go", "test", "-c", "-o", binary, "github.com/plaid/plaid-go/v20/tests").CombinedOutput(); err != nil {
		t.Fatalf("build plaid-go's tests: %v\n%s", err, out)
	}
	list, err := exec.Command(binary, "-test.list", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	bank, err := sandbox.Listen(t.Context(), sandbox.Config{
		ClientID: testID, Secret: testSecret, InitialDelay: sandbox.Immediately, HistoryDelay: sandbox.Immediately,
	}, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bank.Close() })
	key := signerOf(t, bank.URL())
	ran := 0
	for name := range strings.FieldsSeq(string(list)) {
		if leftOut[name] != "" {
			continue
		}
		ran++
		t.Run(name, func(t *testing.T) { runPlaidGo(t, binary, name, append(key, "PLAID_API_URI="+bank.URL())) })
	}
	if ran != plaidGoTests {
		t.Errorf("%d tests were run, want %d", ran, plaidGoTests)
	}
}

// plaidGoPatience is how long one test may take; the longest waits for a product
// to be ready.
const plaidGoPatience = time.Minute

func runPlaidGo(t *testing.T, binary, name string, env []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), plaidGoPatience)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, "-test.run", "^"+name+"$", "-test.count=1")
	cmd.Env = append(append(os.Environ(), "CLIENT_ID="+testID, "SECRET="+testSecret), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// signerOf returns, for the environment, the id of a key that the bank signs
// webhooks with: plaid-go knows that of Plaid's own sandbox only.
func signerOf(t *testing.T, url string) []string {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, url+"/practice/webhooks/rotate_key", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Plaid-Client-Id", testID)
	r.Header.Set("Plaid-Secret", testSecret)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var got struct {
		ID string `json:"key_id"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	return []string{"WEBHOOK_VERIFICATION_KEY_ID=" + got.ID}
}
