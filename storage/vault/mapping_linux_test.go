package vault_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"bankbook/core/review"
	"bankbook/storage/vault/vaulttest"
)

// TestPassesGiveTheFileBack reads a vault of 23 MB from end to end, and looks at
// how much of its file is left in memory.
func TestPassesGiveTheFileBack(t *testing.T) {
	h := newHome(t)
	v := h.open(t)
	must(t, vaulttest.Fill(v, 200_000, 1))
	must(t, v.Close())
	file := get[os.FileInfo](t)(os.Stat(h.path)).Size()
	v = h.open(t)
	for name, pass := range map[string]func() error{
		"verify": func() error { return v.Verify(t.Context()) },
		"index":  func() error { return review.New(v, nil).Refresh(t.Context()) },
	} {
		for range 2 {
			must(t, pass())
		}
		if held := mapped(t, h.path); held == 0 || held > 18<<20 || file < 21<<20 {
			t.Errorf("%s: of a file of %d bytes, %d are in memory", name, file, held)
		}
	}
}

// mapped returns how many bytes of a mapped file are in this process's memory.
func mapped(t *testing.T, path string) (bytes int) {
	t.Helper()
	of := false
	for line := range strings.Lines(string(get[[]byte](t)(os.ReadFile("/proc/self/smaps")))) {
		kib := 0
		if strings.Contains(line, "-") && strings.Contains(line, " r") {
			of = strings.HasSuffix(strings.TrimSpace(line), path)
		} else if _, err := fmt.Sscanf(line, "Rss: %d kB", &kib); err == nil && of {
			bytes += kib << 10
		}
	}
	return bytes
}
