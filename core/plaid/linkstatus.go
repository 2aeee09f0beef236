package plaid

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/plaid/plaid-go/v20/plaid"

	"bankbook/core"
	"bankbook/core/bank"
	"bankbook/core/secret"
)

// LinkStatus implements bank.Linker by /link/token/get. Finished sessions come
// first, the latest first of all.
//
// Plaid has two shapes for what came of a session: results and exit today,
// on_success and on_exit for older accounts, and both at once in its own
// example. plaid-go v20 knows the older; the other lies in
// AdditionalProperties. Both are read, and an Item that stands in both, by its
// public token, is given once (PLAID §0.2, §2.2).
func (c *Client) LinkStatus(ctx context.Context, token secret.Text) (bank.LinkStatus, error) {
	const op = "plaid: link status"
	text, err := c.reveal(op, token)
	if err != nil {
		return bank.LinkStatus{}, err
	}
	body := plaid.NewLinkTokenGetRequest(text)
	got, err := call(ctx, c, request{op: op}, func(ctx context.Context) (plaid.LinkTokenGetResponse, *http.Response, error) {
		return c.api.LinkTokenGet(ctx).LinkTokenGetRequest(*body).Execute()
	})
	if err != nil {
		return bank.LinkStatus{}, err
	}
	expires := got.Expiration.Get()
	if expires == nil || expires.IsZero() {
		return bank.LinkStatus{}, nonsense(op, got.RequestId, "no end of the link token")
	}
	status := bank.LinkStatus{Expires: expires.UTC()}
	reader := sessionReader{seen: map[string]bool{}}
	for _, session := range latestFirst(got.GetLinkSessions()) {
		read, err := reader.read(session)
		if err != nil {
			return bank.LinkStatus{}, nonsense(op, got.RequestId, err.Error())
		}
		status.Sessions = append(status.Sessions, read)
	}
	return status, nil
}

// latestFirst puts finished sessions before those that are running, and the
// latest first among each.
func latestFirst(sessions []plaid.LinkTokenGetSessionsResponse) []plaid.LinkTokenGetSessionsResponse {
	slices.SortStableFunc(sessions, func(a, b plaid.LinkTokenGetSessionsResponse) int {
		return cmp.Or(
			b.GetFinishedAt().Compare(a.GetFinishedAt()),
			b.GetStartedAt().Compare(a.GetStartedAt()),
		)
	})
	return sessions
}

// sessionReader reads the sessions of one link token.
type sessionReader struct {
	// seen are the public tokens that were given already.
	seen map[string]bool
}

// newerShape is what plaid-go v20 has no fields for.
type newerShape struct {
	Results *struct {
		Items []itemAdded `json:"item_add_results"`
	} `json:"results"`
	Exit *exit `json:"exit"`
}

type itemAdded struct {
	PublicToken string           `json:"public_token"`
	Institution *linkInstitution `json:"institution"`
	Accounts    []linkAccount    `json:"accounts"`
}

type linkInstitution struct {
	ID   string `json:"institution_id"`
	Name string `json:"name"`
}

type linkAccount struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Mask    string `json:"mask"`
	Type    string `json:"type"`
	Subtype string `json:"subtype"`
}

type exit struct {
	Error *struct {
		Code string `json:"error_code"`
	} `json:"error"`
	Metadata *struct {
		Status      string           `json:"status"`
		RequestID   string           `json:"request_id"`
		Institution *linkInstitution `json:"institution"`
	} `json:"metadata"`
}

// olderShape is what both shapes have in common, once on_success is seen as the
// only Item added.
type olderShape struct {
	Success *struct {
		PublicToken string     `json:"public_token"`
		Metadata    *itemAdded `json:"metadata"`
	} `json:"on_success"`
	Exit *exit `json:"on_exit"`
}

func (r sessionReader) read(session plaid.LinkTokenGetSessionsResponse) (bank.LinkSession, error) {
	var newer newerShape
	if err := reread(session.AdditionalProperties, &newer); err != nil {
		return bank.LinkSession{}, err
	}
	var older olderShape
	if err := reread(map[string]any{"on_success": session.OnSuccess, "on_exit": session.OnExit}, &older); err != nil {
		return bank.LinkSession{}, err
	}
	var added []itemAdded
	if newer.Results != nil {
		added = newer.Results.Items
	}
	if s := older.Success; s != nil {
		item := itemAdded{}
		if s.Metadata != nil {
			item = *s.Metadata
		}
		item.PublicToken = s.PublicToken
		added = append(added, item)
	}
	out := bank.LinkSession{ID: session.LinkSessionId, Exit: cmp.Or(newer.Exit, older.Exit).read()}
	if at := session.FinishedAt.Get(); at != nil {
		out.Finished = at.UTC()
	}
	for _, item := range added {
		if item.PublicToken != "" && !r.seen[item.PublicToken] {
			r.seen[item.PublicToken] = true
			out.Results = append(out.Results, item.read())
		}
	}
	return out, nil
}

// reread decodes what plaid-go has already decoded, into a smaller type.
func reread(from map[string]any, into any) error {
	text, err := json.Marshal(from)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		return errUndecodable // the decoder's own words quote the answer
	}
	return nil
}

func (i itemAdded) read() bank.LinkResult {
	out := bank.LinkResult{Public: secret.New(i.PublicToken), Institution: i.Institution.read()}
	for _, a := range i.Accounts {
		out.Accounts = append(out.Accounts, bank.LinkAccount{
			ID: core.AccountID(a.ID), Name: clean(a.Name), Mask: mask(a.Mask),
			Type: core.AccountType(clean(a.Type)), Subtype: clean(a.Subtype),
		})
	}
	return out
}

func (i *linkInstitution) read() core.Institution {
	if i == nil {
		return core.Institution{}
	}
	return institution(i.ID, i.Name)
}

func (e *exit) read() *bank.LinkExit {
	if e == nil {
		return nil
	}
	out := &bank.LinkExit{}
	if e.Error != nil {
		out.Code = errorCode(e.Error.Code)
	}
	if m := e.Metadata; m != nil {
		out.Status, out.RequestID, out.Institution = clean(m.Status), requestID(m.RequestID), m.Institution.read()
	}
	return out
}
