package vault

// bucket is the name of a bucket.
type bucket string

// The buckets, drawn in the package comment.
const (
	inVault     bucket = "vault"
	inProfiles  bucket = "profiles"
	inItems     bucket = "items"
	inAccounts  bucket = "accounts"
	inSessions  bucket = "sessions"
	inSettings  bucket = "settings"
	inMonths    bucket = "months"
	inChunks    bucket = "chunks"
	inTotals    bucket = "totals"
	inRemoved   bucket = "removed"
	inActivity  bucket = "activity"
	inBalances  bucket = "balances"
	inContinued bucket = "continued"
)

// The keys of the bucket inVault.
const (
	headerKey   = "header"
	manifestKey = "manifest"
)

// sealedBuckets lists the buckets that the manifest counts.
func sealedBuckets() []bucket {
	return append(smallBuckets(), inChunks, inTotals, inRemoved, inActivity, inBalances, inContinued)
}

// laterBuckets lists the buckets that files before format 4 do not have.
func laterBuckets() []bucket { return []bucket{inActivity, inBalances, inContinued} }

// smallBuckets lists those whose records are checked for completeness whenever
// the vault is opened: their number does not grow with that of transactions,
// or, for months, hardly.
func smallBuckets() []bucket {
	return []bucket{inProfiles, inItems, inAccounts, inSessions, inSettings, inMonths}
}
