// Package settings is the screen that says where the data is, how it is and how
// it is protected, and changes that: one tab for the data, one for the person's
// Plaid keys, one for security. Only what works is shown.
package settings
