package sandbox

import (
	"bankbook/core/sandbox/match"
	"bankbook/core/sandbox/people"
	"bankbook/core/sandbox/wire"
)

type identityResponse struct {
	Accounts  []identityAccount `json:"accounts"`
	Item      wireItem          `json:"item"`
	RequestID string            `json:"request_id"`
}

type identityAccount struct {
	wireAccount
	Owners []wireOwner `json:"owners"`
}

type wireOwner struct {
	Names     []string         `json:"names"`
	Phones    []people.Contact `json:"phone_numbers"`
	Emails    []people.Contact `json:"emails"`
	Addresses []people.Address `json:"addresses"`
}

// identityGet answers /identity/get.
func (s *Server) identityGet(id string, req accountsRequest) (resp identityResponse, err error) {
	it, key, err := s.use(req.Token, "identity")
	if err != nil {
		return resp, err
	}
	accounts, err := s.accounts(&it, key, req.Options.IDs)
	if err != nil {
		return resp, err
	}
	resp = identityResponse{Accounts: []identityAccount{}, Item: it.wire(), RequestID: id}
	for _, a := range accounts {
		known := identityAccount{wireAccount: a, Owners: []wireOwner{}}
		for _, o := range a.account.Owners {
			known.Owners = append(known.Owners, wireOwner{o.Names, wire.OrEmpty(o.Phones), wire.OrEmpty(o.Emails), wire.OrEmpty(o.Addresses)})
		}
		resp.Accounts = append(resp.Accounts, known)
	}
	return resp, nil
}

type matchRequest struct {
	Token   string         `json:"access_token"`
	User    matchUser      `json:"user"`
	Options accountsChoice `json:"options"`
}

// matchUser is who the user says to be; null is nothing said.
type matchUser struct {
	Name    *string       `json:"legal_name"`
	Phone   *string       `json:"phone_number"`
	Email   *string       `json:"email_address"`
	Address *matchAddress `json:"address"`
}

type matchAddress struct {
	Street  string `json:"street"`
	City    string `json:"city"`
	Region  string `json:"region"`
	Postal  string `json:"postal_code"`
	Country string `json:"country"`
}

type matchResponse struct {
	Accounts  []matchedAccount `json:"accounts"`
	Item      wireItem         `json:"item"`
	RequestID string           `json:"request_id"`
}

type matchedAccount struct {
	wireAccount
	Name    *nameScore    `json:"legal_name"`
	Phone   *plainScore   `json:"phone_number"`
	Email   *plainScore   `json:"email_address"`
	Address *addressScore `json:"address"`
}

type nameScore struct {
	Score    int  `json:"score"`
	Part     bool `json:"is_first_name_or_last_name_match"`
	Nick     bool `json:"is_nickname_match"`
	Business bool `json:"is_business_name_detected"`
}

type plainScore struct {
	Score int `json:"score"`
}

type addressScore struct {
	Score  int   `json:"score"`
	Postal *bool `json:"is_postal_code_match"`
}

// identityMatch answers /identity/match. Balances are not told here.
func (s *Server) identityMatch(id string, req matchRequest) (resp matchResponse, err error) {
	it, key, err := s.use(req.Token, "")
	if err == nil {
		it, key, err = s.use(req.Token, it.matchProduct())
	}
	if err != nil {
		return resp, err
	}
	accounts, err := s.accounts(&it, key, req.Options.IDs)
	if err != nil {
		return resp, err
	}
	resp = matchResponse{Accounts: []matchedAccount{}, Item: it.wire(), RequestID: id}
	for _, a := range accounts {
		owners := a.account.Owners
		a.Balances = wireBalance{}
		resp.Accounts = append(resp.Accounts, matchedAccount{
			wireAccount: a, Name: req.User.matchName(owners), Phone: req.User.matchPhone(owners), Email: req.User.matchEmail(owners),
			Address: req.User.matchAddress(owners),
		})
	}
	return resp, nil
}

// matchProduct is the product that Identity Match belongs to. An Item of numbers
// that were entered by hand has it if its account has been seen before.
func (i *item) matchProduct() string {
	if i.byHand() && i.Verification.Seen() {
		return ""
	}
	return "identity"
}

// matchName returns the best score of any owner's name.
func (u *matchUser) matchName(owners []people.Owner) *nameScore {
	if u.Name == nil {
		return nil
	}
	best := &nameScore{Score: -1}
	for _, o := range owners {
		for _, name := range o.Names {
			if n := match.Names(*u.Name, name); n.Score > best.Score {
				best = &nameScore{n.Score, n.Part, n.Nick, n.Business}
			}
		}
	}
	best.Score = max(0, best.Score)
	return best
}

func (u *matchUser) matchPhone(owners []people.Owner) *plainScore {
	return bestContact(u.Phone, owners, func(o people.Owner) []people.Contact { return o.Phones }, match.Phones)
}

func (u *matchUser) matchEmail(owners []people.Owner) *plainScore {
	return bestContact(u.Email, owners, func(o people.Owner) []people.Contact { return o.Emails }, match.Emails)
}

func bestContact(given *string, owners []people.Owner, of func(people.Owner) []people.Contact, score func(a, b string) int) *plainScore {
	if given == nil {
		return nil
	}
	best := &plainScore{}
	for _, o := range owners {
		for _, c := range of(o) {
			best.Score = max(best.Score, score(*given, c.Data))
		}
	}
	return best
}

func (u *matchUser) matchAddress(owners []people.Owner) *addressScore {
	if u.Address == nil {
		return nil
	}
	best, given := &addressScore{Score: -1}, match.Place(*u.Address)
	for _, o := range owners {
		for _, a := range o.Addresses {
			if got := match.Addresses(given, placeOf(a.Place)); got.Score > best.Score {
				best.Score, best.Postal = got.Score, &got.Postal
			}
		}
	}
	best.Score = max(0, best.Score)
	if given.Postal == "" {
		best.Postal = nil
	}
	return best
}

func placeOf(p people.Place) match.Place {
	say := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	return match.Place{Street: p.Street, City: say(p.City), Region: say(p.Region), Postal: say(p.Postal), Country: say(p.Country)}
}
