package vault

// setting is a small setting, such as which profile was chosen last.
type setting struct{ Name, Value string }

// Setting returns a small setting; ok is false if it has never been put.
func (v *Vault) Setting(name string) (value string, ok bool, err error) {
	err = v.view("vault: read setting", func(r reader) error {
		var s setting
		ok, err = r.getJSON(inSettings, r.seal.idKey(inSettings, name), &s)
		value = s.Value
		return err
	})
	return value, ok, err
}

// PutSetting keeps a small setting.
func (v *Vault) PutSetting(name, value string) error {
	return v.update("vault: put setting", func(w *writer) error {
		return w.putJSON(inSettings, w.seal.idKey(inSettings, name), setting{name, value})
	})
}
