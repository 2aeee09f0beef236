// Package verify knows how the routing and account number of an account are
// found out when the bank does not simply tell them: by comparing what the user
// enters with what the bank knows (Instant Match), by a small deposit whose
// arrival is seen or whose code is asked for (micro-deposits), or by comparing
// with what is known of the number (Database Auth). A State is what an Item
// remembers of it, and changes with the clock alone (PLAID §3.3, §5).
package verify
