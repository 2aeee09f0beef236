package boot

import (
	"context"
	"time"

	"github.com/godbus/dbus/v5"

	"bankbook/storage/keychain"
	"bankbook/ui/run"
)

// portalLimit bounds what the portal can add to the start of the window, and
// with it the time in which the program's memory is open to others.
const portalLimit = time.Second

// meetPortal lets the desktop's portal find out who is calling, so that it will
// tell Fyne whether the system is light or dark.
//
// The portal opens /proc/PID/root of its caller, and refuses every call of one
// that has closed itself. It does so at the first call only: what it has found
// it keeps under the unique name of the connection until that ends
// (xdg-desktop-portal: app_info_by_unique_name, in src/xdp-utils.c up to 1.18
// and src/xdp-app-info.c in 1.20; then shared/xdp-app-info-registry.c). Hence
// one call, which changes nothing, on the connection that Fyne will use. What
// changes later is in the portal's signals, for which it looks at nobody.
//
// A bus or a portal that is not there or does not answer costs at most limit,
// and Fyne's own default: there is nobody to tell.
func meetPortal(limit time.Duration) {
	if keychain.FindBus() != nil {
		return // connecting would start a bus, which would stay behind
	}
	run.Within(limit, func(ctx context.Context) { // connecting has no limit of its own
		bus, err := dbus.SessionBus()
		if err != nil {
			return
		}
		bus.Object("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop").
			CallWithContext(ctx, "org.freedesktop.portal.Settings.ReadAll", 0, []string{"org.freedesktop.appearance"})
	})
}
