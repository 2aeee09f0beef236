package sandbox_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// receiver is a client's webhook endpoint. It hands on what it accepts.
type receiver struct {
	*httptest.Server
	b   *bench
	got chan delivery
}

type delivery struct {
	jwt  string
	body []byte
}

func (b *bench) newReceiver() *receiver {
	r := &receiver{b: b, got: make(chan delivery, 1000)}
	r.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			b.t.Error(err)
		}
		r.got <- delivery{req.Header.Get("Plaid-Verification"), body}
	}))
	b.t.(testing.TB).Cleanup(r.Close)
	return r
}

// lost is how long a webhook is waited for before the test fails.
const lost = 10 * time.Second

// next returns the next webhook, after checking its signature as Plaid tells its
// clients to, and its shape against Plaid's documents.
func (r *receiver) next() object {
	r.b.t.Helper()
	select {
	case d := <-r.got:
		r.b.verify(d)
		var out object
		if err := json.Unmarshal(d.body, &out); err != nil {
			r.b.t.Fatal(err)
		}
		conformWebhook(r.b.t.(testing.TB), out)
		return out
	case <-time.After(lost):
		r.b.t.Fatal("no webhook came")
		return nil
	}
}

// wants checks that the next webhooks have these types and codes, and returns
// the last.
func (r *receiver) wants(list ...string) object {
	r.b.t.Helper()
	var last object
	for _, want := range list {
		last = r.next()
		if got := last["webhook_type"].(string) + "/" + last["webhook_code"].(string); got != want {
			r.b.t.Fatalf("got %s, want %s", got, want)
		}
	}
	return last
}

// wantsNone checks that nothing is on its way: webhooks come in order, and one
// that is fired now comes next.
func (r *receiver) wantsNone(access string) {
	r.b.t.Helper()
	r.b.must("/sandbox/item/fire_webhook", object{"access_token": access, "webhook_code": "LOGIN_REPAIRED"})
	r.wants("ITEM/LOGIN_REPAIRED")
}

// verify follows https://plaid.com/docs/api/webhooks/webhook-verification.
func (b *bench) verify(d delivery) {
	b.t.Helper()
	parts := strings.Split(d.jwt, ".")
	if len(parts) != 3 {
		b.t.Fatalf("no JWT: %q", d.jwt)
	}
	raw := func(text string) []byte {
		out, err := base64.RawURLEncoding.DecodeString(text)
		if err != nil {
			b.t.Fatal(err)
		}
		return out
	}
	var header struct{ Alg, Kid string }
	var claims struct {
		Iat  int64
		Body string `json:"request_body_sha256"`
	}
	if json.Unmarshal(raw(parts[0]), &header) != nil || json.Unmarshal(raw(parts[1]), &claims) != nil || header.Alg != "ES256" {
		b.t.Fatalf("no JWT: %q", d.jwt)
	}
	key := b.must("/webhook_verification_key/get", object{"key_id": header.Kid})["key"].(object)
	point := append(append([]byte{4}, raw(key["x"].(string))...), raw(key["y"].(string))...)
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	if err != nil {
		b.t.Fatal(err)
	}
	digest, sig := sha256.Sum256([]byte(parts[0]+"."+parts[1])), raw(parts[2])
	if !ecdsa.Verify(public, digest[:], new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:])) {
		b.t.Error("the signature of a webhook is wrong")
	}
	if sum := sha256.Sum256(d.body); claims.Body != hex.EncodeToString(sum[:]) || claims.Iat != b.clock.Now().Unix() {
		b.t.Errorf("claims %+v", claims)
	}
}

