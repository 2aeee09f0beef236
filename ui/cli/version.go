package cli

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (c *command) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			v := versionRecord{Version: c.program.Version, Commit: commit(), Go: runtime.Version()}
			return c.output().print(v, table{head: []string{"Bankbook", v.Version}, rows: [][]string{{"Commit", v.Commit}, {"Go", v.Go}}})
		},
	}
}

// commit returns the commit that the program was built from, or "".
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return ""
}
