package lockbox

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"bankbook/core/fault"
	"bankbook/core/recovery"
	"bankbook/core/secret"
)

// resum makes the checksum right again, as somebody does who knows the format.
func resum(file []byte) []byte {
	end := len(file) - sumSize
	return binary.BigEndian.AppendUint32(file[:end:end], crc32.ChecksumIEEE(file[:end]))
}

func fileOf(t testing.TB, path string) []byte {
	t.Helper()
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func put(t testing.TB, path string, file []byte) {
	t.Helper()
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
}

// full returns a box with all that a box can have.
func full(t testing.TB) (b *Box, path string, key recovery.Key) {
	t.Helper()
	path, key = place(t), recovery.New()
	b = create(t, path)
	set(t, b, "practice/token/1", "access-1")
	if err := b.SetRecovery(t.Context(), wrapping(t, key)); err != nil {
		t.Fatal(err)
	}
	return b, path, key
}

func TestEveryBitFlipIsFound(t *testing.T) {
	b, path, _ := full(t)
	whole := fileOf(t, path)
	for i := range whole {
		for bit := range 8 {
			file := slices.Clone(whole)
			file[i] ^= 1 << bit
			if _, err := parse(file); !fault.Is(err, fault.LockboxDamaged) {
				t.Fatalf("bit %d of byte %d: %v", bit, i, err)
			}
			if i >= len(file)-sumSize {
				continue
			}
			// With the right checksum nothing fits any more, not even the box's
			// own key.
			s, err := parse(resum(file))
			if err == nil {
				_, err = s.open(b.key)
			}
			if !fault.Is(err, fault.LockboxDamaged, fault.VaultNewer) {
				t.Fatalf("bit %d of byte %d, with the checksum made right: %v", bit, i, err)
			}
		}
	}
}

func TestEveryTruncationIsFound(t *testing.T) {
	b, path, _ := full(t)
	whole := fileOf(t, path)
	for n := range whole {
		put(t, path, whole[:n])
		_, err := b.Get(t.Context(), "practice/token/1")
		wantFault(t, "Get", err, fault.LockboxDamaged)
		_, err = Open(t.Context(), path, secret.New(passphrase))
		wantFault(t, "Open", err, fault.LockboxDamaged)
	}
	put(t, path, append(slices.Clone(whole), 0))
	_, err := Open(t.Context(), path, secret.New(passphrase))
	wantFault(t, "Open of a longer file", err, fault.LockboxDamaged)
}

// TestParts puts the parts of another time, or another box, into a box.
func TestParts(t *testing.T) {
	b, path, key := full(t)
	old := fileOf(t, path)
	if err := b.ChangePassphrase(t.Context(), secret.New(passphrase), secret.New("another passphrase")); err != nil {
		t.Fatal(err)
	}
	now := fileOf(t, path)
	_, otherPath, _ := full(t)
	other := fileOf(t, otherPath)
	body := headerSize
	for what, tt := range map[string]struct {
		file []byte
		want fault.Kind
	}{
		"the slot of the old passphrase": {slices.Concat(old[:passphraseClear+wrappedSize], now[passphraseClear+wrappedSize:]), fault.LockboxDamaged},
		"the old entries":                {slices.Concat(now[:body], old[body:]), fault.Passphrase},
		"the slot of another box":        {slices.Concat(now[:26], other[26:passphraseClear+wrappedSize], now[passphraseClear+wrappedSize:]), fault.Passphrase},
		"the header of another box":      {slices.Concat(other[:body], now[body:]), fault.LockboxDamaged},
	} {
		put(t, path, resum(tt.file))
		_, err := Open(t.Context(), path, secret.New(passphrase))
		wantFault(t, what, err, tt.want)
	}
	swapped := slices.Clone(now)
	copy(swapped[passphraseClear:], now[passphraseClear+wrappedSize+1:body])
	copy(swapped[passphraseClear+wrappedSize+1:body], now[passphraseClear:passphraseClear+wrappedSize])
	put(t, path, resum(swapped))
	_, err := Open(t.Context(), path, secret.New("another passphrase"))
	wantFault(t, "exchanged slots, passphrase", err, fault.Passphrase)
	_, err = OpenWithRecovery(t.Context(), path, wrapping(t, key))
	wantFault(t, "exchanged slots, recovery key", err, fault.Passphrase)
}

func TestHostileParametersCostNothing(t *testing.T) {
	_, path, _ := full(t)
	whole := fileOf(t, path)
	const at = 8 + 2 + 16
	for _, p := range []params{
		{0, 64 << 10, 4},
		{3, 0, 4},
		{3, 64 << 10, 0},
		{3, 31, 4},
		{math.MaxUint32, 64 << 10, 4},
		{3, math.MaxUint32, 4},
		{math.MaxUint32, math.MaxUint32, 255},
		{1, maxMemory + 1, 1},
		{maxTime + 1, 64, 1},
		{maxTime, maxMemory, 4},
		{1 << 16, 1 << 16, 4},
		{3, 64 << 10, maxThreads + 1},
	} {
		file := slices.Clone(whole)
		if _, err := binary.Encode(file[at:], binary.BigEndian, p); err != nil {
			t.Fatal(err)
		}
		put(t, path, resum(file))
		begin := time.Now()
		_, err := Open(t.Context(), path, secret.New(passphrase))
		wantFault(t, "Open", err, fault.LockboxDamaged)
		if took := time.Since(begin); took > 100*time.Millisecond {
			t.Errorf("%+v took %v", p, took)
		}
	}
	if err := newParams().check(); err != nil {
		t.Errorf("our own parameters: %v", err)
	}
}

func TestHugeFileIsNotRead(t *testing.T) {
	path := place(t)
	put(t, path, nil)
	if err := os.Truncate(path, 1<<40); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), path, secret.New(passphrase))
	wantFault(t, "Open", err, fault.LockboxDamaged)
}

