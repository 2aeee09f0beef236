// Package say turns what happened into words for a person: faults into a
// sentence and a next step, and dates, counts, masks, categories and states
// into the forms that the window and the command line share. No other package
// holds a sentence about a fault.
//
// The wording follows DESIGN §2: "bank" for an Item, "sign in", "account and
// routing numbers". The punctuation is that of the bundled typeface; nothing
// here needs a glyph that Noto Sans does not have.
package say
