package desk

import (
	"context"
	"time"

	"bankbook/ui/boot"
	"bankbook/ui/look"
	"bankbook/ui/shell"
)

// The names under which the appearance is kept.
const (
	light = "light"
	dark  = "dark"
)

func modeOf(appearance string) look.Mode {
	switch appearance {
	case light:
		return look.AlwaysLight
	case dark:
		return look.AlwaysDark
	}
	return look.FollowSystem
}

func appearanceOf(m look.Mode) string {
	switch m {
	case look.AlwaysLight:
		return light
	case look.AlwaysDark:
		return dark
	}
	return ""
}

// setMode changes the appearance, now and for the next start.
func (d *desk) setMode(m look.Mode) {
	d.mode = m
	d.applyMode()
	program := d.program
	if program == nil {
		return
	}
	d.runner.Go(func(context.Context) {
		if err := program.SetAppearance(appearanceOf(m)); err != nil {
			d.runner.UI(func() { d.shell.Report(err) })
		}
	})
}

func (d *desk) applyMode() { d.config.App.Settings().SetTheme(look.Theme{Mode: d.mode}) }

// now tells the time by the program's clock, or the system's before there is a
// program.
func (d *desk) now() time.Time {
	if d.config.Boot.Clock == nil {
		return time.Now()
	}
	return d.config.Boot.Clock.Now()
}

// pickFolder lets the person choose another data folder, and starts there.
func (d *desk) pickFolder() { d.chooseFolder(d.moveTo) }

// moveTo starts again with another data folder, for this and later starts.
func (d *desk) moveTo(dir string) {
	d.shell.Starting(nil)
	before, opened := d.program, d.opened
	d.program, d.opened = nil, nil
	config := d.config.Boot
	d.runner.Go(func(context.Context) {
		d.custody.release(before, opened)
		program, err := boot.MoveTo(config, boot.Running{Program: before, Services: opened}, dir)
		if program != nil {
			d.custody.keep(program)
		}
		d.runner.UI(func() { d.moved(program, err) })
	})
}

// moved shows what moveTo has come to. A program that came with an error runs,
// but later starts will not find its folder.
func (d *desk) moved(program *boot.Program, err error) {
	d.program = program
	if program == nil {
		d.shell.Failed(err, shell.Remedies{OtherFolder: d.pickFolder})
		return
	}
	d.start()
	if err != nil {
		d.shell.Report(err)
	}
}
