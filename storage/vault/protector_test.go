package vault_test

import (
	"testing"

	"bankbook/core"
	"bankbook/storage/vault"
)

func TestSetProtector(t *testing.T) {
	h := newHome(t)
	v := filled(t, h, 300)
	want := get[contents](t)(read(v))
	must(t, v.SetRecovery(drawer("right")))
	for _, p := range []core.Protector{core.ByPassphrase, core.ByKeychain} {
		must(t, v.SetProtector(p))
		wantEqual(t, "protector at once", v.Info().Protector, p)
		must(t, v.Close())
		wantEqual(t, "protector in the file", get[vault.Info](t)(vault.Inspect(h.path)), v.Info())
		v = h.open(t)
		wantEqual(t, "contents", get[contents](t)(read(v)), want)
		must(t, v.Verify(t.Context()))
	}
	must(t, v.Close())
	must(t, get[*vault.Vault](t)(h.recover(drawer("right"), newHome(t))).Close())
}
