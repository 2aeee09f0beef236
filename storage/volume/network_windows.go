package volume

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// onNetwork looks whether the folder is another computer's, by its name or by
// its drive.
func onNetwork(dir string) bool {
	drive := filepath.VolumeName(dir)
	if strings.HasPrefix(drive, `\\`) {
		return true
	}
	root, err := windows.UTF16PtrFromString(drive + `\`)
	return err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE
}
