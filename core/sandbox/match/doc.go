// Package match scores how alike two statements of somebody's identity are, in
// the ranges that Plaid documents for Identity Match: 100 is the same, from 85 a
// strong match, from 70 a partial one, from 50 perhaps a relative.
package match
