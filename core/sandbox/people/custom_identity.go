package people

// owner returns who owns the accounts that say nothing of their owners: those of
// the first account that does, since Plaid uses the same names for all accounts
// of an Item; or else its usual account holder.
func (c *config) owner() Owner {
	for i := range c.Accounts {
		if id := c.Accounts[i].Identity; id != nil && len(id.names()) > 0 {
			return id.owner(alberta())
		}
	}
	return alberta()
}

func (b *builder) ownerOf(c *accountConfig) Owner {
	if c.Identity == nil {
		return b.owner
	}
	return c.Identity.owner(b.owner)
}

// names are those that are not null.
func (c *identityConfig) names() []string {
	var out []string
	for _, n := range c.Names {
		if n != "" {
			out = append(out, n)
		}
	}
	return out
}

// owner returns the owner of the configuration; what it leaves open is as of
// usual.
func (c *identityConfig) owner(usual Owner) Owner {
	out := Owner{Names: c.names(), Phones: contacts(c.Phones, "mobile"), Emails: contacts(c.Emails, "primary")}
	for _, a := range c.Addresses {
		if a.Place != nil && *a.Place != (Place{}) {
			out.Addresses = append(out.Addresses, Address{*a.Place, a.Primary})
		}
	}
	if len(out.Names) == 0 {
		out.Names = usual.Names
	}
	if len(out.Phones) == 0 {
		out.Phones = usual.Phones
	}
	if len(out.Emails) == 0 {
		out.Emails = usual.Emails
	}
	if len(out.Addresses) == 0 {
		out.Addresses = usual.Addresses
	}
	return out
}

func contacts(list []Contact, kind string) []Contact {
	var out []Contact
	for _, c := range list {
		if c.Data == "" {
			continue
		}
		if c.Kind == "" {
			c.Kind = kind
		}
		out = append(out, c)
	}
	return out
}
