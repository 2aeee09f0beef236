package people

import "slices"

// Login is what a person meets between the password and the accounts. It can be
// kept as JSON while a session is under way.
type Login struct {
	// Rounds are asked one after the other; each has to be answered rightly.
	Rounds []Round `json:"rounds,omitempty"`
	// Recaptcha shows a "not a robot" box first; RobotFails lets it fail with
	// wire.LoginRefusal("RECAPTCHA_BAD").
	Recaptcha  bool `json:"recaptcha,omitempty"`
	RobotFails bool `json:"robot_fails,omitempty"`
	// Error is the code of an error that the bank answers with after the last
	// round, for wire.LoginRefusal, or "".
	Error string `json:"error,omitempty"`
}

// Kind is a flavour of multi-factor authentication, in Plaid's words.
type Kind string

// The kinds of round. A Device round is a choice of where the code is sent, a
// Code round the code itself.
const (
	Device     Kind = "device"
	Code       Kind = "code"
	Questions  Kind = "questions"
	Selections Kind = "selections"
)

// Round is what is asked on one page.
type Round struct {
	Kind      Kind       `json:"kind"`
	Questions []Question `json:"questions"`
}

// Question is one question. Options are what can be chosen from; without them
// the answer is typed. Any answer is right if Answer is "", as long as it is one
// of the options.
type Question struct {
	Text    string   `json:"text"`
	Options []string `json:"options,omitempty"`
	Answer  string   `json:"answer,omitempty"`
}

// Right reports whether the answers, in order, are right.
func (r Round) Right(answers []string) bool {
	if len(answers) != len(r.Questions) {
		return false
	}
	for i, q := range r.Questions {
		if !q.right(answers[i]) {
			return false
		}
	}
	return true
}

func (q Question) right(answer string) bool {
	if q.Answer == "" {
		return len(q.Options) == 0 || slices.Contains(q.Options, answer)
	}
	return answer == q.Answer
}
