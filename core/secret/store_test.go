package secret_test

import (
	"testing"

	"bankbook/core/secret"
	"bankbook/core/secret/secrettest"
)

func TestMemoryConforms(t *testing.T) {
	secrettest.Run(t, func(*testing.T) secret.Store { return secret.NewMemory() })
}
