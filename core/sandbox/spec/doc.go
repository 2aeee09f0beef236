// Package spec checks the bodies of requests against what Plaid publishes of its
// API: which fields an endpoint knows, which it needs, their types, values and
// bounds. The rules are a table made of two of Plaid's OpenAPI documents, the
// one that plaid-go v20 was made of and a newer one: what either allows is
// allowed, and what both require is required.
//
// What the documents do not say (that a token exists, that products fit) is
// the endpoints' own to check.
package spec

//go:generate go run ./gen -out requests.json
