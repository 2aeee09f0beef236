package durabletest

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// call is a finished system call of a traced program.
type call struct {
	pid  int
	name string
	args []string
	ret  int64
	// began and ended are line numbers of the trace.
	began, ended int
}

// traced are the calls that say what becomes of files, and who has which open.
// Those with a question mark exist on some machines only.
const traced = "?open,openat,?creat,read,write,writev,pwrite64,pwritev,pwritev2,lseek,ftruncate,truncate,fallocate," +
	"fsync,fdatasync,sync,syncfs,sync_file_range,msync,?rename,renameat,renameat2,?link,linkat,?unlink,unlinkat," +
	"?mkdir,mkdirat,?rmdir,?symlink,symlinkat,mmap,clone,clone3,?fork,?vfork,execve,dup,?dup2,dup3,fcntl,close," +
	"copy_file_range,sendfile,splice,chdir"

// NeedStrace skips a test on machines that cannot trace a program.
func NeedStrace(t *testing.T) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "strace", "-f", "-o", os.DevNull, "-e", "trace=openat", "true").CombinedOutput()
	if err != nil {
		t.Skipf("strace does not work on this machine, so system calls cannot be recorded: %v %s", err, out)
	}
}

// trace runs a program to its end and returns its system calls.
func trace(t testing.TB, cmd *exec.Cmd) []call {
	t.Helper()
	log := filepath.Join(t.TempDir(), "trace")
	args := []string{
		"strace", "-f", "--seccomp-bpf", "-o", log, "-xx", "-s", strconv.Itoa(1 << 28), "-e", "signal=none",
		"-e", "raw=read", "-e", "trace=" + traced,
	}
	path, err := exec.LookPath("strace")
	must(t, err)
	cmd.Args = append(append(args, cmd.Path), cmd.Args[1:]...)
	cmd.Path = path
	cmd.Stdout = nil
	must(t, cmd.Run())
	data, err := os.ReadFile(log)
	must(t, err)
	calls, err := parseTrace(data)
	must(t, err)
	return calls
}

// parseTrace reads the output of strace, in the order in which calls ended.
func parseTrace(data []byte) ([]call, error) {
	p := &parser{begun: map[int]half{}}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<30)
	for ; lines.Scan(); p.line++ {
		if err := p.take(lines.Text()); err != nil {
			return nil, fmt.Errorf("line %d: %w", p.line, err)
		}
	}
	return p.calls, lines.Err()
}

// parser puts the halves of calls together that another thread came between.
type parser struct {
	line  int
	begun map[int]half
	calls []call
}

// half is a call that has not ended.
type half struct {
	text string
	line int
}

func (p *parser) take(line string) error {
	number, text, _ := strings.Cut(line, " ")
	text = strings.TrimLeft(text, " ")
	pid, err := strconv.Atoi(number)
	if err != nil {
		return err
	}
	started := p.line
	switch {
	case strings.HasPrefix(text, "+++"), strings.HasPrefix(text, "---"), strings.HasPrefix(text, "<... close resumed>"):
		return nil
	case strings.HasPrefix(text, "close(") && strings.HasSuffix(text, "<unfinished ...>"):
		// It counts from here, because its number can be given away before it ends.
		text = strings.TrimSuffix(text, " <unfinished ...>") + ") = 0"
	case strings.HasSuffix(text, "<unfinished ...>"):
		p.begun[pid] = half{strings.TrimSuffix(text, " <unfinished ...>"), p.line}
		return nil
	case strings.HasPrefix(text, "<... "):
		_, rest, ok := strings.Cut(text, " resumed>")
		if !ok {
			return nil
		}
		text, started = p.begun[pid].text+rest, p.begun[pid].line
	}
	c, err := parseCall(text)
	c.pid, c.began, c.ended = pid, started, p.line
	p.calls = append(p.calls, c)
	return err
}

// parseCall reads a call such as `pwrite64(5, "\x00", 1, 4096) = 1`.
func parseCall(text string) (c call, err error) {
	name, rest, ok := strings.Cut(text, "(")
	end := strings.LastIndex(rest, ") ")
	if !ok || end < 0 {
		return call{}, fmt.Errorf("%.80q is no system call", text)
	}
	_, result, _ := strings.Cut(rest[end:], "= ")
	result, _, _ = strings.Cut(result, " ")
	c = call{name: name, args: splitArgs(rest[:end])}
	if result == "?" {
		c.ret = -1 // it did not return
		return c, nil
	}
	c.ret, err = strconv.ParseInt(result, 0, 64)
	return c, err
}

// splitArgs splits at the commas that are not inside brackets. Texts hold
// neither, because strace was asked for hexadecimal.
func splitArgs(s string) (args []string) {
	depth, start := 0, 0
	for i, b := range []byte(s) {
		switch b {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case ',':
			if depth == 0 {
				args = append(args, strings.TrimSpace(s[start:i]))
				start = i + 1
			}
		}
	}
	return append(args, strings.TrimSpace(s[start:]))
}

// number returns an argument as a number.
func (c call) number(i int) (int64, error) {
	if i >= len(c.args) {
		return 0, fmt.Errorf("%s has no argument %d", c.name, i)
	}
	return strconv.ParseInt(c.args[i], 0, 64)
}

// bytes returns an argument that strace has written as "\x61\x62".
func (c call) bytes(i int) ([]byte, error) {
	if i >= len(c.args) {
		return nil, fmt.Errorf("%s has no argument %d", c.name, i)
	}
	quoted := c.args[i]
	if len(quoted) < 2 || quoted[0] != '"' || quoted[len(quoted)-1] != '"' {
		return nil, fmt.Errorf("%s: %.40q is no whole text", c.name, quoted)
	}
	return hex.DecodeString(strings.ReplaceAll(quoted[1:len(quoted)-1], `\x`, ""))
}

// has reports whether an argument, which is a set of flags, has one of them.
func (c call) has(i int, flag string) bool {
	return i < len(c.args) && strings.Contains(c.args[i], flag)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
