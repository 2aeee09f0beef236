// Package syncertest holds what tests of syncing share: Schedule, a seeded
// plan of what goes wrong at which request; Bank, a scripted bank that knows
// the truth; and Repo, a small repository in memory. Schedule knows nothing of
// HTTP or of Bank, so that the same plans can be played against the practice
// bank and the vault.
package syncertest
