package keychaintest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The services that a bus starts when somebody asks for them, as lines of its
// configuration.

// none are started.
func none(testing.TB, string) string { return "" }

// theMachines are the services of this machine: its keyring daemon, locked.
func theMachines(testing.TB, string) string { return "<standard_session_servicedirs/>" }

// unlocked is a keyring daemon with an open keyring, and nothing else.
func unlocked(t testing.TB, dir string) string {
	t.Helper()
	services, typed := filepath.Join(dir, "services"), filepath.Join(dir, "typed")
	service := fmt.Sprintf("[D-BUS Service]\nName=%s\nExec=/bin/sh -c \"exec %s %s <'%s'\"\n",
		serviceName, keyringDaemon, strings.Join(unlockArgs(), " "), typed)
	if err := os.Mkdir(services, 0o700); err != nil {
		t.Fatal(err)
	}
	for file, text := range map[string]string{typed: password, filepath.Join(services, serviceName+".service"): service} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return "<servicedir>" + services + "</servicedir>"
}

// unlockArgs make a keyring daemon read the password and open the keyring.
func unlockArgs() []string { return []string{"--foreground", "--unlock", "--components=secrets"} }

func busConfig(socket, services string) string {
	return fmt.Sprintf(`<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  %s
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`, socket, services)
}
