package boot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"bankbook/core"
	"bankbook/core/secret"
	"bankbook/storage/durable/durabletest"
)

// switchChild is the variable that makes the test binary change the protector, as
// its value says.
const switchChild = "BANKBOOK_SWITCH_TEST_CHILD"

// What a child says before and after its work.
const (
	saysBegin = "begin"
	saysEnd   = "end"
)

// switchOrder is what a child is to do.
type switchOrder struct {
	DataDir, Secrets string
	To               core.Protector
}

func childSwitch(text string) error {
	var o switchOrder
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return err
	}
	p, err := New(Config{DataDir: o.DataDir, Secrets: fileStore(o.Secrets), OpenURL: noBrowser})
	if err != nil {
		return err
	}
	s, err := p.Open(context.Background(), Choice{Env: core.Sandbox, Passphrase: secret.New(words)})
	if err != nil {
		return err
	}
	// A link that is under way has used what the vault does not know of.
	if _, err := s.Secrets.Get(context.Background(), secret.TokenName(core.Sandbox, "under-way")); err != nil {
		return err
	}
	fmt.Println(saysBegin)
	change := s.UseKeychain
	if o.To == core.ByPassphrase {
		change = func(ctx context.Context) error { return s.UsePassphrase(ctx, secret.New(words)) }
	}
	if err := change(context.Background()); err != nil {
		return err
	}
	fmt.Println(saysEnd)
	return errors.Join(s.Close(), p.Close())
}

// outage is work that the power goes away from. Its folder holds a data directory
// and, because that outlives the power as well, the keychain.
type outage struct {
	t     *testing.T
	files map[string][]byte
	child func(dir string) (variable, order string)
	// judge looks at what is left, and fails its test if that is wrong. ended says
	// that the work was done.
	judge func(t *testing.T, dir string, ended bool)
}

func dataIn(dir string) string { return filepath.Join(dir, "data") }

func keychainIn(dir string) fileStore { return fileStore(filepath.Join(dir, "keychain")) }

// record lets the child do its work.
func (o outage) record() *durabletest.Recording {
	o.t.Helper()
	return durabletest.Record(o.t, durabletest.Play{
		Files: o.files,
		Command: func(dir string) *exec.Cmd {
			cmd := exec.CommandContext(o.t.Context(), os.Args[0], "-test.run=^$")
			variable, order := o.child(dir)
			cmd.Env = append(os.Environ(), variable+"="+order)
			cmd.Stderr = os.Stderr
			return cmd
		},
		Watch: func() durabletest.Watcher { return &onlooker{outage: o, phase: "start"} },
	})
}

// check takes the power away, and prints what came of it.
func (o outage) check(states int) {
	o.t.Helper()
	found := o.record().Check(o.t, durabletest.Outages{States: states})
	o.t.Logf("%d states, %d violations: %v", found.Total().States, found.Total().Violations, found)
	if found.Total().States < states {
		o.t.Errorf("there are only %d states", found.Total().States)
	}
}

// onlooker follows the child of an outage.
type onlooker struct {
	outage
	phase string
}

func (l *onlooker) Hear(line string) error { l.phase = line; return nil }
func (l *onlooker) Phase() string          { return l.phase }
func (l *onlooker) State() string          { return l.phase }

func (l *onlooker) Judge(dir string) error {
	if !l.t.Run(l.phase, func(t *testing.T) { l.judge(t, dir, l.phase == saysEnd) }) {
		return errors.New("it is not as it should be")
	}
	return nil
}

func (l *onlooker) End() error {
	if l.phase != saysEnd {
		return fmt.Errorf("the child ended after %q", l.phase)
	}
	return nil
}

// prepare makes what is there before, in a program on a folder.
func prepare(t *testing.T, make func(t *testing.T, c Config)) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(string(keychainIn(dir)), 0o700); err != nil {
		t.Fatal(err)
	}
	if !t.Run("before", func(t *testing.T) { make(t, powerConfig(t, dir)) }) {
		t.FailNow()
	}
	files, err := durabletest.ReadFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func powerConfig(t *testing.T, dir string) Config {
	t.Helper()
	c := backupConfig(t)
	c.DataDir, c.Secrets = dataIn(dir), keychainIn(dir)
	return c
}

func inJSON(t *testing.T, order any) string {
	t.Helper()
	text, err := json.Marshal(order)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// howOften is short in `go test`, and long in `make torture`.
func howOften(short, long int) int {
	if *torture {
		return long
	}
	return short
}

// TestPowerLossInRestore takes the power away while a backup is restored: all of
// it or nothing must be there, and restoring again must give all of it.
func TestPowerLossInRestore(t *testing.T) {
	durabletest.NeedStrace(t)
	s := made(t, backupConfig(t))
	want := contentsOf(t, s.Vault, s.Secrets)
	path := backUp(t, s)
	for _, replace := range []bool{false, true} {
		t.Run(fmt.Sprintf("replace %v", replace), func(t *testing.T) {
			order := func(dir string) childOrder {
				return childOrder{DataDir: dataIn(dir), Secrets: string(keychainIn(dir)), Path: path, Replace: replace}
			}
			outage{
				t: t,
				files: prepare(t, func(t *testing.T, c Config) {
					k := &killed{t: t, c: c, want: want, replace: replace}
					k.begin()
				}),
				child: func(dir string) (string, string) { return restoreChild, inJSON(t, order(dir)) },
				judge: func(t *testing.T, dir string, ended bool) {
					k := &killed{t: t, c: powerConfig(t, dir), want: want, replace: replace}
					if happened := k.check(); ended && !happened {
						t.Error("it was restored, and is not any more")
					}
					k.again(order(dir))
				},
			}.check(howOften(6, 150))
		})
	}
}

// TestPowerLossInSwitch takes the power away while secrets move from one
// protector to the other: nothing is lost, and in the end all is in one place.
func TestPowerLossInSwitch(t *testing.T) {
	durabletest.NeedStrace(t)
	for _, d := range directions() {
		t.Run(d.name, func(t *testing.T) {
			to := core.ByPassphrase
			if d.before.Protector == to {
				to = core.ByKeychain
			}
			outage{
				t: t,
				files: prepare(t, func(t *testing.T, c Config) {
					s := open(t, start(t, c), d.before)
					furnish(t, s)
					closeAll(t, s)
				}),
				child: func(dir string) (string, string) {
					return switchChild, inJSON(t, switchOrder{DataDir: dataIn(dir), Secrets: string(keychainIn(dir)), To: to})
				},
				judge: func(t *testing.T, dir string, ended bool) {
					c := newChain()
					c.entries = entriesOf(keychainIn(dir))
					if got := startFrom(t, state{"by power loss", dataIn(dir), c}); ended && got != to {
						t.Errorf("it was changed, and the protector is %s", got)
					}
				},
			}.check(howOften(4, 60))
		})
	}
}
