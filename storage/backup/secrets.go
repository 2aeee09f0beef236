package backup

import (
	"encoding/json"
	"maps"
	"slices"

	"golang.org/x/text/unicode/norm"

	"bankbook/core/secret"
)

// typed is a passphrase as age takes it: the same characters can be typed in
// several forms, of which it is the usual one.
func typed(passphrase secret.Text) string { return norm.NFC.String(passphrase.Reveal()) }

// entry is one secret as it stands in secrets.json. The value is any bytes, so
// JSON shows it in base64.
type entry struct {
	Name  secret.Name `json:"name"`
	Value []byte      `json:"base64"`
}

// encodeSecrets writes secrets.json, in the order of names.
func encodeSecrets(secrets map[secret.Name]secret.Text) ([]byte, error) {
	list := make([]entry, 0, len(secrets))
	for _, name := range slices.Sorted(maps.Keys(secrets)) {
		list = append(list, entry{Name: name, Value: []byte(secrets[name].Reveal())})
	}
	return json.MarshalIndent(list, "", "  ")
}

// decodeSecrets reads what encodeSecrets wrote. Its errors show nothing of it.
func decodeSecrets(data []byte) (map[secret.Name]secret.Text, error) {
	var list []entry
	if json.Unmarshal(data, &list) != nil {
		return nil, damaged(errSecrets)
	}
	secrets := make(map[secret.Name]secret.Text, len(list))
	for _, e := range list {
		secrets[e.Name] = secret.New(string(e.Value))
	}
	if len(secrets) != len(list) {
		return nil, damaged(errSecrets)
	}
	return secrets, nil
}
