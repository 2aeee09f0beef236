// Package backup writes and reads backups: one file with everything that an
// installation of Bankbook knows, sealed under a passphrase.
//
// # The file
//
// It is a tar archive inside of age's format with one scrypt recipient, so that
// the standard tools open it without Bankbook: age -d FILE | tar x. The archive
// holds these files, in this order and no others:
//
//	backup.json           Manifest: what is here, with the size and SHA-256 of every other file
//	README.txt            what this is and how to open it, for people
//	settings.json         the choices made before a vault is open; can be missing
//	<source>/vault.db     a compacted, verified copy of the vault, sealed as it was
//	<source>/secrets.json the entries of its secret store, the vault's key among them
//	<source>/bank.json    the practice bank's own file; only of that source
//
// A copy for a reviewer has the kind Review: one source, whose vault was
// rewritten under a key of its own, and that key as the only secret.
//
// # Writing
//
// Secrets go from memory into the encrypted stream and never into another file.
// The backup grows under another name beside its place, is synced, read back
// wholly with its passphrase, the vaults in it opened and verified, and given
// its name last. What a crash has left there, sealed, goes with the next backup to
// the same folder, an hour later or more.
//
// # Reading
//
// A backup can come from anywhere. Read takes only the files above, under those
// names, each of the size and sum in the manifest, no longer in total than the
// backup itself; what it makes of them lies in a folder that the caller has
// given for that, until everything has been verified.
package backup
