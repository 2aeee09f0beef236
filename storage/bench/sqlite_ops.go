package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"bankbook/core"
)

func (s *sqlite) run(o op) (time.Duration, answer, error) {
	switch o {
	case openWarm, openCold:
		return s.open(o)
	case csvAll:
		return s.csv()
	case insert:
		return s.insert()
	case change:
		return s.change()
	}
	statement := map[op]string{
		newest:  selectNewest(),
		sum:     "SELECT " + sums + " FROM transactions WHERE tombstone=0;",
		byMonth: "SELECT substr(date,1,4)||'-'||substr(date,5,2), " + sums + " FROM transactions WHERE tombstone=0 GROUP BY date/100 ORDER BY 1;",
		filter:  "SELECT " + sums + " FROM transactions WHERE " + filterCondition() + ";",
		text:    "SELECT " + sums + " FROM transactions WHERE tombstone=0 AND imported_description LIKE '%" + needle + "%';",
	}[o]
	if statement == "" {
		return 0, answer{}, errUnable
	}
	took, lines, err := s.ask(statement)
	return took, answer{full, firstColumn(o, lines)}, err
}

const sums = "count(*), coalesce(sum(max(amount,0)),0), coalesce(sum(min(amount,0)),0)"

func selectNewest() string {
	f := theFilters()
	return fmt.Sprintf(`SELECT id, date, amount, category, description, imported_description, pending FROM transactions
		WHERE acct='%s' AND date>=%d AND tombstone=0 ORDER BY date DESC, id LIMIT %d;`, f.newestAccount, digits(f.newestFrom), newestRows)
}

func filterCondition() string {
	f := theFilters()
	return fmt.Sprintf("acct='%s' AND date BETWEEN %d AND %d AND amount<=%d AND tombstone=0", f.account, digits(f.from), digits(f.to), atMost)
}

// digits writes a day as Actual does: 20261031.
func digits(d core.Date) int {
	y, m, day := d.Time().Date()
	return y*10000 + int(m)*100 + day
}

// firstColumn keeps the ids of rows.
func firstColumn(o op, lines []string) []string {
	if o != newest && o != openWarm && o != openCold {
		return lines
	}
	for i, l := range lines {
		lines[i], _, _ = strings.Cut(l, "|")
	}
	return lines
}

func (s *sqlite) open(o op) (time.Duration, answer, error) {
	if _, _, err := s.ask(".open :memory:"); err != nil {
		return 0, answer{}, err
	}
	if o == openCold {
		if err := chill(s.path); err != nil {
			_, _, again := s.ask(s.reopen())
			return 0, answer{}, errors.Join(err, again)
		}
	}
	took, lines, err := s.ask(".open '" + s.path + "'\n" + selectNewest())
	if err != nil {
		return 0, answer{}, err
	}
	_, _, err = s.ask(s.reopen())
	return took, answer{full, firstColumn(o, lines)}, err
}

// reopen opens the file as it is kept open between openings.
func (s *sqlite) reopen() string {
	return ".open '" + s.path + "'\nPRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; CREATE TEMP TABLE incoming AS SELECT * FROM transactions LIMIT 0;"
}

func (s *sqlite) csv() (time.Duration, answer, error) {
	l, err := start(s.limit, s.output, []string{
		s.program, "-csv", s.path,
		"SELECT date, acct, imported_description, name, category, amount, pending, t.id FROM transactions t JOIN payees p ON p.id=t.description ORDER BY date DESC;",
	})
	if err != nil {
		return 0, answer{}, err
	}
	if l.Stopped {
		return s.limit, answer{}, errStopped
	}
	lines, err := readOutput(s.output, lineCount(0))
	return l.Took, answer{full, lines}, err
}

// stage puts rows into the temporary table.
func (s *sqlite) stage(rows []core.Transaction) error {
	var b strings.Builder
	b.WriteString("BEGIN; DELETE FROM incoming;\n")
	for _, t := range rows {
		c := columns(t)
		for i := range c {
			c[i] = "'" + strings.ReplaceAll(c[i], "'", "''") + "'"
		}
		b.WriteString("INSERT INTO incoming VALUES(" + strings.Join(c, ",") + ");\n")
	}
	b.WriteString("COMMIT;")
	_, _, err := s.ask(b.String())
	return err
}

func (s *sqlite) insert() (time.Duration, answer, error) {
	if err := s.stage(s.changes.nextInsert(s.name()).Added); err != nil {
		return 0, answer{}, err
	}
	took, _, err := s.ask("INSERT INTO transactions SELECT * FROM incoming;")
	return took, answer{}, err
}

func (s *sqlite) change() (time.Duration, answer, error) {
	batch := s.changes.nextEdit(s.name())
	gone := make([]core.Transaction, len(batch.Removed))
	for i, id := range batch.Removed {
		gone[i].ID = id
	}
	if err := s.stage(append(gone, batch.Modified...)); err != nil {
		return 0, answer{}, err
	}
	took, _, err := s.ask(`BEGIN;
		UPDATE transactions SET amount=i.amount, imported_description=i.imported_description FROM incoming i WHERE i.id=transactions.id AND i.acct<>'';
		UPDATE transactions SET tombstone=1 WHERE id IN (SELECT id FROM incoming WHERE acct='');
		COMMIT;`)
	return took, answer{}, err
}
