package vault

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"

	"bankbook/core"
)

// balanceYear is what an account held on the days of one year, the earliest first.
type balanceYear struct {
	Account core.AccountID
	Days    []core.DayBalance
}

// yearSize is the length of a year in a key.
const yearSize = 2

func (s *sealer) balanceKey(account core.AccountID, year int) []byte {
	return binary.BigEndian.AppendUint16(s.idKey(inBalances, string(account)), uint16(year))
}

// noteBalances keeps what accounts hold now as what they held on the day that
// their balance is of.
func (w *writer) noteBalances(accounts []core.Account) error {
	for _, a := range accounts {
		known := a.Balance.Current.Known || a.Balance.Available.Known
		if !known || a.Balance.At.IsZero() || a.Unshared || a.Choices.Status != core.Open {
			continue
		}
		day := core.DateOf(a.Balance.At.UTC())
		year := day.Time().Year()
		key := w.seal.balanceKey(a.ID, year)
		kept := balanceYear{Account: a.ID}
		if _, err := w.getJSON(inBalances, key, &kept); err != nil {
			return err
		}
		if !kept.note(core.DayBalance{Day: day, Current: a.Balance.Current, Available: a.Balance.Available}) {
			continue
		}
		if err := w.putJSON(inBalances, key, kept); err != nil {
			return err
		}
	}
	return nil
}

// note puts in a day in the place of what was said of it before. It reports
// whether that is a change.
func (y *balanceYear) note(b core.DayBalance) bool {
	at, found := slices.BinarySearchFunc(y.Days, b.Day, func(have core.DayBalance, day core.Date) int { return cmp.Compare(have.Day, day) })
	switch {
	case !found:
		y.Days = slices.Insert(y.Days, at, b)
	case y.Days[at] == b:
		return false
	default:
		y.Days[at] = b
	}
	return true
}

// eachBalance opens the years of an account, the earliest first.
func (r reader) eachBalance(account core.AccountID, fn func(key, plain []byte) error) error {
	in, err := r.bucket(inBalances)
	if err != nil {
		return err
	}
	prefix := r.seal.idKey(inBalances, string(account))
	cursor := in.Cursor()
	for key, value := cursor.Seek(prefix); bytes.HasPrefix(key, prefix); key, value = cursor.Next() {
		plain, _, err := r.seal.open(inBalances, key, value, nil)
		if err != nil {
			return err
		}
		if err := fn(key, plain); err != nil {
			return err
		}
	}
	return nil
}

// balanceYears returns the history of an account.
func (r reader) balanceYears(account core.AccountID) ([]balanceYear, error) {
	var years []balanceYear
	err := r.eachBalance(account, func(_, plain []byte) error {
		var year balanceYear
		err := parseJSON(inBalances, plain, &year)
		years = append(years, year)
		return err
	})
	return years, err
}

// Balances returns what an account held on the days on which its bank was asked,
// from a day on, the earliest first.
func (v *Vault) Balances(account core.AccountID, from core.Date) ([]core.DayBalance, error) {
	var days []core.DayBalance
	err := v.view("vault: read balances", func(r reader) error {
		years, err := r.balanceYears(account)
		for _, year := range years {
			days = append(days, year.Days...)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(days, func(b core.DayBalance) bool { return b.Day < from }), nil
}

// removeBalances removes the history of the accounts of which which says so.
func (w *writer) removeBalances(accounts []core.Account, which func(core.Account) bool) error {
	for _, a := range accounts {
		if !which(a) {
			continue
		}
		var keys [][]byte
		err := w.eachBalance(a.ID, func(key, _ []byte) error {
			keys = append(keys, bytes.Clone(key))
			return nil
		})
		if err != nil {
			return err
		}
		for _, key := range keys {
			if err := w.delete(inBalances, key); err != nil {
				return err
			}
		}
	}
	return nil
}

// balances checks that each year of balances is of the account of its key, in
// order and of one year.
func (c *checker) balances() error {
	return c.each(inBalances, func(key, plain []byte) error {
		var year balanceYear
		if err := parseJSON(inBalances, plain, &year); err != nil {
			return err
		}
		for i, b := range year.Days {
			if !bytes.Equal(key, c.seal.balanceKey(year.Account, b.Day.Time().Year())) || i > 0 && year.Days[i-1].Day >= b.Day {
				return damaged("a balance is under another's key or out of order")
			}
		}
		return nil
	})
}
