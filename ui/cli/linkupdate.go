package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/pflag"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/link"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// updateFlags name the bank that `bankbook link` is to do something with instead of
// linking a new one.
type updateFlags struct{ repair, accounts, numbers, verify string }

func (f *updateFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.repair, "repair", "", "sign in again to the bank with this id")
	flags.StringVar(&f.accounts, "accounts", "", "choose anew which accounts the bank with this id shares")
	flags.StringVar(&f.numbers, "add-numbers", "", "ask the bank with this id for account numbers too")
	flags.StringVar(&f.verify, "verify", "", "tell the code of the small deposit that the bank with this id waits for")
}

// wanted returns what to do and with which bank; "" is nothing. Two of them at a time
// are a mistake.
func (f *updateFlags) wanted() (purpose link.Purpose, item core.ItemID, err error) {
	for _, flag := range []struct {
		purpose link.Purpose
		item    string
	}{{link.Repair, f.repair}, {link.Accounts, f.accounts}, {link.Products, f.numbers}, {link.Verify, f.verify}} {
		switch {
		case flag.item == "":
		case purpose != "":
			return "", "", errUsage{"Give one of --repair, --accounts, --add-numbers and --verify. See: bankbook link --help"}
		default:
			purpose, item = flag.purpose, core.ItemID(flag.item)
		}
	}
	return purpose, item, nil
}

// onlyForNew are the choices that a bank which is there has made already.
var onlyForNew = []string{"instant", "institution", "user", "again", "numbers", "days", "micro-deposits", "several"}

// checkUpdate refuses choices that would have no effect.
func checkUpdate(purpose link.Purpose, flags *pflag.FlagSet) error {
	if purpose == "" {
		return nil
	}
	for _, name := range onlyForNew {
		if flags.Changed(name) {
			return errUsage{"--" + name + " is for a new bank. See: bankbook link --help"}
		}
	}
	return nil
}

// errand is what is to be done with a bank that is there.
type errand struct {
	purpose link.Purpose
	item    core.ItemID
	way     core.WayBack
}

// update starts what is to be done with a bank of the profile's.
func (c *command) update(ctx context.Context, s *boot.Services, e errand) (core.LinkID, error) {
	if err := checkWay(s.Env, e.way); err != nil {
		return "", err
	}
	books, err := c.books(s)
	if err != nil {
		return "", err
	}
	item, err := books.View().Own(e.item)
	if err != nil {
		return "", err
	}
	switch e.purpose {
	case link.Accounts:
		return books.ChangeAccounts(ctx, e.item, e.way)
	case link.Products:
		if item.Has(core.Auth) {
			return "", errUsage{say.HasNumbers}
		}
		return books.AddProducts(ctx, e.item, []core.Product{core.Auth}, e.way)
	case link.Verify:
		account, err := c.pending(books, e.item)
		if err != nil {
			return "", err
		}
		return books.Verify(ctx, e.item, account, e.way)
	}
	return books.Repair(ctx, e.item, e.way)
}

// pending returns the account of a bank that waits for the code of a deposit.
func (c *command) pending(books *boot.Books, id core.ItemID) (core.AccountID, error) {
	accounts, err := books.Accounts()
	if err != nil {
		return "", err
	}
	for _, a := range accounts {
		if a.Item == id && !a.Unshared && a.ACH.Status == core.VerifyPending {
			return a.ID, nil
		}
	}
	return "", errUsage{say.NothingToVerify}
}

// checkWay tells at once what is wrong with a way back.
func checkWay(env core.Environment, way core.WayBack) error {
	words := ""
	switch {
	case way.RedirectURI != "" && way.AndroidPackage != "":
		words = say.TwoWaysBack
	case link.CheckRedirectURI(env, way.RedirectURI) != nil:
		words = "--redirect-uri: " + say.RedirectURI(errors.New("refused"))
	case link.CheckAndroidPackage(way.AndroidPackage) != nil:
		words = "--android-package: " + say.AndroidPackage(errors.New("refused"))
	}
	if words == "" {
		return nil
	}
	return errUsage{words}
}

// printUpdate prints the accounts of a bank after something was done with it.
func (c *command) printUpdate(s *boot.Services, session link.Session) error {
	record := linkRecord{
		LinkID: session.ID, Stage: string(session.Stage), Purpose: string(session.Purpose), Items: []core.ItemID{session.Repairs},
	}
	accounts, err := s.Vault.AccountsOf(session.Repairs)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return fmt.Errorf("print accounts: %w", err)
	}
	for _, m := range session.Moved {
		record.Moved = append(record.Moved, movedRecord{m.Old, m.New})
	}
	t := table{head: []string{"Account", "Shared", say.ACHNumbers}}
	var moved []core.Account
	for _, a := range accounts {
		if slices.ContainsFunc(session.Moved, func(m link.Move) bool { return m.New == a.ID }) {
			moved = append(moved, a)
		}
		shared := "yes"
		if a.Unshared {
			shared = "no"
		}
		t.rows = append(t.rows, []string{say.AccountName(a), shared, say.Numbers(a.ACH).Text})
	}
	if len(moved) > 0 {
		sentence, more := say.CameBack(moved...)
		c.note("%s %s", sentence, more)
		c.note("%s %s", say.CameBackGoOn, session.Repairs)
	}
	return c.output().print(record, t)
}
