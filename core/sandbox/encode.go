package sandbox

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// appender is an answer that writes itself, as encoding/json would: pages of
// transactions are large, and reflection takes longer than all else about them.
type appender interface {
	appendJSON(b []byte) ([]byte, error)
}

// encode writes an answer as JSON, in the room that is given if it can be used.
func encode(answer any, room *[]byte) (body []byte, err error) {
	a, can := answer.(appender)
	if !can {
		return json.Marshal(answer)
	}
	body, err = a.appendJSON((*room)[:0])
	if err == nil {
		*room = body
	}
	return body, err
}

// rowSize is about how long a transaction is, in bytes.
const rowSize = 1500

// appendJSON implements appender.
func (r syncResponse) appendJSON(b []byte) ([]byte, error) {
	accounts, err := json.Marshal(r.Accounts)
	if err != nil {
		return nil, err
	}
	b = slices.Grow(b, len(accounts)+rowSize*(1+len(r.Added)+len(r.Modified)))
	b = appendText(append(b, `{"transactions_update_status":`...), string(r.Status))
	b = append(append(b, `,"accounts":`...), accounts...)
	b = appendRows(append(b, `,"added":`...), r.Added)
	b = appendRows(append(b, `,"modified":`...), r.Modified)
	b = append(b, `,"removed":[`...)
	for i, gone := range r.Removed {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(append(b, `{"transaction_id":`...), gone.ID)
		b = append(appendText(append(b, `,"account_id":`...), gone.Account), '}')
	}
	b = appendText(append(b, `],"next_cursor":`...), r.Next)
	b = strconv.AppendBool(append(b, `,"has_more":`...), r.More)
	return append(appendText(append(b, `,"request_id":`...), r.RequestID), '}'), nil
}

func appendRows(b []byte, rows []Transaction) []byte {
	b = append(b, '[')
	for i := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = rows[i].append(b)
	}
	return append(b, ']')
}

// append writes t as encoding/json does, field by field in the same order.
func (t *Transaction) append(b []byte) []byte {
	b = appendText(append(b, `{"account_id":`...), t.AccountID)
	b = appendOrNull(append(b, `,"account_owner":`...), t.AccountOwner)
	b = append(append(b, `,"amount":`...), t.Amount...)
	b = appendOrNull(append(b, `,"iso_currency_code":`...), t.Currency)
	b = appendOrNull(append(b, `,"unofficial_currency_code":`...), t.UnofficialCurrency)
	b = appendTexts(append(b, `,"category":`...), t.Category)
	b = appendOrNull(append(b, `,"category_id":`...), t.CategoryID)
	b = appendOrNull(append(b, `,"check_number":`...), t.CheckNumber)
	b = appendCounterparties(append(b, `,"counterparties":`...), t.Counterparties)
	b = appendText(append(b, `,"date":`...), t.Date)
	b = appendOrNull(append(b, `,"datetime":`...), t.DateTime)
	b = appendOrNull(append(b, `,"authorized_date":`...), t.Authorized)
	b = appendOrNull(append(b, `,"authorized_datetime":`...), t.AuthorizedAt)
	b = t.Location.append(append(b, `,"location":`...))
	b = appendText(append(b, `,"name":`...), t.Name)
	b = appendOrNull(append(b, `,"merchant_name":`...), t.MerchantName)
	b = appendOrNull(append(b, `,"merchant_entity_id":`...), t.MerchantEntity)
	b = appendOrNull(append(b, `,"logo_url":`...), t.Logo)
	b = appendOrNull(append(b, `,"website":`...), t.Website)
	b = appendOrNull(append(b, `,"original_description":`...), t.OriginalDescription)
	b = t.Payment.append(append(b, `,"payment_meta":`...))
	b = appendText(append(b, `,"payment_channel":`...), t.Channel)
	b = strconv.AppendBool(append(b, `,"pending":`...), t.Pending)
	b = appendOrNull(append(b, `,"pending_transaction_id":`...), t.PendingID)
	b = t.PersonalCategory.append(append(b, `,"personal_finance_category":`...))
	b = appendText(append(b, `,"transaction_id":`...), t.ID)
	b = appendOrNull(append(b, `,"transaction_code":`...), t.Code)
	return append(appendText(append(b, `,"transaction_type":`...), t.Type), '}')
}

