package boot

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/storage/durable"
)

// refusedName is the file that counts the keys that did not fit since the vault was
// open last, which cannot be written while it is closed.
const refusedName = "refused-keys.json"

// refusals is what the file holds.
type refusals struct {
	Count int       `json:"count"`
	Last  time.Time `json:"last"`
}

// noteRefused counts a key that did not fit, if err is about one.
func (p *Program) noteRefused(env core.Environment, err error) {
	dir := envDir(p.dataDir, env)
	if _, missing := os.Lstat(dir); !fault.Is(err, fault.Passphrase) || missing != nil {
		return
	}
	now := readRefused(dir)
	now.Count, now.Last = now.Count+1, p.Now()
	data, err := json.Marshal(now)
	if err == nil {
		err = durable.WriteFile(filepath.Join(dir, refusedName), data)
	}
	if err != nil {
		p.log.Warn("a refused key is not counted", "error", err)
	}
}

// takeRefused returns how many keys did not fit, and when the last did not, and
// begins to count anew.
func (p *Program) takeRefused(dir string) (n int, last time.Time) {
	was := readRefused(dir)
	if err := os.Remove(filepath.Join(dir, refusedName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		p.log.Warn("refused keys will be told again", "error", err)
	}
	return was.Count, was.Last
}

// readRefused reads the file; one that is not there or makes no sense is empty.
func readRefused(dir string) (r refusals) {
	data, err := os.ReadFile(filepath.Join(dir, refusedName))
	if err != nil || json.Unmarshal(data, &r) != nil || r.Count < 0 {
		return refusals{}
	}
	return r
}
