package fault

// OfFile sorts an error of the operating system about a file or folder:
// DiskFull if there is no room left, on the disk or in the person's quota, else
// Unreadable.
func OfFile(err error) Kind {
	if isDiskFull(err) {
		return DiskFull
	}
	return Unreadable
}