func appendCounterparties(b []byte, list []Counterparty) []byte {
	if list == nil {
		return append(b, `null`...)
	}
	b = append(b, '[')
	for i := range list {
		if i > 0 {
			b = append(b, ',')
		}
		c := &list[i]
		b = appendText(append(b, `{"name":`...), c.Name)
		b = appendText(append(b, `,"type":`...), c.Type)
		b = appendOrNull(append(b, `,"entity_id":`...), c.Entity)
		b = appendOrNull(append(b, `,"website":`...), c.Website)
		b = appendOrNull(append(b, `,"logo_url":`...), c.Logo)
		b = append(appendOrNull(append(b, `,"confidence_level":`...), c.Confidence), '}')
	}
	return append(b, ']')
}

func (l *Location) append(b []byte) []byte {
	b = appendOrNull(append(b, `{"address":`...), l.Address)
	b = appendOrNull(append(b, `,"city":`...), l.City)
	b = appendOrNull(append(b, `,"region":`...), l.Region)
	b = appendOrNull(append(b, `,"postal_code":`...), l.Postal)
	b = appendOrNull(append(b, `,"country":`...), l.Country)
	b = appendDegrees(append(b, `,"lat":`...), l.Lat)
	b = appendDegrees(append(b, `,"lon":`...), l.Lon)
	return append(appendOrNull(append(b, `,"store_number":`...), l.Store), '}')
}

func (p *PaymentMeta) append(b []byte) []byte {
	b = appendOrNull(append(b, `{"by_order_of":`...), p.ByOrderOf)
	b = appendOrNull(append(b, `,"payee":`...), p.Payee)
	b = appendOrNull(append(b, `,"payer":`...), p.Payer)
	b = appendOrNull(append(b, `,"payment_method":`...), p.Method)
	b = appendOrNull(append(b, `,"payment_processor":`...), p.Processor)
	b = appendOrNull(append(b, `,"ppd_id":`...), p.PPD)
	b = appendOrNull(append(b, `,"reason":`...), p.Reason)
	return append(appendOrNull(append(b, `,"reference_number":`...), p.Reference), '}')
}

func (c *Category) append(b []byte) []byte {
	if c == nil {
		return append(b, `null`...)
	}
	b = appendText(append(b, `{"primary":`...), c.Primary)
	b = appendText(append(b, `,"detailed":`...), c.Detailed)
	b = appendText(append(b, `,"confidence_level":`...), c.Confidence)
	return append(appendText(append(b, `,"version":`...), c.Version), '}')
}

// appendDegrees writes a latitude or longitude: never so small or so large that
// encoding/json would give it an exponent.
func appendDegrees(b []byte, f *float64) []byte {
	if f == nil {
		return append(b, `null`...)
	}
	return strconv.AppendFloat(b, *f, 'f', -1, 64)
}

func appendTexts(b []byte, list []string) []byte {
	if list == nil {
		return append(b, `null`...)
	}
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, s)
	}
	return append(b, ']')
}

func appendOrNull(b []byte, s *string) []byte {
	if s == nil {
		return append(b, `null`...)
	}
	return appendText(b, *s)
}

// plainText has the bytes that encoding/json writes as they are.
var plainText = func() (plain [256]bool) {
	for c := byte(' '); c <= '~'; c++ {
		plain[c] = !strings.ContainsRune("\"\\<>&", rune(c))
	}
	return plain
}()

// appendText writes a string. One that needs care is left to encoding/json.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if !plainText[s[i]] {
			text, _ := json.Marshal(s) // a string can be written always
			return append(b, text...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}