// webhookSchemas are the schemas of webhooks in Plaid's documents.
var webhookSchemas = map[string]string{
	"TRANSACTIONS/INITIAL_UPDATE": "InitialUpdateWebhook", "TRANSACTIONS/HISTORICAL_UPDATE": "HistoricalUpdateWebhook",
	"TRANSACTIONS/DEFAULT_UPDATE": "DefaultUpdateWebhook", "TRANSACTIONS/TRANSACTIONS_REMOVED": "TransactionsRemovedWebhook",
	"TRANSACTIONS/SYNC_UPDATES_AVAILABLE":        "SyncUpdatesAvailableWebhook",
	"TRANSACTIONS/RECURRING_TRANSACTIONS_UPDATE": "RecurringTransactionsUpdateWebhook",
	"ITEM/ERROR":                  "ItemErrorWebhook",
	"ITEM/LOGIN_REPAIRED":         "ItemLoginRepairedWebhook",
	"ITEM/PENDING_EXPIRATION":     "PendingExpirationWebhook",
	"ITEM/PENDING_DISCONNECT":     "PendingDisconnectWebhook",
	"ITEM/NEW_ACCOUNTS_AVAILABLE": "NewAccountsAvailableWebhook", "ITEM/USER_PERMISSION_REVOKED": "UserPermissionRevokedWebhook",
	"ITEM/USER_ACCOUNT_REVOKED": "UserAccountRevokedWebhook", "ITEM/WEBHOOK_UPDATE_ACKNOWLEDGED": "WebhookUpdateAcknowledgedWebhook",
	"AUTH/DEFAULT_UPDATE": "AuthDefaultUpdateWebhook", "AUTH/SMS_MICRODEPOSITS_VERIFICATION": "HostedMMDVerificationWebhook",
	"LIABILITIES/DEFAULT_UPDATE": "LiabilitiesDefaultUpdateWebhook",
	"HOLDINGS/DEFAULT_UPDATE":    "HoldingsDefaultUpdateWebhook", "INVESTMENTS_TRANSACTIONS/DEFAULT_UPDATE": "InvestmentsDefaultUpdateWebhook",
	"AUTH/AUTOMATICALLY_VERIFIED": "AutomaticallyVerifiedWebhook", "AUTH/VERIFICATION_EXPIRED": "VerificationExpiredWebhook",
	"ASSETS/PRODUCT_READY": "AssetsProductReadyWebhook", "ASSETS/ERROR": "AssetsErrorWebhook",
	"LINK/EVENTS": "LinkEventsWebhook", "LINK/ITEM_ADD_RESULT": "ItemAddResultWebhook", "LINK/SESSION_FINISHED": "LinkSessionFinishedWebhook",
	"TRANSFER/TRANSFER_EVENTS_UPDATE": "TransferEventsUpdateWebhook",
}

// conformWebhook checks a webhook against every document that knows it.
func conformWebhook(t testing.TB, body object) {
	t.Helper()
	all, err := specs()
	if err != nil {
		t.Fatal(err)
	}
	name := webhookSchemas[body["webhook_type"].(string)+"/"+body["webhook_code"].(string)]
	if name == "" || body["environment"] != "sandbox" {
		t.Errorf("no webhook of Plaid's sandbox: %v", body)
	}
	for _, s := range all {
		schema := s.doc.Components.Schemas[name]
		if schema == nil || s.name == "v20" && name == "LinkEventsWebhook" { // which misspells a required field
			continue
		}
		// Both documents forget that an error can be null, and show it so.
		checked := object{}
		for k, v := range body {
			if k != "error" || v != nil {
				checked[k] = v
			}
		}
		for _, required := range schema.Value.Required {
			if required == "error" && body["error"] == nil {
				checked["error"] = object{"error_type": "ITEM_ERROR", "error_code": "X", "error_message": "x", "display_message": nil}
			}
		}
		if err := schema.Value.VisitJSON(map[string]any(checked), openapi3.EnableFormatValidation()); err != nil {
			t.Errorf("%s does not conform to %s: %v", name, s.name, err)
		}
	}
}

// hooked links a bank with a webhook address.
func (b *bench) hooked(institution, address string, products ...string) (access string) {
	b.t.Helper()
	if len(products) == 0 {
		products = []string{"transactions", "auth"}
	}
	made := b.must("/sandbox/public_token/create", object{
		"institution_id": institution, "initial_products": products, "options": object{"webhook": address},
	})
	return b.must("/item/public_token/exchange", object{"public_token": made["public_token"]})["access_token"].(string)
}

func (b *bench) lastWebhook(access string) any {
	b.t.Helper()
	return b.must("/item/get", object{"access_token": access})["status"].(object)["last_webhook"]
}
