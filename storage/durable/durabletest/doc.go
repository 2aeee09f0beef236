// Package durabletest makes small disks, for tests of what happens when one is
// full.
package durabletest
