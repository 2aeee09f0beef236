package vault

import (
	"encoding/json"
	"time"

	"bankbook/core"
)

// manifest is the sealed record of what the file should hold. It changes in
// every commit.
type manifest struct {
	// Commit is the number of the commit that wrote it.
	Commit uint64
	// At is when that was; zero in files of the first programs.
	At time.Time
	// Rows and Accounts count what lies inside other records.
	Rows, Accounts int
	Buckets        map[bucket]sum

	// Recovery is the key under which the header's slot holds the master key, as
	// it has been derived from the recovery key; nil if there is none.
	Recovery []byte `json:",omitempty"`
	// Shred says that something has been deleted that the file still holds.
	Shred bool `json:",omitempty"`
	// Strays are the master keys other than the present one that may still be
	// kept somewhere.
	Strays []stray `json:",omitempty"`
}

// stray names a master key, and what protects it.
type stray struct {
	KeyID     string
	Protector core.Protector
	// Retired says that it is a former key, and not one that was never used.
	Retired bool
}

// sum is what a bucket's records come to: their number, and the exclusive or
// of their digests, in which each record's key and stamp take part.
type sum struct {
	Count  int
	Digest hash
}

func (s *sum) toggle(digest hash) {
	for i := range s.Digest {
		s.Digest[i] ^= digest[i]
	}
}

func (s *sum) add(digest hash) {
	s.Count++
	s.toggle(digest)
}

func newManifest() manifest {
	m := manifest{Buckets: map[bucket]sum{}}
	for _, b := range sealedBuckets() {
		m.Buckets[b] = sum{}
	}
	return m
}

// compare returns the error of a bucket that does not come to what it should.
func (m manifest) compare(b bucket, got sum) error {
	want, ok := m.Buckets[b]
	switch {
	case !ok:
		return damaged("the manifest does not know %s", b)
	case want.Count != got.Count:
		return damaged("%s has %d records, not %d", b, got.Count, want.Count)
	case want.Digest != got.Digest:
		return damaged("%s does not hold the records last written", b)
	}
	return nil
}

// manifest reads the manifest.
func (r reader) manifest() (manifest, error) {
	plain, stamp, ok, err := r.get(inVault, []byte(manifestKey))
	if err != nil {
		return manifest{}, err
	}
	var m manifest
	if !ok || json.Unmarshal(plain, &m) != nil || m.Commit != stamp {
		return manifest{}, damaged("there is no manifest")
	}
	return m, nil
}
