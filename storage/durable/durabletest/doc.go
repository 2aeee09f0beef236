// Package durabletest makes disks for tests of what happens when they fail:
// small ones, and ones that lose power.
//
// For the latter, Record traces the system calls of a program with strace, and
// Check replays them on a model of a disk. In it a file's bytes last once the
// file has been synced, and a name once its folder has been; at each call the
// power can go away, and of the rest be there what the dice say: nothing,
// everything, contents without names or names without contents, single sectors,
// half of the last write. So the model promises no more than POSIX does, and
// less than ext4 or XFS do.
package durabletest
