package secret_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"bankbook/core/secret"
)

const hidden = "access-sandbox-f00dbabe"

// holders are the ways in which a secret is carried about. fmt calls no method
// on what lies in an unexported field.
func holders() map[string]any {
	text := secret.New(hidden)
	return map[string]any{
		"bare":       text,
		"pointer":    &text,
		"exported":   struct{ Token secret.Text }{text},
		"unexported": struct{ token secret.Text }{text},
		"deep":       []any{map[string]any{"k": &struct{ t []secret.Text }{[]secret.Text{text}}}},
		"map key":    map[secret.Text]int{text: 1},
		"interface":  struct{ v any }{text},
		"embedded":   struct{ secret.Text }{text},
	}
}

func assertHidden(t *testing.T, output string) {
	t.Helper()
	for _, form := range []string{
		hidden, strings.ToUpper(hidden), fmt.Sprintf("%x", hidden), fmt.Sprintf("%X", hidden), fmt.Sprintf("% x", hidden),
		fmt.Sprint([]byte(hidden)), hidden[:12],
	} {
		if strings.Contains(output, strings.Trim(form, "[]")) {
			t.Errorf("the secret shows in %q", output)
		}
	}
}

func TestTextHidesFromFmt(t *testing.T) {
	for name, holder := range holders() {
		t.Run(name, func(t *testing.T) {
			for _, flag := range []string{"", "+", "#", "-30", "030", " ", "5.3"} {
				for _, verb := range "vsqxXdbcoOUteEfgGpT" {
					assertHidden(t, fmt.Sprintf("%"+flag+string(verb), holder))
				}
			}
			assertHidden(t, fmt.Sprint(holder))
			assertHidden(t, fmt.Sprintln(holder))
			assertHidden(t, fmt.Errorf("failed with %v: %w", holder, fmt.Errorf("%+v", holder)).Error())
		})
	}
}

func TestTextHidesFromLogs(t *testing.T) {
	for name, holder := range holders() {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
				log := slog.New(handler)
				log.Info("linked", "value", holder, slog.Group("g", "value", holder))
				log.With("value", holder).Info(fmt.Sprint(holder))
			}
			if out.Len() == 0 {
				t.Fatal("nothing was logged")
			}
			assertHidden(t, out.String())
		})
	}
}

func TestEncodersRefuse(t *testing.T) {
	for _, holder := range []any{secret.New(hidden), struct{ Token secret.Text }{secret.New(hidden)}, []secret.Text{secret.New(hidden)}} {
		var out bytes.Buffer
		for name, encode := range map[string]func(any) error{
			"json": json.NewEncoder(&out).Encode,
			"gob":  gob.NewEncoder(&out).Encode,
			"xml":  xml.NewEncoder(&out).Encode,
		} {
			if err := encode(holder); err == nil {
				t.Errorf("%s encodes a %T", name, holder)
			} else {
				assertHidden(t, err.Error())
			}
		}
		assertHidden(t, out.String())
	}
	if _, err := json.Marshal(map[secret.Text]int{secret.New(hidden): 1}); err == nil {
		t.Error("json encodes a secret as a key")
	}
}

func TestTextIsComparable(t *testing.T) {
	one, same, other := secret.New("a"), secret.New("a"), secret.New("b")
	if one != same || !reflect.DeepEqual(one, same) {
		t.Error("equal texts differ")
	}
	if one == other {
		t.Error("different texts are equal")
	}
	if secret.New("") != (secret.Text{}) {
		t.Error("the empty text is not the zero Text")
	}
}

func TestReveal(t *testing.T) {
	for _, s := range []string{"", "x", hidden, "\x00\xff"} {
		if got := secret.New(s); got.Reveal() != s || got.IsEmpty() != (s == "") {
			t.Errorf("New(%q) reveals another text", s)
		}
	}
	var zero secret.Text
	if zero.Reveal() != "" || !zero.IsEmpty() {
		t.Error("the zero Text is not empty")
	}
}

func TestLast4(t *testing.T) {
	for s, want := range map[string]string{"": "", "1234567": "", "12345678": "5678", "1111222233330000": "0000"} {
		if got := secret.New(s).Last4(); got != want {
			t.Errorf("last four of %d digits: %q, want %q", len(s), got, want)
		}
	}
}

func TestTailIsNeverMoreThanItMayBe(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "1": "", "12": "", "123": "3", "12345": "5", "123456": "56", "1234567": "67", "12345678": "5678", "1111222233334417": "4417",
	} {
		if got := secret.New(text).Tail(); got != want {
			t.Errorf("%d characters show %q, want %q", len(text), got, want)
		}
	}
}
