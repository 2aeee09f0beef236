package boot

import (
	"context"

	"bankbook/core/review"
	"bankbook/ui/say"
)

// newIndex returns the index for queries, which has read nothing yet.
func (s *Services) newIndex() *review.Index { return review.New(s.Vault, say.Category) }

// Follow builds the index for queries in the background and keeps it up to date
// until Close. A command that asks one question refreshes Index itself.
func (s *Services) Follow() {
	if s.follower == nil {
		s.follower = review.Follow(context.Background(), s.Index, s.Events)
	}
}

// unfollow ends what Follow began, and drops what the index holds.
func (s *Services) unfollow() {
	if s.follower != nil {
		s.follower.Close()
	}
	if s.Index != nil {
		s.Index.Drop()
	}
}
