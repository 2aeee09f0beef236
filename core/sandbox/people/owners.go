package people

// alberta owns everything that nobody else does: Plaid's usual account holder.
func alberta() Owner {
	return Owner{
		Names:  []string{"Alberta Bobbeth Charleson"},
		Phones: []Contact{{"1112223333", false, "home"}, {"1112224444", false, "work"}, {"1112225555", false, "mobile"}},
		Emails: []Contact{
			{"accountholder0@example.com", true, "primary"},
			{"accountholder1@example.com", false, "secondary"},
			{"extraordinarily.long.email.username.123456@reallylonghostname.com", false, "other"},
		},
		Addresses: []Address{
			{place("2992 Cameron Road", "Malakoff", "NY", "14236"), true},
			{place("2493 Leisure Lane", "San Matias", "CA", "93405-2255"), false},
		},
	}
}

func yuppie() Owner {
	return holder("Priya Anand Raman", "4155550142", "priya.raman@example.com", place("610 Alder Street Apt 14C", "San Francisco", "CA", "94103"))
}

func merchant() Owner {
	return holder("Marisol Vega", "5125550177", "marisol@vegaplumbing.example.com", place("1844 Juniper Avenue", "Austin", "TX", "78704"))
}

func earner() Owner {
	return holder("Darnell Wayne Hughes", "4045550119", "darnell.hughes@example.com", place("77 Peach Hollow Court", "Atlanta", "GA", "30310"))
}

func worker() Owner {
	return holder("Jordan Lee Okafor", "6145550136", "jordan.okafor@example.com", place("2310 Maple Ridge Drive", "Columbus", "OH", "43211"))
}

// couple are the two owners of joint accounts.
func couple() Owner {
	o := holder("Jordan Lee Okafor", "6145550136", "jordan.okafor@example.com", place("2310 Maple Ridge Drive", "Columbus", "OH", "43211"))
	o.Names = append(o.Names, "Camille Rose Okafor")
	o.Phones = append(o.Phones, Contact{"6145550188", false, "mobile"})
	o.Emails = append(o.Emails, Contact{"camille.okafor@example.com", false, "secondary"})
	return o
}

// holder is somebody with one phone, one address of each kind and no more.
func holder(name, phone, email string, home Place) Owner {
	return Owner{
		Names: []string{name}, Phones: []Contact{{phone, true, "mobile"}},
		Emails: []Contact{{email, true, "primary"}}, Addresses: []Address{{home, true}},
	}
}

func place(street, city, region, postal string) Place {
	country := "US"
	return Place{Street: street, City: &city, Region: &region, Postal: &postal, Country: &country}
}
