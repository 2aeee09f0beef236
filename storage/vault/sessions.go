package vault

import (
	"cmp"
	"slices"
	"strings"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/core/secret"
)

// sessionRecord is a session as JSON: the fields of link.Session, but those
// that hold secrets are shadowed by ones that can be encoded. A record is
// sealed as soon as it is encoded.
type sessionRecord struct {
	link.Session
	Token string
	Found []candidateRecord
}

type candidateRecord struct {
	link.Candidate
	Public string
}

func recordOf(s link.Session) sessionRecord {
	record := sessionRecord{Session: s, Token: s.Token.Reveal()}
	for _, c := range s.Found {
		record.Found = append(record.Found, candidateRecord{Candidate: c, Public: c.Public.Reveal()})
	}
	record.Session.Token, record.Session.Found = secret.Text{}, nil
	return record
}

func (r sessionRecord) session() link.Session {
	s := r.Session
	s.Token = secret.New(r.Token)
	for _, c := range r.Found {
		c.Candidate.Public = secret.New(c.Public)
		s.Found = append(s.Found, c.Candidate)
	}
	return s
}

// PutSession keeps a link session.
func (v *Vault) PutSession(s link.Session) error {
	return v.update("vault: put session", func(w *writer) error {
		return w.putJSON(inSessions, w.seal.idKey(inSessions, string(s.ID)), recordOf(s))
	})
}

// Session returns a link session, or NotFound.
func (v *Vault) Session(id core.LinkID) (link.Session, error) {
	const op = "vault: read session"
	var record sessionRecord
	err := v.view(op, func(r reader) error {
		ok, err := r.getJSON(inSessions, r.seal.idKey(inSessions, string(id)), &record)
		if err == nil && !ok {
			err = fault.New(op, fault.NotFound, nil)
		}
		return err
	})
	if err != nil {
		return link.Session{}, err
	}
	return record.session(), nil
}

// Sessions returns all link sessions, the earliest first.
func (v *Vault) Sessions() ([]link.Session, error) {
	records, err := listJSON[sessionRecord](v, inSessions)
	if err != nil {
		return nil, err
	}
	list := make([]link.Session, 0, len(records))
	for _, r := range records {
		list = append(list, r.session())
	}
	slices.SortFunc(list, func(a, b link.Session) int {
		return cmp.Or(a.Created.Compare(b.Created), strings.Compare(string(a.ID), string(b.ID)))
	})
	return list, nil
}

// DeleteSession removes a link session; one that is not here is no error.
func (v *Vault) DeleteSession(id core.LinkID) error {
	return v.update("vault: delete session", func(w *writer) error {
		return w.delete(inSessions, w.seal.idKey(inSessions, string(id)))
	})
}
