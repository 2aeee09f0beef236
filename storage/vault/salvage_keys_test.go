package vault

import (
	"os"
	"path/filepath"
	"testing"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/secret"
)

// TestSalvageKeepsTheRecoveryKey salvages a vault with a recovery key, whose
// manifest can be read and then can not.
func TestSalvageKeepsTheRecoveryKey(t *testing.T) {
	for name, spoil := range map[string]func(data []byte, manifests [][]byte){
		"whole":            func([]byte, [][]byte) {},
		"without manifest": spoilEach,
	} {
		t.Run(name, func(t *testing.T) {
			var key secret.Text
			dir := t.TempDir()
			v, err := Open(t.Context(), keepKey(filepath.Join(dir, "vault.db"), &key))
			if err != nil {
				t.Fatal(err)
			}
			manifests := [][]byte{raw(t, v)["vault/manifest"]}
			if err := v.SetRecovery(fixedKey(1)); err != nil {
				t.Fatal(err)
			}
			manifests = append(manifests, raw(t, v)["vault/manifest"])
			if err := v.Close(); err != nil {
				t.Fatal(err)
			}
			data := readFile(t, filepath.Join(dir, "vault.db"))
			spoil(data, manifests)
			bad, good := filepath.Join(dir, "bad.db"), filepath.Join(dir, "good.db")
			for path, content := range map[string][]byte{bad: data, good: nil} {
				if err := os.WriteFile(path, content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			salvaging := task{Act: salvage, Path: bad, To: good, Env: core.Practice}
			if _, err := salvaging.perform(t.Context(), key); err != nil {
				t.Fatal(err)
			}
			v, err = Open(t.Context(), keepKey(good, &key))
			if err != nil {
				t.Fatal(err)
			}
			if want := name == "whole"; v.Info().Recovery != want {
				t.Errorf("there is a recovery key: %t", v.Info().Recovery)
			}
			if err := v.Rotate(t.Context(), RotateOptions{}); err != nil {
				t.Fatal(err)
			}
			if err := v.Close(); err != nil {
				t.Fatal(err)
			}
			opts := keepKey(good, &key)
			opts.Recovery = fixedKey(1)
			v, err = Open(t.Context(), opts)
			switch {
			case name == "whole" && err == nil:
				err = v.Close()
			case name != "whole" && fault.Is(err, fault.Passphrase):
				err = nil
			}
			if err != nil {
				t.Errorf("with the recovery key: %v", err)
			}
		})
	}
}

// spoilEach flips a bit of each manifest, wherever it lies.
func spoilEach(data []byte, manifests [][]byte) {
	for _, m := range manifests {
		for at := range data[:len(data)-len(m)] {
			if string(data[at:at+len(m)]) == string(m) {
				data[at+len(m)/2] ^= 1
			}
		}
	}
}
