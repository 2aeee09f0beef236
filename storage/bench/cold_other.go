//go:build !linux

package main

// chill is known for Linux only.
func chill(string) error { return errUnable }
