// Package lockbox is secret.Store in one file that a passphrase seals, for
// machines without a keychain and people who prefer it. A recovery key
// (core/recovery) can open it as well.
//
// # File
//
//	header  magic, format, id of the box
//	        argon2id: time, memory in KiB, threads, salt(16)
//	        box key wrapped under the passphrase's key        nonce(12) sealed(32+16)
//	        1 if there is a recovery key, or 0
//	        box key wrapped under the recovery key's key      nonce(12) sealed(32+16)
//	body    all entries, JSON, sealed under the box key       nonce(12) sealed
//	CRC-32  of all of the above
//
// Everything is sealed with AES-256-GCM. The associated data of a wrapped key
// names the box and how the key was derived, that of the body is the whole
// header: a slot, a parameter or a body of another box or another time does not
// fit. The checksum tells damage from a wrong passphrase; there is no other check
// of a passphrase than that it opens its slot.
//
// The parameters of argon2id are those of SECURITY §2 (half a second). They lie
// in the file so that they can be raised one day, and are refused beyond what a
// reader is willing to spend.
//
// The box key stays the same when passphrase or recovery key change: who has an
// old copy of the file and what opened it has every secret of that day, and only
// ending the connections to the banks takes that away.
//
// # Changes
//
// A change reads the file anew, under a lock that other processes heed, writes
// a new file, syncs it, gives it the name of the old one, syncs the folder and
// reads it back. Killed anywhere, the file is the old one or the new one. Secrets
// are not kept in memory between calls; the box key is, until Close.
package lockbox