func TestLinkIsNotFollowed(t *testing.T) {
	_, path, _ := full(t)
	link := filepath.Join(t.TempDir(), "lockbox")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), link, secret.New(passphrase))
	wantFault(t, "Open", err, fault.LockboxDamaged)
}

func TestNewerFormatIsRefused(t *testing.T) {
	_, path, _ := full(t)
	file := fileOf(t, path)
	binary.BigEndian.PutUint16(file[len(magic):], format+1)
	put(t, path, resum(file))
	_, err := Open(t.Context(), path, secret.New(passphrase))
	wantFault(t, "Open", err, fault.VaultNewer)
}

// TestFileShowsNoSecret looks for values, names and keys in every form.
func TestFileShowsNoSecret(t *testing.T) {
	b, path, key := full(t)
	set(t, b, "practice/numbers/acc", "011401533\n1111222233330000")
	hidden := []string{
		passphrase, "access-1", "practice/token/1", "practice/numbers/acc", "1111222233330000", "011401533",
		string(b.key[:]), string(wrapping(t, key)), key.Text().Reveal(), strings.ReplaceAll(key.Text().Reveal(), "-", ""),
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	if err != nil || len(files) < 2 {
		t.Fatalf("files %q, %v", files, err)
	}
	for _, f := range files {
		data := fileOf(t, f)
		for _, s := range hidden {
			for _, form := range formsOf(s) {
				if bytes.Contains(data, form) {
					t.Errorf("%s shows %q", filepath.Base(f), form)
				}
			}
		}
	}
}

// formsOf returns the forms in which a text can lie in a file.
func formsOf(s string) [][]byte {
	raw := []byte(s)
	var little, big []byte
	for _, u := range utf16.Encode([]rune(s)) {
		little = binary.LittleEndian.AppendUint16(little, u)
		big = binary.BigEndian.AppendUint16(big, u)
	}
	forms := [][]byte{raw, []byte(hex.EncodeToString(raw)), []byte(strings.ToUpper(hex.EncodeToString(raw))), little, big}
	for shift := range 3 { // base64 of a text differs by where it begins
		encoded := base64.StdEncoding.EncodeToString(append(make([]byte, shift), raw...))
		forms = append(forms, []byte(encoded[(shift*8+5)/6:len(encoded)-4]))
	}
	return forms
}

func FuzzParse(f *testing.F) {
	key := [keySize]byte{1}
	h := header{Magic: magic, Format: format}
	h.Passphrase.Params = newParams()
	file, err := newSealed(h, key, entries{"a": []byte("1")})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file[:len(file)-sumSize])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := parse(resum(append(data, 0, 0, 0, 0)))
		if err != nil {
			return
		}
		if got, err := s.open(key); err == nil && (len(got) != 1 || string(got["a"]) != "1") {
			t.Errorf("entries that nobody sealed: %v", got)
		}
	})
}
