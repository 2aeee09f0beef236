// Package hook signs webhooks as Plaid does and delivers them. The header
// Plaid-Verification holds a JWT of algorithm ES256 with the body's SHA-256 and
// the time; the public key belonging to it is given by
// /webhook_verification_key/get as a JWK.
//
// Only addresses of this machine are called: a practice bank must not reach out
// into the net because of an address that a test has made up. An answer other
// than 200, or none within ten seconds, is tried again after 30 seconds and
// then after four times the last wait, within 24 hours, as Plaid documents.
package hook
