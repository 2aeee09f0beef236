package people

// Login is what a person meets between the password and the accounts.
type Login struct {
	// Rounds are asked one after the other; each has to be answered rightly.
	Rounds []Round
	// Recaptcha shows a "not a robot" box first; RobotFails lets it fail.
	Recaptcha, RobotFails bool
	// Error is the code of an error that the bank answers a right password with,
	// such as "ITEM_LOCKED", or "".
	Error string
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
	Kind      Kind
	Questions []Question
}

// Question is one question. Options are what can be chosen from; without them
// the answer is typed. Any answer is right if Answer is "".
type Question struct {
	Text    string
	Options []string
	Answer  string
}

// Right reports whether the answers, in order, are right.
func (r Round) Right(answers []string) bool {
	if len(answers) != len(r.Questions) {
		return false
	}
	for i, q := range r.Questions {
		if q.Answer != "" && answers[i] != q.Answer {
			return false
		}
	}
	return true
}
