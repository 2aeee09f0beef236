package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"bankbook/core/fault"
	"bankbook/ui/say"
)

// errUsage marks a mistake in how a command was called.
type errUsage struct{ text string }

func (e errUsage) Error() string { return e.text }

// usageError returns what to print for a mistake in how a command was called.
func usageError(err error) (string, bool) {
	var u errUsage
	if errors.As(err, &u) {
		return u.text, true
	}
	if lines := say.Problems(err); len(lines) > 0 {
		return strings.Join(lines, "\n"), true
	}
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && f.Err != nil {
		return fmt.Sprintf("%s: %v", f.Op, f.Err), true
	}
	return "", false
}

// knownCommand refuses the arguments of the root command: they are meant as a
// subcommand that does not exist.
func knownCommand(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return errUsage{fmt.Sprintf("there is no command %q. See: bankbook --help", args[0])}
}

// noArgs refuses arguments.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return errUsage{fmt.Sprintf("%s takes no arguments, and got %q. See: %s --help", cmd.CommandPath(), args, cmd.CommandPath())}
}

func (c *command) exitCode(err error) int {
	if _, ok := usageError(err); ok {
		return exitUsage
	}
	var ended *notLinkedError
	if errors.As(err, &ended) && ended.leftByUser() {
		return exitNotLinked
	}
	return exitCode(err)
}

func exitCodesTopic() *cobra.Command {
	return &cobra.Command{
		Use:   "exit-codes",
		Short: "Explain the exit codes (help topic)",
		Long:  "Exit codes of every command:\n\n" + exitCodesText,
	}
}

// oneFile wants the name of one file.
func oneFile(cmd *cobra.Command, args []string) error {
	if len(args) == 1 && args[0] != "" {
		return nil
	}
	return errUsage{fmt.Sprintf("%s takes the name of one file. See: %s --help", cmd.CommandPath(), cmd.CommandPath())}
}
