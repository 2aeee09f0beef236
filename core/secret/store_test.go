package secret_test

import (
	"testing"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/core/secret/secrettest"
)

func TestMemoryConforms(t *testing.T) {
	secrettest.Run(t, func(*testing.T) secret.Store { return secret.NewMemory() })
}

func TestNames(t *testing.T) {
	for want, got := range map[secret.Name]secret.Name{
		"practice/token/Item1":     secret.TokenName(core.Practice, "Item1"),
		"sandbox/numbers/Account1": secret.NumbersName(core.Sandbox, "Account1"),
		"production/keys":          secret.KeysName(core.Production),
		"vault/v1":                 secret.VaultName("v1"),
	} {
		if got != want {
			t.Errorf("name is %q, want %q", got, want)
		}
	}
}
