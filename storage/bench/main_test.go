package main

import (
	"os"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test binary be its own helper, as the program is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == childVerb {
		os.Exit(child(os.Args[2:], os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

// TestRun measures a thousand transactions beside whatever is installed. Every
// answer is compared on the way.
func TestRun(t *testing.T) {
	var out strings.Builder
	if err := run([]string{"-sizes", "1k", "-rounds", "2", "-dir", t.TempDir()}, &out); err != nil {
		t.Fatal(err)
	}
	for _, phase := range [][]op{readings(), writings(), upkeep()} {
		for _, o := range phase {
			if !strings.Contains(out.String(), "| "+o.name+" | **") {
				t.Errorf("no figure of Bankbook's for %q in\n%s", o.name, out.String())
			}
		}
	}
}

func TestRunWithoutPeers(t *testing.T) {
	var out strings.Builder
	if err := run([]string{"-sizes", "1k", "-rounds", "1", "-peers", "", "-dir", t.TempDir()}, &out); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); !strings.Contains(got, "## 1k transactions") || strings.Contains(got, "sqlite3") {
		t.Error(got)
	}
}

func TestWrongAnswersFail(t *testing.T) {
	right := evaluate(1000)
	for at, lines := range right {
		wrong := append(lines[:len(lines):len(lines)], "1")
		if right.check(op{name: at.op}, answer{at.form, lines}) != nil || right.check(op{name: at.op}, answer{at.form, wrong}) == nil {
			t.Errorf("%s: a wrong answer passes, or a right one does not", at.op)
		}
	}
}

func TestSizes(t *testing.T) {
	for text, n := range map[string]int{"500": 500, "10k": 10_000, "1M": 1_000_000} {
		if got, err := parseSize(text); got != n || err != nil || short(n) != text {
			t.Errorf("%s: %d, %v, %s", text, got, err, short(n))
		}
	}
	for _, text := range []string{"", "k", "0", "-5", "10 k", "1kM", "ten"} {
		if _, err := parseSize(text); err == nil {
			t.Errorf("%q is a size", text)
		}
	}
}

// TestReaders reads what the other programs print.
func TestReaders(t *testing.T) {
	for _, c := range []struct {
		name, printed, want string
		ops                 map[op]question
		op                  op
	}{
		{"ledger", "              -32.34  Assets\n", "-3234", ledgerQuestions(), sum},
		{"ledger", "", "0", ledgerQuestions(), text},
		{"ledger", "2026-10 -32.34\n2026-11 100\n", "2026-10|-3234 2026-11|10000", ledgerQuestions(), byMonth},
		{"hledger", "2026-10-30 SQ *TANU  Assets:A1  -12.34  -12.34\n", "-1234", hledgerQuestions(), openWarm},
		{"hledger", "\"txnidx\",\"date\",\"code\",\"description\",\"account\",\"amount\",\"total\"\n\"0\",\"2026-10-01\",\"\",\"\",\"Assets\",\"-32.34\",\"-32.34\"\n", "2026-10|-3234", hledgerQuestions(), byMonth},
		{"howeyc", "Assets   67.66\n-----\n         67.66\n", "6766", howeycQuestions(), sum},
		{"howeyc", "2026/10/01 - 2026/10/31\n=====\n2026/10/30 A Assets:A1 -12.34 -12.34\n2026/10/31 B Assets:A2 -20.00 -32.34\n=====\n2026/11/01 - 2026/11/30\n=====\n2026/11/01 C Assets:A1 100.00 100.00\n", "2026-10|-3234 2026-11|10000", howeycQuestions(), byMonth},
	} {
		lines, err := c.ops[c.op].read(strings.NewReader(c.printed))
		if got := strings.Join(lines, " "); err != nil || got != c.want {
			t.Errorf("%s, %s: %q, %v; want %q", c.name, c.op.name, got, err, c.want)
		}
	}
}

func TestSample(t *testing.T) {
	var s sample
	for i := range 40 {
		s.add(time.Duration(40-i) * time.Millisecond)
	}
	if s.median() != 21*time.Millisecond || s.at(95) != 39*time.Millisecond || s.due(40) || !s.due(41) {
		t.Error(s.median(), s.at(95))
	}
	if s := (sample{took: []time.Duration{slow}}); s.due(5) {
		t.Error("a slow operation is repeated")
	}
}
