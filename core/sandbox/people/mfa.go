package people

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"bankbook/core/sandbox/wire"
)

// OneTimeCode is the code that every device receives.
const OneTimeCode = "1234"

// Special passwords (PLAID §5). Rounds and questions are at most nine.
const errorPrefix = "error_"

var (
	questionsPassword  = regexp.MustCompile(`^mfa_questions_([1-9])_([1-9])$`)
	selectionsPassword = regexp.MustCompile(`^mfa_selections_([1-9])_([1-9])_([2-9])$`)
)

// loginOf returns what a special password asks for; special says that it is one.
func loginOf(password string) (login Login, special bool, refusal *wire.Error) {
	if code, failing := strings.CutPrefix(password, errorPrefix); failing {
		if refusal = wire.LoginRefusal(code); refusal != nil {
			return login, true, refusal
		}
	}
	switch password {
	case "mfa_device":
		return Login{Rounds: deviceRounds()}, true, nil
	case "mfa_selections":
		return Login{Rounds: yesRounds()}, true, nil
	case `{"recaptcha":"good"}`, `{"recaptcha":"bad"}`, `{"recaptcha": "good"}`, `{"recaptcha": "bad"}`:
		return robotLogin(password), true, nil
	}
	if n := counts(questionsPassword, password); n != nil {
		return Login{Rounds: questionRounds(n[0], n[1])}, true, nil
	}
	if n := counts(selectionsPassword, password); n != nil {
		return Login{Rounds: selectionRounds(n[0], n[1], n[2])}, true, nil
	}
	return login, false, nil
}

func robotLogin(password string) Login {
	var asked struct {
		Recaptcha string `json:"recaptcha"`
	}
	_ = json.Unmarshal([]byte(password), &asked) // it is one of a few constants
	return Login{Recaptcha: true, RobotFails: asked.Recaptcha == "bad"}
}

// counts returns the numbers in a password of that shape, or nil.
func counts(shape *regexp.Regexp, password string) []int {
	parts := shape.FindStringSubmatch(password)
	if parts == nil {
		return nil
	}
	var out []int
	for _, p := range parts[1:] {
		n, _ := strconv.Atoi(p) // one digit
		out = append(out, n)
	}
	return out
}

func deviceRounds() []Round {
	return []Round{
		{Kind: Device, Questions: []Question{{
			Text:    "Where should the code be sent?",
			Options: []string{"Text message to ***-***-3333", "Call to ***-***-4444", "Email to a*************0@example.com"},
		}}},
		{Kind: Code, Questions: []Question{{Text: "Enter the code that was sent to you", Answer: OneTimeCode}}},
	}
}

func yesRounds() []Round {
	return []Round{{Kind: Selections, Questions: []Question{{
		Text: "Do you want to go on?", Options: []string{"Yes", "No"}, Answer: "Yes",
	}}}}
}

// questionRounds asks for "answer_<i>_<j>" in the j-th question of round i.
func questionRounds(rounds, questions int) []Round {
	return makeRounds(Questions, rounds, questions, func(i, j int) Question {
		return Question{Text: fmt.Sprintf("Question %d of round %d?", j+1, i+1), Answer: fmt.Sprintf("answer_%d_%d", i, j)}
	})
}

// selectionRounds has "answer_<i>_<j>_0", the first option, as the right answer.
func selectionRounds(rounds, questions, options int) []Round {
	return makeRounds(Selections, rounds, questions, func(i, j int) Question {
		q := Question{Text: fmt.Sprintf("Question %d of round %d?", j+1, i+1)}
		for k := range options {
			q.Options = append(q.Options, fmt.Sprintf("answer_%d_%d_%d", i, j, k))
		}
		q.Answer = q.Options[0]
		return q
	})
}

func makeRounds(kind Kind, rounds, questions int, ask func(i, j int) Question) []Round {
	var out []Round
	for i := range rounds {
		r := Round{Kind: kind}
		for j := range questions {
			r.Questions = append(r.Questions, ask(i, j))
		}
		out = append(out, r)
	}
	return out
}
