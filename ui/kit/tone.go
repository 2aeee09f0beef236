package kit

import (
	"bankbook/ui/look"
)

// Tone is the meaning of a pill, note or alert. Colour never stands alone: the
// words say the same.
type Tone int

// The tones.
const (
	Neutral Tone = iota
	Info
	Success
	Warning
	Failure
	PracticeTone
)

// Ink is the token of words in this tone.
func (t Tone) Ink() look.Token {
	switch t {
	case Info:
		return look.Primary
	case Success:
		return look.Positive
	case Warning:
		return look.Warning
	case Failure:
		return look.Error
	case PracticeTone:
		return look.Practice
	}
	return look.Text2
}

// Paper is the token of the tint behind words in this tone.
func (t Tone) Paper() look.Token {
	switch t {
	case Info:
		return look.Tint
	case Success:
		return look.SuccessTint
	case Warning:
		return look.WarningTint
	case Failure:
		return look.ErrorTint
	case PracticeTone:
		return look.PracticeTint
	}
	return look.Neutral
}

// Sign is the icon that goes with the tone.
func (t Tone) Sign() look.IconName {
	switch t {
	case Success:
		return look.IconCheckCircle
	case Warning:
		return look.IconAlertTriangle
	case Failure:
		return look.IconAlertCircle
	case PracticeTone:
		return look.IconGraduationCap
	}
	return look.IconInfo
}
