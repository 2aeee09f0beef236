// Package shell is the window: sidebar, header, menus, shortcuts, command
// palette, toasts and the one router. It makes the screens, hands them what
// they need of the services, tells them what has changed, and shows every fault
// as a sentence with a next step.
//
// The window appears before any service is ready. Whoever starts the program
// calls New, shows the window, and then calls one of Choose, Failed and Ready
// on the UI thread, as often as that changes.
package shell
