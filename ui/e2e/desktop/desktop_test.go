package desktop

import "testing"

func TestScreensComeUpTogether(t *testing.T) {
	if missing := Missing(); len(missing) > 0 {
		t.Skipf("not installed: %v", missing)
	}
	for range 3 {
		d, err := Start(800, 600)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
