package volume

import (
	"os"
	"strings"
)

// onNetwork asks the kernel's list of mounts.
func onNetwork(dir string) bool {
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	return err == nil && isNetwork(mountedAs(string(mounts), dir))
}

// mountedAs returns the type of the file system that a folder is on, given a
// list of mounts: id, parent, device, root, mount point, options, tags, "-",
// type. The last one of the longest mount point counts.
func mountedAs(mounts, dir string) (kind string) {
	longest := -1
	for line := range strings.Lines(mounts) {
		front, back, ok := strings.Cut(line, " - ")
		fields, types := strings.Fields(front), strings.Fields(back)
		if !ok || len(fields) < 5 || len(types) == 0 {
			continue
		}
		point := strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(fields[4])
		inside := dir == point || strings.HasPrefix(dir, strings.TrimSuffix(point, "/")+"/")
		if inside && len(point) >= longest {
			longest, kind = len(point), types[0]
		}
	}
	return kind
}

// isNetwork knows the types of file systems that are on another machine.
func isNetwork(kind string) bool {
	switch strings.TrimPrefix(kind, "fuse.") {
	case "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "9p", "ceph", "coda", "davfs", "lustre", "glusterfs", "gfs2",
		"ocfs2", "beegfs", "orangefs", "sshfs", "rclone", "gvfsd-fuse", "s3fs", "curlftpfs", "smbnetfs", "google-drive-ocamlfuse", "vmhgfs",
		"vmhgfs-fuse", "vboxsf", "prl_fs":
		return true
	}
	return false
}
