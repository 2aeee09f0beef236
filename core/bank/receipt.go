package bank

import (
	"context"
	"sync"
)

// Receipt notes how the provider can be asked about what was done for a context:
// the id of its last request that was answered. It is safe for concurrent use.
type Receipt struct {
	mu   sync.Mutex
	last string
}

// Last returns the id of the last request that was answered, "" if none was or if
// there is no receipt.
func (r *Receipt) Last() string {
	if r == nil {
		return ""
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last
}

// receiptKey is the context key of a *Receipt.
type receiptKey struct{}

// WithReceipt returns a context whose requests are noted in a new Receipt. One
// that ctx has already hears of them too.
func WithReceipt(ctx context.Context) (context.Context, *Receipt) {
	r := &Receipt{}
	return context.WithValue(ctx, receiptKey{}, linked{r, receiptsOf(ctx)}), r
}

// linked is a receipt and those around it.
type linked struct {
	receipt *Receipt
	outer   []*Receipt
}

func receiptsOf(ctx context.Context) []*Receipt {
	in, ok := ctx.Value(receiptKey{}).(linked)
	if !ok {
		return nil
	}
	return append([]*Receipt{in.receipt}, in.outer...)
}

// ReceiptOf returns the receipt of a context, nil if it has none.
func ReceiptOf(ctx context.Context) *Receipt {
	in, _ := ctx.Value(receiptKey{}).(linked)
	return in.receipt
}

// Answered notes the id of a request that was answered, with a fault or without.
// An implementation of the port calls it; "" changes nothing.
func Answered(ctx context.Context, request string) {
	if request == "" {
		return
	}
	for _, r := range receiptsOf(ctx) {
		r.mu.Lock()
		r.last = request
		r.mu.Unlock()
	}
}
