package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// childVerb makes this program a helper of itself: "launch" runs another
// program and tells how long it took, "hold" opens a vault and tells its memory.
const childVerb = "child"

// child does what a helper is asked for and writes one value of JSON.
func child(args []string, in io.Reader, out io.Writer) int {
	var told any
	var err error
	switch {
	case len(args) > 3 && args[0] == "launch":
		told, err = launched(args[1], args[2], args[3:])
	case len(args) == 2 && args[0] == "hold":
		told, err = held(args[1], in)
	default:
		err = errors.New("no such helper")
	}
	if err == nil {
		err = json.NewEncoder(out).Encode(told)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// ask runs this program as a helper.
func ask(into any, in io.Reader, args ...string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self, append([]string{childVerb}, args...)...)
	var told, wrong bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, &told, &wrong
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("helper %s: %w: %s", args[0], err, strings.TrimSpace(wrong.String()))
	}
	return json.Unmarshal(told.Bytes(), into)
}

// launch is how a run of another program went.
type launch struct {
	Took    time.Duration
	Memory  int64
	Stopped bool
}

// start runs a program with its output in a file. It does so from a helper of
// its own, for a process begins with the peak memory of the one that forked it.
func start(limit time.Duration, output string, cmd []string) (launch, error) {
	var l launch
	err := ask(&l, nil, append([]string{"launch", limit.String(), output}, cmd...)...)
	return l, err
}

func launched(limit, output string, args []string) (l launch, err error) {
	most, err := time.ParseDuration(limit)
	if err != nil {
		return l, err
	}
	file, err := os.Create(output)
	if err != nil {
		return l, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	ctx, cancel := context.WithTimeout(context.Background(), most)
	defer cancel()
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	// hledger reads its journal in the encoding of the locale.
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TZ=UTC")
	var wrong bytes.Buffer
	cmd.Stdout, cmd.Stderr = file, &wrong
	begun := time.Now()
	err = cmd.Run()
	l.Took, l.Stopped = time.Since(begun), ctx.Err() != nil
	if cmd.ProcessState != nil {
		l.Memory = peakMemory(cmd.ProcessState)
	}
	if err != nil && !l.Stopped {
		return l, fmt.Errorf("%s: %w: %.300s", filepath.Base(args[0]), err, wrong.String())
	}
	return l, nil
}

// memory is what a process holds, in bytes; 0 where the system does not tell.
type memory struct {
	// Peak counts the pages of the mapped vault too, Anonymous does not and is
	// of the moment.
	Peak, Anonymous int64
}

// memoryOf reads the memory of a process from Linux's /proc.
func memoryOf(pid int) memory {
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		return memory{}
	}
	var m memory
	for line := range strings.Lines(string(data)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		kib, _ := strconv.ParseInt(fields[1], 10, 64)
		switch fields[0] {
		case "VmHWM:":
			m.Peak = kib << 10
		case "RssAnon:":
			m.Anonymous = kib << 10
		}
	}
	return m
}
