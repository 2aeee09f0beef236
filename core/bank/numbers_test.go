package bank_test

import (
	"strings"
	"testing"

	"bankbook/core/bank"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

func TestNumbersPackAndUnpack(t *testing.T) {
	for _, want := range []bank.Numbers{
		{Account: "a", Routing: secret.New("011401533"), Number: secret.New("1111222233330000"), Wire: secret.New("021000021")},
		{Account: "b", Routing: secret.New("011401533"), Number: secret.New("9"), Tokenized: true},
	} {
		got, err := bank.UnpackNumbers(want.Account, want.Pack())
		if err != nil || got != want {
			t.Errorf("account %s came back changed (error %v)", want.Account, err)
		}
	}
}

func TestUnpackNumbersRefusesWhatIsNotPacked(t *testing.T) {
	for _, entry := range []string{"", "access-sandbox-1", "numbers-1\n1\n2\n3", "numbers-2\n1\n2\n3\nreal"} {
		_, err := bank.UnpackNumbers("a", secret.New(entry))
		if !fault.Is(err, fault.SecretMissing) {
			t.Errorf("%q: got %v", entry, err)
		}
		if err != nil && entry != "" && strings.Contains(err.Error(), entry) {
			t.Error("the error shows the entry")
		}
	}
}
