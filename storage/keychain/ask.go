package keychain

import (
	"context"
	"errors"

	"bankbook/core/fault"
	"bankbook/core/secret"
	"bankbook/storage/child"
)

// ask runs one child for the request and waits for its end, which ctx forces.
func (s *Store) ask(ctx context.Context, r request) (secret.Text, error) {
	work := child.Request{Args: []string{Verb, string(r.op), s.options.Service, string(r.name)}}
	if r.op == opSet {
		work.Input = []secret.Text{r.value}
	}
	program := child.Program{Command: s.options.Command, Env: s.options.Env}
	reply, err := program.Ask(ctx, work)
	var silent *child.Silence
	switch {
	case err == nil:
		return secret.New(string(reply.Value)), reply.Err(r.opName())
	case !errors.As(err, &silent):
		return secret.Text{}, fault.New(r.opName(), fault.Internal, err)
	}
	if err := secret.Ended(ctx, r.opName()); err != nil {
		return secret.Text{}, err
	}
	if silent.Crashed() {
		// It died of what the keychain did to it, and the keychain did not answer.
		return secret.Text{}, fault.New(r.opName(), fault.KeychainTimeout, err)
	}
	return secret.Text{}, fault.New(r.opName(), fault.Internal, err)
}
