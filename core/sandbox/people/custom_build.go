package people

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"bankbook/core/sandbox/ledger"
)

// builder makes the accounts of a custom user, one after the other.
type builder struct {
	person *Person
	dice   *rand.Rand
	// owner is who owns an account that says nothing of its owners.
	owner Owner
}

// diceOf returns the random numbers for what a configuration leaves open. They
// come from its seed, or else from the whole of it, so that they never change:
// not even if it is written in another way, as a state file does.
func diceOf(seed string, tree any) *rand.Rand {
	source := []byte(seed)
	if seed == "" {
		source, _ = json.Marshal(tree) // it was decoded from JSON
	}
	sum := sha256.Sum256(source)
	return rand.New(rand.NewPCG(binary.LittleEndian.Uint64(sum[:8]), binary.LittleEndian.Uint64(sum[8:16])))
}

// add adds the account of a configuration. A payroll account is none that
// /accounts/get tells of.
func (b *builder) add(i int, c *accountConfig) error {
	balance := b.balance(c) // also for a payroll account, so that the dice roll on
	if c.Type == payroll {
		return nil
	}
	a := Account{
		Code: fmt.Sprintf("custom-%d", i), Name: c.Meta.Name, Official: c.Meta.Official, Type: c.Type, Subtype: c.Subtype,
		Current: balance, Limit: c.Meta.Limit.String(), Currency: c.Currency, Mask: c.mask(i), Numbers: c.numbers(), Owners: []Owner{b.ownerOf(c)},
	}
	if a.Name == "" {
		a.Name = "Plaid " + title(c.Subtype)
	}
	if a.Limit == "" && c.Type == Credit {
		a.Limit = usualLimit
	}
	a.Available = c.available(&a)
	a.Liability = c.debt(&a)
	b.person.Accounts = append(b.person.Accounts, a)
	for n, t := range c.Transactions {
		e, err := t.entry(&a)
		if err != nil {
			return fmt.Errorf("override_accounts[%d].transactions[%d]: %w", i, n, err)
		}
		b.person.Entries = append(b.person.Entries, e)
	}
	return b.addInflows(c, &a)
}

// usualLimit is the limit of a card that says nothing of one.
const usualLimit = "2000"

// balance returns the account's balance: a made-up one if it has none.
func (b *builder) balance(c *accountConfig) string {
	made := fmt.Sprintf("%d.%02d", 100+b.dice.IntN(1800), 1+b.dice.IntN(98))
	if c.Starting != "" {
		return c.Starting.String()
	}
	return strings.TrimSuffix(made, "0")
}

// mask returns the end of the account's number if the configuration has none.
func (a *accountConfig) mask(i int) string {
	const length = 4
	number := a.Numbers.Account
	switch {
	case a.Meta.Mask != nil:
		return *a.Meta.Mask
	case len(number) >= length:
		return number[len(number)-length:]
	}
	return strings.Repeat(fmt.Sprint(i%10), length)
}

// available returns the available balance: what is forced, or what follows from
// balance and limit.
func (a *accountConfig) available(made *Account) string {
	switch {
	case a.Available != "":
		return a.Available.String()
	case a.NoAvailable:
		return ""
	case made.Type == Depository:
		return made.Current
	case made.Type == Credit:
		return less(made.Limit, made.Current)
	}
	return ""
}

// less returns a - b, in hundredths.
func less(a, b string) string {
	x, errX := minor(a, "USD")
	y, errY := minor(b, "USD")
	if errX != nil || errY != nil {
		return ""
	}
	d := x - y
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	out := fmt.Sprintf("%s%d.%02d", sign, d/100, d%100)
	return strings.TrimSuffix(strings.TrimRight(out, "0"), ".")
}

// numbers returns the account's numbers. An IBAN is an account number, too.
func (a *accountConfig) numbers() Numbers {
	n := Numbers(a.Numbers)
	if n.Account == "" {
		n.Account = n.IBAN
	}
	return n
}

// title writes a subtype as a name.
func title(subtype string) string {
	words := strings.Fields(subtype)
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// entry returns the transaction as the ledger keeps it.
func (t *transactionConfig) entry(a *Account) (e ledger.Entry, err error) {
	currency := t.Currency
	if currency == "" {
		currency = a.Currency
	}
	amount, err := minor(t.Amount.String(), currency)
	if err != nil {
		return e, err
	}
	return ledger.Entry{
		Account: ledger.Account(a.Code), Transacted: dayOf(t.Transacted), Posted: dayOf(t.Posted),
		Amount: ledger.Money{Minor: amount, Currency: currency}, Description: t.Description,
	}, nil
}

// dayOf reads a date whose shape was checked.
func dayOf(date string) ledger.Day {
	at, _ := time.Parse(time.DateOnly, date)
	return ledger.DayOf(at)
}

// minor returns a decimal number in the smallest unit of a currency, rounded to
// the nearest.
func minor(decimal, currency string) (int64, error) {
	exponent := ledger.Money{Currency: currency}.Exponent()
	rest, negative := strings.CutPrefix(decimal, "-")
	whole, part, _ := strings.Cut(rest, ".")
	part += strings.Repeat("0", exponent+1)
	var n int64
	for _, d := range whole + part[:exponent] {
		if d < '0' || d > '9' {
			return 0, fmt.Errorf("%q is not a decimal number", decimal)
		}
		n = n*10 + int64(d-'0')
	}
	if part[exponent] >= '5' {
		n++
	}
	if negative {
		n = -n
	}
	return n, nil
}
