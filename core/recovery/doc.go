// Package recovery is the key that a person prints or writes down, and types in
// when keychain or passphrase is lost. It is random and long enough (160 bits)
// that keys derived from it need no slow hash.
//
// On paper it is eight groups of five characters of Crockford's base32, which
// knows no I, L, O and U:
//
//	0G6T1-8M0XZ-...
//
// The fifth character of a group checks the four before it and the group's
// place, so that any one wrong character, two exchanged ones in a group, and
// two exchanged groups are found, and Mistyped says where.
package recovery
