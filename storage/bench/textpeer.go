package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"bankbook/core/money"
)

// textPeer is a program that reads a journal anew for every answer.
type textPeer struct {
	title, program, journal, output string
	limit                           time.Duration
	// stopped is the first operation that took too long: heavier ones are not
	// even begun.
	stopped bool
	peak    int64
	ops     map[op]question
}

// question is how a program is asked, and how its answer is read.
type question struct {
	args []string
	form form
	read func(io.Reader) ([]string, error)
}

func newTextPeer(set settings, peer, dir, journal string) *textPeer {
	questions := map[string]func() map[op]question{ledgerName: ledgerQuestions, hledgerName: hledgerQuestions, howeycName: howeycQuestions}
	return &textPeer{
		title: peer, program: set.find(peer), journal: journal, output: filepath.Join(dir, peer+".out"),
		limit: set.limit, ops: questions[peer](),
	}
}

func (p *textPeer) name() string  { return p.title }
func (p *textPeer) memory() int64 { return p.peak }
func (p *textPeer) bytes() int64  { return fileSize(p.journal) }
func (p *textPeer) close() error  { return nil }

func (p *textPeer) run(o op) (time.Duration, answer, error) {
	q, ok := p.ops[o]
	switch {
	case !ok:
		return 0, answer{}, errUnable
	case p.stopped:
		return p.limit, answer{}, errStopped
	case o == openCold:
		if err := chill(p.journal); err != nil {
			return 0, answer{}, err
		}
	}
	l, err := start(p.limit, p.output, append([]string{p.program, "-f", p.journal}, q.args...))
	p.peak = max(p.peak, l.Memory)
	if err != nil {
		return 0, answer{}, err
	}
	if l.Stopped {
		p.stopped = true
		return p.limit, answer{}, errStopped
	}
	lines, err := readOutput(p.output, q.read)
	return l.Took, answer{q.form, lines}, err
}

func ledgerQuestions() map[op]question {
	f := theFilters()
	recent := question{args: []string{"reg", "^" + journalAccount(0) + "$", "-b", slashes(f.newestFrom), "--tail", fmt.Sprint(newestRows)}, form: net, read: lastOfLast}
	return map[op]question{
		openWarm: recent,
		openCold: recent,
		sum:      {args: []string{"bal", "^Assets:", "--depth", "1"}, form: net, read: firstOfLast},
		byMonth: {
			args: []string{"reg", "^Assets:", "-M", "--depth", "1", "--format", "%(format_date(date, '%Y-%m')) %(quantity(amount))\n"},
			form: net, read: months(func(fields []string) (string, string) { return fields[0], fields[1] }),
		},
		filter: {
			args: []string{"bal", "--depth", "1", "--limit", fmt.Sprintf("account =~ /^%s$/ and date >= [%s] and date < [%s] and amount <= %s", journalAccount(2), slashes(f.from), slashes(f.to.AddDays(1)), money.Of(atMost, money.USD).Decimal())},
			form: net, read: firstOfLast,
		},
		text:   {args: []string{"bal", "--depth", "1", "^Assets:", "and", "@" + needle}, form: net, read: firstOfLast},
		csvAll: {args: []string{"csv", "^Assets:"}, read: lineCount(0)},
	}
}

func hledgerQuestions() map[op]question {
	f := theFilters()
	recent := question{args: []string{"reg", "^" + journalAccount(0) + "$", "-b", slashes(f.newestFrom)}, form: net, read: lastOfLast}
	return map[op]question{
		openWarm: recent,
		openCold: recent,
		sum:      {args: []string{"bal", "^Assets:", "--depth", "1", "-N"}, form: net, read: firstOfLast},
		byMonth: {
			args: []string{"reg", "^Assets:", "-M", "--depth", "1", "-O", "csv"}, form: net,
			read: months(func(fields []string) (string, string) {
				cells := strings.Split(strings.Trim(strings.Join(fields, " "), `"`), `","`)
				if len(cells) < 7 || cells[0] == "txnidx" {
					return "", ""
				}
				return cells[1][:7], cells[5]
			}),
		},
		filter: {
			args: []string{"bal", "--depth", "1", "-N", "^" + journalAccount(2) + "$", "date:" + f.from.String() + ".." + f.to.AddDays(1).String(), "amt:<=" + money.Of(atMost, money.USD).Decimal()},
			form: net, read: firstOfLast,
		},
		text:   {args: []string{"bal", "^Assets:", "desc:" + needle, "--depth", "1", "-N"}, form: net, read: firstOfLast},
		csvAll: {args: []string{"reg", "^Assets:", "-O", "csv"}, read: lineCount(1)},
	}
}

// howeycQuestions has neither amounts nor a search that passes over case.
func howeycQuestions() map[op]question {
	f := theFilters()
	recent := question{args: []string{"reg", journalAccount(0), "-b", slashes(f.newestFrom)}, form: net, read: lastOfLast}
	return map[op]question{
		openWarm: recent,
		openCold: recent,
		sum:      {args: []string{"bal", "--depth", "1", "Assets"}, form: net, read: lastOfLast},
		byMonth:  {args: []string{"reg", "--period", "Monthly", "Assets"}, form: net, read: periods},
		csvAll:   {args: []string{"export", "Assets"}, read: lineCount(0)},
	}
}
