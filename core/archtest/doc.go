// Package archtest holds no code but tests: they keep the house in the shape
// that the README's folder map draws. Who may import whom, that every package
// says what it is, and that the user interface has one door to threads.
package archtest
