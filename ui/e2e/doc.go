// Package e2e proves the whole: the real binary in a real window, a real
// keychain, a real browser, killed and started again. It holds no code but
// tests; desktop and chrome below it hold a screen and a browser for them, and
// tour takes pictures.
package e2e
