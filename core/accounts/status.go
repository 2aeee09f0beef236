package accounts

import (
	"slices"

	"bankbook/core"
	"bankbook/core/fault"
	"bankbook/core/scope"
)

// Stop lets an account take in nothing from now on. The other accounts of its bank
// go on.
func (s *Service) Stop(view scope.View, id core.AccountID) (Row, error) {
	return s.end(view, id, core.Stopped, core.StoppedAccount)
}

// Close notes that an account no longer exists at its bank. It stays as it is.
func (s *Service) Close(view scope.View, id core.AccountID) (Row, error) {
	return s.end(view, id, core.Closed, core.ClosedAccount)
}

// end is Stop and Close. An account that is not open is the first choice for
// nothing.
func (s *Service) end(view scope.View, id core.AccountID, status core.AccountStatus, action core.Action) (Row, error) {
	return s.change(view, id, action, func(a *core.Account, _ []core.Account, _ owners) error {
		a.Choices.Status = status
		a.Choices.Primary, a.ACH.Primary = core.Primary{}, false
		return nil
	})
}

// Reopen lets a stopped or closed account take in again what its bank says. The
// next sync begins at the beginning, so that nothing is missing that came in
// between: that is asked for in the same commit, or a program that was killed
// between the two would never fetch it.
func (s *Service) Reopen(view scope.View, id core.AccountID) (Row, error) {
	found, item, err := view.Account(id)
	if err != nil {
		return Row{}, err
	}
	defer s.begin(core.ReopenedAccount, Row{found, item})()
	var r Row
	err = s.deps.Repo.UpdateBank(item.ID, func(i *core.Item, list []core.Account) error {
		at := slices.IndexFunc(list, func(a core.Account) bool { return a.ID == id })
		if at < 0 || view.Profile() != "" && list[at].Owner(*i) != view.Profile() {
			return fault.New("accounts: reopen", fault.NotFound, nil)
		}
		if list[at].Choices.Status != core.Open && !i.Manual() {
			i.Sync.Replay = true
		}
		list[at].Choices.Status = core.Open
		r = Row{list[at], *i}
		return nil
	})
	if err != nil {
		return Row{}, err
	}
	s.tell(item.ID)
	s.record(core.ReopenedAccount, r, nil)
	return r, nil
}
