// Package account is the page of one account: what it holds and held, its newest
// transactions, its routing and account number, and all that can be done with it.
package account
