package export

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode"

	"bankbook/core"
)

// Labels are the words for what transactions name by id or code.
type Labels struct {
	// Account returns the names of an account and of its bank.
	Account func(core.AccountID) (account, bank string)
	// Category returns a category in words.
	Category func(primary string) string
}

// csvHead names the columns. New ones are only ever added at the end.
const csvHead = "date,amount,currency,name,description,category,account,bank,status,counterparty,original_description,transaction_id,account_id\n"

// CSV writes transactions as comma-separated values (RFC 4180) in UTF-8 with a
// head, and returns how many. Amounts are plain decimal numbers, money in
// positive. It ends at the first error of the transactions, which it returns
// as it is, or of the writer.
func CSV(w io.Writer, rows iter.Seq2[core.Transaction, error], labels Labels) (n int, err error) {
	c := csvWriter{out: bufio.NewWriterSize(w, 1<<16), labels: labels, accounts: map[core.AccountID][]byte{}, categories: map[string][]byte{}}
	if _, err := c.out.WriteString(csvHead); err != nil {
		return 0, fmt.Errorf("export: %w", err)
	}
	for t, err := range rows {
		if err != nil {
			return n, err
		}
		if err := c.write(&t); err != nil {
			return n, fmt.Errorf("export: %w", err)
		}
		n++
	}
	if err := c.out.Flush(); err != nil {
		return n, fmt.Errorf("export: %w", err)
	}
	return n, nil
}

// csvWriter remembers the cells that come again and again.
type csvWriter struct {
	out        *bufio.Writer
	labels     Labels
	line       []byte
	accounts   map[core.AccountID][]byte
	categories map[string][]byte
	day        core.Date
	dayText    string
}

func (c *csvWriter) write(t *core.Transaction) error {
	if c.dayText == "" || t.Date != c.day {
		c.day, c.dayText = t.Date, t.Date.String()
	}
	status := "posted"
	if t.Pending {
		status = "pending"
	}
	b := append(c.line[:0], c.dayText...)
	b = append(append(b, ','), t.Amount.Decimal()...)
	b = appendCell(append(b, ','), string(t.Amount.Currency))
	b = appendCell(append(b, ','), t.Title())
	b = appendCell(append(b, ','), t.Name)
	b = append(append(b, ','), c.category(t.Category.Primary)...)
	b = append(append(b, ','), c.account(t.Account)...)
	b = append(append(b, ','), status...)
	b = appendCell(append(b, ','), t.Counterparty)
	b = appendCell(append(b, ','), t.Original)
	b = appendCell(append(b, ','), string(t.ID))
	b = appendCell(append(b, ','), string(t.Account))
	c.line = append(b, '\n')
	_, err := c.out.Write(c.line)
	return err
}

func (c *csvWriter) category(primary string) []byte {
	cell, ok := c.categories[primary]
	if !ok {
		cell = appendCell(nil, c.labels.Category(primary))
		c.categories[primary] = cell
	}
	return cell
}

// account returns the cells of account and bank.
func (c *csvWriter) account(id core.AccountID) []byte {
	cells, ok := c.accounts[id]
	if !ok {
		account, bank := c.labels.Account(id)
		cells = appendCell(append(appendCell(nil, account), ','), bank)
		c.accounts[id] = cells
	}
	return cells
}

// appendCell writes a text that came from outside. What a spreadsheet would
// take for a formula gets an apostrophe (SECURITY §6.13), and control
// characters become spaces.
func appendCell(b []byte, text string) []byte {
	if isPlain(text) {
		return append(b, text...)
	}
	if text == "" {
		return b
	}
	formula := strings.ContainsRune("=+-@\t\r\x00", rune(text[0]))
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
	b = append(b, '"')
	if formula {
		b = append(b, '\'')
	}
	b = append(b, strings.ReplaceAll(text, `"`, `""`)...)
	return append(b, '"')
}

// isPlain reports whether a text can stand in a cell as it is.
func isPlain(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ' || c >= 0x7F || c == '"' || c == ',':
			return false
		case i == 0 && (c == '=' || c == '+' || c == '-' || c == '@' || c == ' '):
			return false
		}
	}
	return text != ""
}
