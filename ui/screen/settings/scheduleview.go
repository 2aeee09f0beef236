package settings

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"bankbook/core/schedule"
	"bankbook/ui/kit"
	"bankbook/ui/say"
)

// pauses are what a person can choose from.
func pauses() []time.Duration {
	return []time.Duration{0, time.Hour, 6 * time.Hour, 24 * time.Hour}
}

// schedule is the section about what happens by itself.
func (v *View) schedule(s State) fyne.CanvasObject {
	o := s.Facts.Schedule
	rows := []fyne.CanvasObject{
		kit.SettingRow("Sync by itself", say.Outlook(o, v.model.Now()), kit.Fixed(144, 0, v.every(o.Plan.Every))),
		v.allow("Also on battery", "A sync is a few small requests.", o.Plan, func(p *schedule.Plan) *bool { return &p.OnBattery }),
	}
	if v.model.deps.Schedule.TellsMetered() {
		rows = append(rows, v.allow("Also on a metered network", "Such as a phone’s hotspot, where data costs money.",
			o.Plan, func(p *schedule.Plan) *bool { return &p.OnMetered }))
	}
	notify := kit.NewSwitch(o.Plan.Notify, func(on bool) { v.model.SetPlan(func(p *schedule.Plan) { p.Notify = on }) })
	rows = append(rows, kit.SettingRow("Notify me when a bank needs me", "To sign in again, or because its permission ends. Only the bank’s name is shown.", notify))
	return section("Keeping up to date", "While Bankbook is open and unlocked. Nothing is asked for that costs money.", rows...)
}

func (v *View) every(chosen time.Duration) fyne.CanvasObject {
	choices := pauses()
	if !slices.Contains(choices, chosen) {
		choices = append(choices, chosen)
		slices.Sort(choices)
	}
	words := make([]string, len(choices))
	for i, d := range choices {
		words[i] = say.Every(d)
	}
	return kit.NewSelect(words, slices.Index(choices, chosen), func(i int) {
		v.model.SetPlan(func(p *schedule.Plan) { p.Every = choices[i] })
	})
}

// allow is a row about a state of the machine. Without any schedule it means nothing.
func (v *View) allow(title, note string, plan schedule.Plan, of func(*schedule.Plan) *bool) fyne.CanvasObject {
	choice := kit.NewSwitch(*of(&plan), func(on bool) { v.model.SetPlan(func(p *schedule.Plan) { *of(p) = on }) })
	if plan.Every == 0 {
		choice.Disable()
	}
	return kit.SettingRow(title, note, choice)
}
