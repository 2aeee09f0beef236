package gallery

import (
	"fyne.io/fyne/v2"

	"bankbook/core/money"
	"bankbook/ui/kit"
	"bankbook/ui/look"
)

// Pieces returns a second page: what screens are put together from.
func Pieces() fyne.CanvasObject {
	s := &sheet{}
	s.sized(0, 0, 1280, 56, kit.NewHeader(kit.HeaderSpec{
		Title: "Pieces", Search: kit.NewSearchButton("Search or type a command", "Ctrl+K", nil),
		End: []fyne.CanvasObject{
			kit.NewText("Synced 2 min ago", kit.Small()),
			kit.NewButton(kit.ButtonSpec{Text: "Sync", Icon: look.IconRefresh}),
		},
	}))
	s.sized(24, 68, 664, 82, kit.NewTotals(
		kit.Total{Label: "Cash", Value: "$84,312.77", Note: "6 accounts"},
		kit.Total{Label: "Credit owed", Value: "$6,418.90", Note: "1 card"},
		kit.Total{Label: "Net", Value: "$77,893.87", Note: "+$7,078.60 this month", Tone: kit.Success},
	))
	s.sized(24, 166, 664, 210, flowCard())
	s.sized(24, 392, 664, 24, kit.NewStepper([]string{"Options", "In your browser", "Check accounts", "First sync"}, 1))
	s.sized(24, 432, 326, 170, transferTimeline())
	s.sized(362, 432, 326, 170, postedTimeline())
	s.sized(24, 618, 326, 178, warningCard())
	s.sized(362, 618, 326, 178, emptyCard())
	s.sized(704, 68, 280, 284, option(true))
	s.sized(1000, 68, 256, 284, option(false))
	s.sized(704, 368, 280, 190, settings())
	s.sized(1000, 368, 256, 130, accounts())
	s.sized(1000, 508, 256, 50, states())
	s.sized(704, 574, 280, 222, loadingTable())
	s.put(1000, 574, kit.NewQR("https://secure.plaid.com/hl/practice", 180))
	s.sized(1196, 574, 60, 222, logos())
	s.sized(1000, 766, 180, 8, kit.NewMovingBar(8))
	s.sized(1000, 782, 180, 2, kit.NewMovingBar(2))
	return kit.On(look.Background, s.canvas())
}

// Months is a year of made-up cash flow.
func Months() []kit.FlowMonth {
	names := []string{"Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"}
	in := []int64{47800, 41600, 43000, 46700, 50000, 52400, 49700, 46900, 51100, 55000, 58600, 37600}
	out := []int64{44000, 43800, 39900, 41700, 43200, 44900, 51900, 42500, 43800, 46700, 47200, 30500}
	months := make([]kit.FlowMonth, len(names))
	for i, name := range names {
		months[i] = kit.FlowMonth{
			Label: name, In: dollars(in[i] * 100), Out: dollars(out[i] * 100), Net: dollars((in[i] - out[i]) * 100),
			Current: i == len(names)-1, Hover: []string{name, money.Of(in[i]*100, money.USD).Text()},
		}
	}
	return months
}

func flowCard() fyne.CanvasObject {
	chart := kit.NewFlowChart(160)
	chart.Set(Months(), false)
	return kit.NewCard(kit.CardSpec{
		Title: "Cash flow", Dense: true, NoRule: true,
		Beside: kit.NewText("last 12 months", kit.Small()),
		Trailing: kit.HBox(16,
			kit.Legend(look.ChartIn, false, "Money in"), kit.Legend(look.ChartOut, false, "Money out"), kit.Legend(look.Primary, true, "Net")),
		Body: kit.Pad(kit.Edges{Right: 16, Bottom: 8, Left: 16}, chart),
	})
}

func transferTimeline() fyne.CanvasObject {
	return kit.NewCard(kit.CardSpec{Body: kit.Inset(16, kit.NewTimeline(
		kit.Moment{Title: "Created", Note: "By you, standard ACH", End: "Nov 12, 9:02 AM", Quiet: true},
		kit.Moment{Title: "Returned R01", Note: "Corner Market’s bank sent it back", End: "Nov 17, 6:15 AM", Quiet: true, State: kit.Failed},
		kit.Moment{Title: "Settled", Note: "Expected Nov 19", State: kit.Future},
	))})
}

func postedTimeline() fyne.CanvasObject {
	return kit.NewCard(kit.CardSpec{Body: kit.Inset(16, kit.VBox(16,
		kit.NewTimeline(
			kit.Moment{Title: "Pending", Beside: "Nov 15", End: "$20.00", State: kit.Future},
			kit.Moment{Title: "Posted", Beside: "Nov 17", Before: "+$4.00", End: "$24.00", Strong: true, State: kit.Now},
		),
		kit.NewSegmented([]string{"All", "Errors 2"}, 0, nil).Compact(),
		kit.HBox(8, kit.NewTag(kit.TagSpec{Text: "Client meeting", OnRemove: func() {}}), kit.NewTag(kit.TagSpec{Text: "Add category", Empty: true, OnTap: func() {}}),
			kit.NewLinkIn(kit.LinkSpec{Text: "Add tag", Icon: look.IconPlus, Style: kit.Small().In(look.Primary)})),
	))})
}

