package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/ui/boot"
	"bankbook/ui/say"
)

// everyone is the name of all profiles together.
const everyone = "all"

// books returns the services of the profile that --profile names, or else those of
// all profiles together.
func (c *command) books(s *boot.Services) (*boot.Books, error) {
	if c.profileName == "" {
		return s.Books(""), nil
	}
	id, err := findProfile(s, c.profileName)
	return s.Books(id), err
}

// target returns the profile that something new is made in: the one that
// --profile names, or else the one chosen last.
func (c *command) target(s *boot.Services) (core.ProfileID, error) {
	if c.profileName == "" {
		return s.Profile.ID, nil
	}
	id, err := findProfile(s, c.profileName)
	if err == nil && id == "" {
		err = fault.New("read --profile", fault.Invalid, fmt.Errorf("%q is no profile that something can be made in", c.profileName))
	}
	return id, err
}

// findProfile returns a profile by its name or id; "" is all of them.
func findProfile(s *boot.Services, name string) (core.ProfileID, error) {
	if strings.EqualFold(name, everyone) {
		return "", nil
	}
	list, err := s.Keeper.List()
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(list, func(p core.Profile) bool { return string(p.ID) == name || strings.EqualFold(p.Name, name) })
	if at < 0 {
		return "", fault.New("read the profile", fault.Invalid, fmt.Errorf("there is no profile %q. See: bankbook profiles", name))
	}
	return list[at].ID, nil
}

// profileRecord is a profile as --json prints it.
type profileRecord struct {
	ProfileID core.ProfileID   `json:"profile_id"`
	Name      string           `json:"name"`
	Kind      core.ProfileKind `json:"kind"`
	Accounts  int              `json:"accounts"`
	Archived  bool             `json:"archived,omitempty"`
	Deleting  bool             `json:"deleting,omitempty"`
	Chosen    bool             `json:"chosen,omitempty"`
}

func (c *command) profilesCommand() *cobra.Command {
	list := &cobra.Command{
		Use:   "profiles",
		Short: "List whose data there is; make, change, archive and delete profiles",
		Args:  noArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return c.with(cmd.Context(), c.printProfiles) },
	}
	list.AddCommand(c.addProfileCommand(), c.changeProfileCommand(), c.deleteProfileCommand(),
		c.profileCommand("use", "Choose the profile that banks are linked for; all is every profile together",
			func(_ context.Context, s *boot.Services, id core.ProfileID) error { return s.Choose(id) }),
		c.profileCommand("archive", "Put a profile away: it can still be looked at, and is not synced",
			func(_ context.Context, s *boot.Services, id core.ProfileID) error { return s.Profiles().Archive(id) }),
		c.profileCommand("restore", "Take a profile out of the archive",
			func(_ context.Context, s *boot.Services, id core.ProfileID) error { return s.Profiles().Restore(id) }),
	)
	return list
}

func (c *command) printProfiles(_ context.Context, s *boot.Services) error {
	list, accounts, err := s.Profiles().All()
	if err != nil {
		return err
	}
	chosen, err := s.Chosen()
	if err != nil {
		return err
	}
	records := make([]profileRecord, 0, len(list))
	t := table{head: []string{"Profile", "Kind", "Accounts", "", "ID"}, right: map[int]bool{2: true}}
	for _, p := range list {
		r := profileRecord{
			ProfileID: p.ID, Name: p.Name, Kind: p.Kind, Accounts: accounts[p.ID], Archived: p.Archived,
			Deleting: !p.Leaving.IsZero(), Chosen: p.ID == chosen,
		}
		records = append(records, r)
		t.rows = append(t.rows, []string{p.Name, say.ProfileKind(p.Kind), say.Number(r.Accounts), say.ProfileState(p, r.Chosen), string(p.ID)})
	}
	return c.output().print(records, t)
}

// profileCommand is a command about one profile, which it prints the list after.
func (c *command) profileCommand(name, short string, do func(context.Context, *boot.Services, core.ProfileID) error) *cobra.Command {
	return &cobra.Command{
		Use:   name + " PROFILE",
		Short: short,
		Args:  oneName("profile"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error {
				id, err := findProfile(s, args[0])
				if err == nil {
					err = do(ctx, s, id)
				}
				if err != nil {
					return problemOf(err)
				}
				return c.printProfiles(ctx, s)
			})
		},
	}
}

// problemOf puts the sentence of a name or kind into the fault.
func problemOf(err error) error {
	if words := say.ProfileProblem(err); words != "" {
		return errUsage{words}
	}
	return err
}

func (c *command) addProfileCommand() *cobra.Command {
	kind := string(core.Person)
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Make a profile",
		Args:  oneName("new profile"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error {
				if _, err := s.Profiles().Create(args[0], core.ProfileKind(kind)); err != nil {
					return problemOf(err)
				}
				return c.printProfiles(ctx, s)
			})
		},
	}
	cmd.Flags().StringVar(&kind, "kind", kind, "person, business, employer or carrier")
	return cmd
}

func (c *command) changeProfileCommand() *cobra.Command {
	var name, kind string
	cmd := &cobra.Command{
		Use:   "change PROFILE",
		Short: "Give a profile another name or kind",
		Args:  oneName("profile"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if name == "" && kind == "" {
				return errUsage{"nothing to change: give --name or --kind"}
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *boot.Services) error {
				if err := changeProfile(s, args[0], name, kind); err != nil {
					return problemOf(err)
				}
				return c.printProfiles(ctx, s)
			})
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "the new name")
	cmd.Flags().StringVar(&kind, "kind", "", "person, business, employer or carrier")
	return cmd
}

func changeProfile(s *boot.Services, which, name, kind string) error {
	id, err := findProfile(s, which)
	if err != nil {
		return err
	}
	list, err := s.Keeper.List()
	if err != nil {
		return err
	}
	for _, p := range list {
		if p.ID != id {
			continue
		}
		if name != "" {
			p.Name = name
		}
		if kind != "" {
			p.Kind = core.ProfileKind(kind)
		}
		_, err = s.Profiles().Change(id, p.Name, p.Kind)
		return err
	}
	return fault.New("read the profile", fault.Invalid, fmt.Errorf("%q is not one profile", which))
}

func (c *command) deleteProfileCommand() *cobra.Command {
	yes := false
	cmd := c.profileCommand("delete", "Delete a profile with its banks, accounts and transactions",
		func(ctx context.Context, s *boot.Services, id core.ProfileID) error {
			if err := c.confirm(yes, "Its banks, accounts and transactions are deleted, and Plaid is told to end the connections. This can’t be undone."); err != nil {
				return err
			}
			return s.RemoveProfile(ctx, id)
		})
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

// confirm asks for a yes, unless it has been given.
func (c *command) confirm(yes bool, what string) error {
	if yes {
		return nil
	}
	c.note("%s\nType yes to go on:", what)
	line, err := c.line("read the answer")
	if err != nil || !strings.EqualFold(strings.TrimSpace(line.Reveal()), "yes") {
		return errUsage{"Nothing was done. Type yes, or give --yes."}
	}
	return nil
}

// oneName wants one name.
func oneName(of string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 && args[0] != "" {
			return nil
		}
		return errUsage{fmt.Sprintf("%s takes the name of one %s. See: %s --help", cmd.CommandPath(), of, cmd.CommandPath())}
	}
}
