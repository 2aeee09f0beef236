package bank_test

import (
	"testing"

	"bankbook/core/bank"
)

func TestReceiptNotesTheLastRequest(t *testing.T) {
	bank.Answered(t.Context(), "nobody keeps it")
	ctx, outer := bank.WithReceipt(t.Context())
	bank.Answered(ctx, "first")
	within, inner := bank.WithReceipt(ctx)
	if got := inner.Last(); got != "" {
		t.Errorf("a new receipt has %q", got)
	}
	bank.Answered(within, "second")
	bank.Answered(within, "")
	if outer.Last() != "second" || inner.Last() != "second" || bank.ReceiptOf(within) != inner {
		t.Errorf("the receipts have %q and %q", outer.Last(), inner.Last())
	}
	bank.Answered(ctx, "third")
	if outer.Last() != "third" || inner.Last() != "second" {
		t.Errorf("the receipts have %q and %q", outer.Last(), inner.Last())
	}
	if got := bank.ReceiptOf(t.Context()).Last(); got != "" {
		t.Errorf("no receipt has %q", got)
	}
}
