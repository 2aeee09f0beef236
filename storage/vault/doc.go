// Package vault keeps one environment's bank data in one bbolt file. It is the
// only package that imports bbolt.
//
// # Schema
//
// Each line is a bucket, the shape of its keys with their length in bytes, and
// what lies there. A test walks a real file against this tree.
//
//	vault.db
//	├── vault     "header"             clear: format, vault id, environment, protector, key check, key id, recovery slot, wrapped key
//	│             "manifest"           commit number, count and digest of every bucket below, and the state of the keys
//	├── profiles  profile(16)          one profile, JSON
//	├── items     item(16)             one item with its sync cursor, JSON
//	├── accounts  item(16)             the accounts of one item, JSON
//	├── sessions  session(16)          one link session with its tokens, JSON
//	├── settings  name(16)             name and value of one small setting, JSON
//	├── months    month(4)             the month's directory: its chunks with row counts, days, stamps and dead rows
//	├── chunks    month(4) number(4)   up to 256 transactions of the month
//	├── totals    month(4)             count, in and out per account, category and currency
//	├── removed   transaction(16)      the last form of a transaction that the bank withdrew
//	├── activity  number(8)            one entry of the log, JSON
//	├── balances  account(16) year(2)  what one account held on the days of one year, JSON
//	└── continued continuation(16)     an earlier bank whose history goes on in another, and how to undo that, JSON
//
// Months are twelve times the year plus the month less one, big-endian, so
// that keys are in the order of time. Keys of 16 bytes are the identifier's
// HMAC-SHA256 under a key of the vault, cut short: the file shows no
// identifier. There is no index from transaction id to row in the file; the
// vault builds one in memory when the first batch asks for it.
//
// A row that changes does not cost the writing of its chunk: the directory notes
// it as dead, and what the bank says now goes to the month's last chunk. A chunk
// is written without its dead rows when it gets others, or when more than a
// quarter is dead; removing a bank leaves none of its rows, dead or not.
//
// # Sealing
//
// Every value but the header is version, stamp, nonce and AES-256-GCM
// ciphertext under a key derived from the vault's data key; bucket, key,
// version and stamp are associated data. The stamp is the number of the commit
// that wrote the record. A directory names the stamps of its chunks, and the
// manifest holds, for every bucket, the number of records and the exclusive or
// of their keyed digests over key and stamp; so a record that is altered,
// moved, missing or older than it should be is found: its own change by every
// read, the rest by Verify and, for the small buckets, whenever the vault is
// opened and whenever a whole bucket is read.
//
// The data key is random and lies in the header, wrapped by a master key that
// the caller keeps elsewhere, under the vault's id and the key's. If there is a
// recovery key, a slot of the header holds the master key too, wrapped by a key
// that is derived from the recovery key. The manifest holds that wrapping key,
// so that the next master key can be wrapped without asking anybody. The
// wrapping of the data key vouches for the whole header.
//
// The header's shape is fixed for all versions: magic, format number, body,
// CRC-32. Format 1 has neither key id nor slot, format 2 no dead rows, format 3
// neither activity nor balances nor continuations.
// Open brings an older format to this one, a step in each commit, and refuses a
// newer one untouched.
//
// # Rotation
//
// bbolt leaves what is deleted in pages that are free (SECURITY §0.6), and a
// copy made before keeps it anyway. So a deletion of what a person wants gone
// marks the manifest, in the same commit, and Rotate then writes the whole vault
// into a new file under a new data key and a new master key, which takes the
// place of the old file once it has been read wholly. With the old master key,
// all that is left of the old file is destroyed.
//
// A new master key is noted in the old file's manifest before it is made, and
// the old one in that of the new file; so whichever file a crash leaves knows
// which key is to be dropped.
//
// # Commits
//
// A method that changes something makes one commit, synced to disk before it
// returns; SIGKILL and power loss leave all of it or nothing. Before it
// commits, the vault makes sure that its file is still the one at its path.
// Panics and memory faults inside bbolt, which damaged files cause, become
// fault.VaultDamaged (SECURITY §3); after one the vault refuses everything
// until it is opened again. Against what cannot be recovered from, such as
// pages that lead in circles, Open walks the branches of bbolt's trees, and the
// first write the heads of all pages.
//
// # Safety
//
// Beside vault.db lie two folders. Its snapshots are compact copies: every
// record is in them and has been opened, and nothing deleted is. Thinning leaves
// those of 7 days, 4 weeks and 12 months. Its quarantine holds damaged files, as
// they were; nothing here ever removes one. Recover puts the newest state that
// is whole in the place of a damaged file: what its meta pages lead to, or a
// snapshot, or the records that still prove themselves by their seals.
//
// Bytes that can be damaged are read in a child process (package child) with
// limits of time and memory, from a copy: to verify the vault while it is open,
// to take a snapshot, and to recover. How a child ends is an answer.
//
// # Use
//
// Methods are safe for concurrent use. None holds a bbolt transaction while it
// waits for a caller.
package vault
