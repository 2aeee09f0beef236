// Package people knows who banks at the practice bank: what each user name and
// password leads to (PLAID §5). A Person is a value: accounts, what is known of
// their owners, and what stands between the password and the accounts.
package people
