package volume

import "testing"

const mounts = `22 1 8:1 / / rw,relatime - ext4 /dev/root rw
30 22 0:40 / /home/me/server rw,nosuid shared:1 - nfs4 server:/export rw
31 22 0:41 / /home/me/My\040Drive rw - fuse.rclone gdrive: rw
32 22 0:42 / /media/stick rw - fuseblk /dev/sdb1 rw
33 22 0:43 / /mnt rw - tmpfs tmpfs rw
34 22 0:44 / /mnt rw master:1 - cifs //server/share rw
bad line
`

func TestMountedAs(t *testing.T) {
	for dir, want := range map[string]string{
		"/":                         "ext4",
		"/home/me/data":             "ext4",
		"/home/me/server":           "nfs4",
		"/home/me/server/bankbook":  "nfs4",
		"/home/me/servers/bankbook": "ext4",
		"/home/me/My Drive/b":       "fuse.rclone",
		"/media/stick/bankbook":     "fuseblk",
		"/mnt/bankbook":             "cifs", // the later mount hides the earlier one
	} {
		if got := mountedAs(mounts, dir); got != want {
			t.Errorf("%s is on %q, want %q", dir, got, want)
		}
	}
	for kind, want := range map[string]bool{"ext4": false, "fuseblk": false, "tmpfs": false, "": false, "nfs4": true, "fuse.rclone": true, "fuse.sshfs": true, "cifs": true} {
		if isNetwork(kind) != want {
			t.Errorf("%q is a network: %v", kind, !want)
		}
	}
}
