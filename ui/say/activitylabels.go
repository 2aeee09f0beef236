package say

import (
	"bankbook/core"
	"bankbook/core/export"
)

// ActivityLabels are the words in exports of the log, for the profiles that there
// are.
func ActivityLabels(profiles []core.Profile) export.ActivityLabels {
	names := map[core.ProfileID]string{}
	for _, p := range profiles {
		names[p.ID] = p.Name
	}
	return export.ActivityLabels{
		Profile: func(id core.ProfileID) string { return names[id] }, Action: Did, What: DidWhat,
	}
}
