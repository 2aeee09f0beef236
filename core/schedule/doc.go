// Package schedule decides when banks are synced without being asked for, and has it
// done.
//
// What is due follows from what is kept of an Item: its last success, its last try,
// and why that failed. A bank that waits for the person is only asked how its
// connection stands, once a day, because webhooks, which would tell, reach no
// person's machine. Faults that pass by themselves are tried again ever more seldom;
// how often they were before the start is in the log of what was done.
// Nothing is done that the provider takes money for.
package schedule
