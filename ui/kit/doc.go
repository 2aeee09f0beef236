// Package kit holds the reusable widgets of Bankbook, all drawn from canvas
// primitives to the sizes and colours of package look.
//
// The rules of the kit:
//
//   - Callbacks in, intents out: a widget reports what the person did and
//     changes nothing but its own appearance. It knows no service and no screen.
//   - Every colour is a token that is looked up again on each refresh, so that
//     a switch between light and dark repaints everything.
//   - Words come from outside. The kit contains no sentence of its own.
//   - What can be tapped can be reached with Tab and pressed with Space or
//     Enter, and shows a 2 px ring in the primary colour while it has the focus.
//   - All methods belong to the UI thread.
//
// Names: a constructor with one or two parameters takes them plainly; with more
// it takes a Spec struct whose zero fields mean "none".
package kit
