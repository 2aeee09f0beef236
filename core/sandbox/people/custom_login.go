package people

import "cmp"

type mfaConfig struct {
	Type        string `json:"type"`
	Rounds      int    `json:"question_rounds"`
	PerRound    int    `json:"questions_per_round"`
	Selections  int    `json:"selection_rounds"`
	PerQuestion int    `json:"selections_per_question"`
}

// What Plaid takes for selections if nothing is said.
const (
	usualPerRound    = 2
	usualSelections  = 1
	usualPerQuestion = 2
)

// login returns what the configuration puts between password and accounts.
func (c *config) login() Login {
	l := Login{Recaptcha: c.Recaptcha != "", RobotFails: c.Recaptcha == "bad", Error: c.Error}
	if c.MFA == nil {
		return l
	}
	switch c.MFA.Type {
	case "device":
		l.Rounds = deviceRounds()
	case "questions":
		l.Rounds = questionRounds(c.MFA.Rounds, c.MFA.PerRound)
	case "selections":
		l.Rounds = selectionRounds(cmp.Or(c.MFA.Selections, usualSelections), cmp.Or(c.MFA.PerRound, usualPerRound), cmp.Or(c.MFA.PerQuestion, usualPerQuestion))
	}
	return l
}
