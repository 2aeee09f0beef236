package volume

import "golang.org/x/sys/unix"

// onNetwork asks whether the file system is a local one.
func onNetwork(dir string) bool {
	var s unix.Statfs_t
	return unix.Statfs(dir, &s) == nil && s.Flags&unix.MNT_LOCAL == 0
}
