// Package limit counts requests against the rate limits that Plaid documents
// for its sandbox (https://plaid.com/docs/errors/rate-limit-exceeded, PLAID §4),
// in windows that slide with the practice bank's clock.
package limit
