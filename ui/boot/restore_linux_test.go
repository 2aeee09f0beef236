package boot

import (
	"os"
	"testing"

	"bankbook/core/fault"
	"bankbook/storage/durable/durabletest"
)

func TestRestoreOnAFullDisk(t *testing.T) {
	s := made(t, backupConfig(t))
	path := backUp(t, s)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	c := backupConfig(t)
	var leave func(int64)
	c.DataDir, leave = durabletest.SmallDisk(t, 8<<20)
	p := start(t, c)
	failures := 0
	for room := int64(0); ; room += info.Size() / 8 &^ 4095 {
		leave(room)
		_, err := p.Restore(t.Context(), RestoreOrder{Path: path, Passphrase: backupPassphrase})
		if err == nil {
			break
		}
		failures++
		if !fault.Is(err, fault.DiskFull) {
			t.Fatalf("%v, want DiskFull", err)
		}
		onlyIn(t, c.DataDir)
		if left := entriesOf(c.Secrets); len(left) > 0 {
			t.Fatalf("the keychain holds %d entries", len(left))
		}
	}
	if failures < 8 {
		t.Errorf("the disk was full %d times only", failures)
	}
	(&killed{t: t, c: c}).entriesAreNeeded()
}
