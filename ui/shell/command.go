package shell

import (
	"strings"

	"bankbook/core"
	"bankbook/core/money"
	"bankbook/ui/look"
	"bankbook/ui/say"
)

// command is something that the palette finds and does.
type command struct {
	group string
	text  string
	// beside stands muted behind the text: the bank of an account.
	beside string
	icon   look.IconName
	amount money.Optional
	do     func()
}

// The groups of commands, in the order in which they are shown.
const (
	groupActions      = "Actions"
	groupAccounts     = "Accounts"
	groupTransactions = "Transactions"
)

// commandRows is how many commands of one group are shown.
const commandRows = 6

// commands lists all that the palette can do.
func (w *window) commands(accounts []core.Account) []command {
	list := []command{
		{text: "Go to Overview", icon: look.IconOverview, do: func() { w.visit(Overview{}) }},
		{text: "Go to Banks", icon: look.IconBank, do: func() { w.visit(Banks{}) }},
		{text: "Go to Transactions", icon: look.IconList, do: func() { w.visit(Transactions{}) }},
		{text: "Go to Activity", icon: look.IconActivity, do: func() { w.visit(Activity{}) }},
		{text: "Go to Settings", icon: look.IconSettings, do: func() { w.visit(Settings{}) }},
		{text: "Link a bank…", icon: look.IconPlus, do: func() { w.visit(LinkBank{}) }},
		{text: "Add account manually…", icon: look.IconPlus, do: w.addAccount},
		{text: "Sync all banks", icon: look.IconRefresh, do: w.syncAll},
	}
	for _, i := range w.status.facts.items {
		list = append(list, w.bankCommand(i))
	}
	list = append(list, w.profileCommands()...)
	for _, i := range w.status.facts.items {
		list = append(list, command{
			text: "History of " + say.BankName(i.Institution), icon: look.IconActivity, do: func() { w.visit(Activity{Item: i.ID}) },
		})
	}
	for _, m := range modes() {
		list = append(list, command{text: "Appearance: " + modeWords(m), icon: look.IconSun, do: func() { w.shell.setMode(m) }})
	}
	if w.services.Lock != nil {
		list = append(list, command{text: "Lock Bankbook", icon: look.IconLock, do: w.services.Lock})
	}
	list = append(list, command{text: "Change source…", icon: look.IconSettings, do: w.services.ChooseSource})
	for i := range list {
		list[i].group = groupActions
	}
	return append(list, w.accountCommands(accounts)...)
}

// bankCommand is what a bank needs most: a sign-in, or else a sync.
func (w *window) bankCommand(i core.Item) command {
	name := say.BankName(i.Institution)
	if i.Status == core.SignInNeeded || i.Status == core.ConsentNeeded {
		return command{text: "Reconnect " + name, icon: look.IconExternalLink, do: func() { w.visit(RepairBank{Item: i.ID}) }}
	}
	return command{text: "Sync " + name, icon: look.IconRefresh, do: func() { w.sync(i.ID) }}
}

// profileCommands show the other profiles, and make one.
func (w *window) profileCommands() []command {
	var list []command
	for _, p := range w.status.facts.profiles {
		if p.ID != w.services.Profile {
			list = append(list, command{text: "Switch to " + p.Name, icon: look.IconUpDown, do: func() { w.choose(p.ID) }})
		}
	}
	if w.services.Profile != "" && len(w.status.facts.profiles) > 1 {
		list = append(list, command{text: "Show all profiles together", icon: look.IconOverview, do: func() { w.choose("") }})
	}
	list = append(list, command{text: "New profile…", icon: look.IconPlus, do: w.newProfile})
	if p, ok := w.profile(); ok {
		list = append(list, command{text: "Edit profile " + p.Name + "…", icon: look.IconSettings, do: func() { w.editProfile(p) }})
	}
	return list
}

func (w *window) accountCommands(accounts []core.Account) []command {
	names := map[core.ItemID]string{}
	for _, i := range w.status.facts.items {
		names[i.ID] = say.BankName(i.Institution)
	}
	var list []command
	for _, a := range accounts {
		list = append(list, command{
			group: groupAccounts, text: say.AccountName(a), beside: names[a.Item], icon: look.IconBank, amount: a.Worth(),
			do: func() { w.visit(Account{ID: a.ID}) },
		})
	}
	return list
}

// find returns the commands that contain every word of a query, actions first,
// a few of each group; and with a query also the way to search for it. Without
// a query only actions are offered.
func (w *window) find(all []command, query string) []command {
	words := strings.Fields(strings.ToLower(query))
	var found []command
	shown := map[string]int{}
	for _, c := range all {
		if len(words) == 0 && c.group != groupActions || !contains(c.text+" "+c.beside, words) || shown[c.group] == commandRows {
			continue
		}
		shown[c.group]++
		found = append(found, c)
	}
	if len(words) > 0 {
		text := strings.TrimSpace(query)
		found = append(found, command{
			group: groupTransactions, text: "Show transactions with “" + text + "”", icon: look.IconSearch,
			do: func() { w.visit(Transactions{Text: text}) },
		})
	}
	return found
}

func contains(text string, words []string) bool {
	text = strings.ToLower(text)
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
