package transfer

import (
	"slices"
	"time"

	"bankbook/core/sandbox/wire"
)

// KeyUse is the use of an idempotency key: for what, and with which request.
type KeyUse struct{ Scope, Key, Digest string }

// Key is an idempotency key that was used, with what came of it.
type Key struct {
	Scope  string    `json:"scope"`
	Key    string    `json:"key"`
	Digest string    `json:"digest"`
	Result string    `json:"result"`
	At     time.Time `json:"at"`
}

// keyLife is how long a key stands for the same answer (OpenAPI,
// TransferAuthorizationIdempotencyKey).
const keyLife = 48 * time.Hour

// recall returns what came of a key, or "". A key that was used with another
// request is refused.
func (d *Desk) recall(use KeyUse) (result string, err error) {
	d.Keys = slices.DeleteFunc(d.Keys, func(k *Key) bool { return !d.Now.Before(k.At.Add(keyLife)) })
	known := find(d.Keys, func(k *Key) bool { return use.Key != "" && k.Scope == use.Scope && k.Key == use.Key })
	switch {
	case known == nil:
		return "", nil
	case known.Digest != use.Digest:
		return "", wire.Field("idempotency_key", "was already used with a different request")
	}
	return known.Result, nil
}

func (d *Desk) remember(use KeyUse, result string) {
	if use.Key != "" {
		d.Keys = append(d.Keys, &Key{use.Scope, use.Key, use.Digest, result, d.Now})
	}
}
