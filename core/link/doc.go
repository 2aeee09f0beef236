// Package link takes a bank from "Link a bank" to its first complete sync. It
// is a pure machine, Next(Session, Event) (Session, []Effect), and a driver
// that commits each session to the vault before it performs the effects; so a
// program killed anywhere resumes where it was, or can say what is lost.
package link