func warningCard() fyne.CanvasObject {
	return kit.NewCard(kit.CardSpec{
		Title: "Needs attention", Beside: kit.NewCountBadge("3", kit.Neutral), Trailing: kit.NewLink("See all", nil),
		Body: kit.Lines(
			kit.NewAttentionRow(kit.AttentionSpec{Tone: kit.Warning, Icon: look.IconCalendarClock, Subject: "Tartan Bank", Reason: "Consent ends in 5 days", Action: "Renew"}),
			kit.Fixed(0, 44, kit.Sides(16, 0, kit.HBox(8, kit.NewSpans(
				kit.Span{Text: "Checking", Style: kit.Body()}, kit.Span{Text: " ••0000", Style: kit.Body().Muted()}), kit.Spring(), kit.NewSparkline([]int64{3, 4, 4, 5, 4, 6, 7, 6, 8, 9, 9}), kit.NewText("$48,206.31", kit.Body())))),
		),
		Footer: kit.Sides(16, 10, kit.NewText("Linking it twice would count the money twice.", kit.Small().In(look.Warning))), Foot: kit.Warning,
	})
}

func emptyCard() fyne.CanvasObject {
	return kit.NewCard(kit.CardSpec{Body: kit.Centered(kit.NewEmpty(kit.EmptySpec{
		Icon: look.IconSearch, Title: "Nothing matches these filters", Sentence: "12 transactions contain “farm”.",
		Actions: []fyne.CanvasObject{
			kit.NewButton(kit.ButtonSpec{Text: "Clear all filters", Kind: kit.Primary}), kit.NewButton(kit.ButtonSpec{Text: "Keep only “farm”"}),
		},
	}))})
}

func option(chosen bool) fyne.CanvasObject {
	paper, ink, icon := kit.PracticeLook.Tokens()
	title, badge := "Practice bank", "Recommended"
	if !chosen {
		paper, ink, icon = kit.ProductionLook.Tokens()
		title, badge = "Plaid Production", ""
	}
	return kit.NewOptionCard(kit.OptionSpec{
		Icon: icon, Ink: ink, Paper: paper, Title: title, Badge: badge, Chosen: chosen,
		Sentence: "Try everything with made-up banks and made-up money.",
		Facts: []kit.OptionFact{
			{Icon: look.IconCheck, Good: true, Text: "Works offline"}, {Icon: look.IconKey, Text: "Needs keys"}, {Icon: look.IconBanknote, Text: "Plaid may charge per bank"},
		},
	})
}

func settings() fyne.CanvasObject {
	return kit.NewCard(kit.CardSpec{Body: kit.Lines(
		kit.SettingRow("Hide amounts", "Until you turn it off", kit.NewSwitch(true, nil)),
		kit.SettingRow("Lock after", "", kit.NewSelect([]string{"15 minutes", "1 hour"}, 0, nil)),
		kit.NewRadioRow(kit.RadioRowSpec{
			Title: "Plaid Sandbox", Sentence: "Keys saved", Chosen: true, Last: true,
			Tile: kit.NewIconTile(look.IconFlask, look.Warning, look.WarningTint, 32), Trailing: kit.NewPill(kit.PillSpec{Text: "In use", Tone: kit.Info}),
		}),
	)})
}

func accounts() fyne.CanvasObject {
	return kit.NewCard(kit.CardSpec{Title: "Spending this month", NoRule: true, Body: kit.Pad(kit.Edges{Right: 16, Bottom: 12, Left: 16}, kit.VBox(9,
		kit.NewBarRow("Payroll", "$17,880.44", 1), kit.NewBarRow("Ingredients", "$6,214.90", 0.35),
	))})
}

func states() fyne.CanvasObject {
	busy := kit.NewButton(kit.ButtonSpec{Text: "Sync", Icon: look.IconRefresh})
	busy.SetBusy(true)
	focused := kit.NewButton(kit.ButtonSpec{Text: "Reconnect", Kind: kit.Primary})
	focused.FocusGained()
	plain := kit.NewButton(kit.ButtonSpec{Text: "Back"})
	plain.FocusGained()
	return kit.HBox(8, busy, focused, plain)
}

func loadingTable() fyne.CanvasObject {
	t := kit.NewTable(kit.TableSpec{
		InCard: true, TopOfCard: true,
		Columns: []kit.Column{{Key: "date", Title: "Date", Width: 48}, {Title: "Name"}, {Title: "", Width: 76}},
		Bind: func(row int, r *kit.Row) {
			switch row {
			case 0:
				r.Section("Today, Nov 18")
			case 1:
				r.Text(0, "Nov 18", kit.Body().Muted())
				r.Text(1, "Marlow Flour Mill", kit.Body().Strong())
				r.PillEnd(2, kit.PillSpec{Text: "Pending"})
			case 2:
				r.Text(0, "Nov 17", kit.Body().Muted())
				r.Text(1, "City Power", kit.Body())
				r.EmptyTag(1, "Category")
				r.Icon(2, look.IconCheck, look.Muted)
				r.Dot(2, look.Primary)
				r.Tag(2, "A")
			default:
				r.Loading()
			}
		},
	})
	t.SetCount(50)
	t.SetSort("date", true)
	t.SetFocusedRow(2)
	return kit.NewCard(kit.CardSpec{Body: t})
}

func logos() fyne.CanvasObject {
	return kit.VBox(8,
		kit.NewBankLogo("ins_109508", "First Platypus Bank", 24), kit.NewBankLogo("ins_109510", "Tartan Bank", 36),
		kit.NewBankLogo("ins_109511", "Houndstooth Bank", 40), kit.NewAvatar("juniper", "Juniper Bakery LLC", 24),
		kit.NewIconLogo("cash", look.IconCoins, 28), kit.NewIconDisc(look.IconBank, look.Primary, look.Tint, 48),
	)
}
