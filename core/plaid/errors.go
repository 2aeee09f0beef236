package plaid

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"

	"github.com/plaid/plaid-go/v20/plaid"

	"bankbook/core/fault"
	"bankbook/core/secret"
)

// failure is an error of one try, and whether another try may help.
type failure struct {
	*fault.Error
	// lost says that it is not known whether the request was carried out.
	lost bool
	// again says that the same request may be sent once more.
	again bool
	// header is that of the answer, or nil.
	header http.Header
	// message is Plaid's error_message, which can hold anything.
	message string
}

// read sorts the error of one try. response is nil if there was no answer.
func (c *Client) read(op string, response *http.Response, err error) *failure {
	var answer plaid.GenericOpenAPIError
	switch {
	case errors.As(err, &answer) && response != nil:
		return c.readAnswer(op, response, answer)
	case errors.Is(err, errTooLong):
		return &failure{Error: fault.New(op, fault.Nonsense, errTooLong)}
	case errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, context.DeadlineExceeded):
		// The connection broke in the middle of an answer, or the answer is wrong
		// about its own length.
		return &failure{Error: fault.New(op, fault.Nonsense, io.ErrUnexpectedEOF), lost: true, again: true}
	}
	return &failure{Error: fault.New(op, fault.Network, c.blot(err)), lost: true, again: true}
}

// errorAnswer is Plaid's form of an error, as far as it is used.
type errorAnswer struct {
	Type      string `json:"error_type"`
	Code      string `json:"error_code"`
	Message   string `json:"error_message"`
	RequestID string `json:"request_id"`
}

// readAnswer sorts what plaid-go calls an error: a status of 300 or more, or a
// body that it could not decode.
//
// plaid.ToPlaidError is of no use here: it would read the body of a good answer
// too, and report no error. Nor is plaid-go's decoded model, which half of its
// methods leave out (LinkTokenCreate, ItemPublicTokenExchange and others).
func (c *Client) readAnswer(op string, response *http.Response, answer plaid.GenericOpenAPIError) *failure {
	if response.StatusCode < 300 {
		return &failure{Error: fault.New(op, fault.Nonsense, errUndecodable)}
	}
	var said errorAnswer
	if !isJSON(response) || json.Unmarshal(answer.Body(), &said) != nil {
		said = errorAnswer{}
	}
	code := errorCode(said.Code)
	f := &failure{
		Error: &fault.Error{
			Op: op, Code: code, RequestID: requestID(said.RequestID),
			Kind: kindOfAnswer(response.StatusCode, said.Type, code),
			Err:  c.blot(fmt.Errorf("HTTP %d: %s", response.StatusCode, said.Message)),
		},
		again:   response.StatusCode == http.StatusTooManyRequests || response.StatusCode >= 500,
		header:  response.Header,
		message: said.Message,
	}
	if f.Kind == fault.Unsupported {
		f.again = false // CREDITS_EXHAUSTED comes with status 429
	}
	return f
}

// nonsense is the error of an answer that lacks what it must have. what is a
// text of ours.
func nonsense(op, request, what string) *fault.Error {
	return &fault.Error{Op: op, Kind: fault.Nonsense, RequestID: requestID(request), Err: errors.New(what)}
}

// errorCode returns code if it has the form of Plaid's codes, else "": it is
// shown and logged as it is.
func errorCode(code string) string {
	if len(code) > 64 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" || blotted(code) != code {
		return ""
	}
	return code
}

// requestID returns id if it has the form of Plaid's request ids, else "".
func requestID(id string) string {
	if len(id) > 64 || !isIdentifier(id) || blotted(id) != id {
		return ""
	}
	return id
}

// secretShapes are tokens, keys and account numbers as Plaid writes them.
var secretShapes = regexp.MustCompile(
	`(?i)\b(access|public|link|processor|user|asset)-(sandbox|development|production)-[a-z0-9-]+|[0-9a-f]{24,}|[0-9]{6,}`)

// blotted returns text without anything that has the shape of a secret, fit
// to be shown.
func blotted(text string) string {
	return clean(secretShapes.ReplaceAllString(text, "***"))
}

// blot returns err with a text that is fit for a log. The chain behind it stays
// for errors.Is.
func (c *Client) blot(err error) error {
	text := err.Error()
	for _, key := range []secret.Text{c.config.Keys.ClientID, c.config.Keys.Secret} {
		text = strings.ReplaceAll(text, key.Reveal(), "***")
	}
	return &blottedError{text: blotted(text), cause: err}
}

// blottedError shows text in place of its cause's.
type blottedError struct {
	text  string
	cause error
}

func (e *blottedError) Error() string { return e.text }

// Is reports on the cause, which is not handed out: its text may not be shown.
func (e *blottedError) Is(target error) bool { return errors.Is(e.cause, target) }
