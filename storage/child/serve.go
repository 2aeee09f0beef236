package child

import "io"

// The exit codes of a child. Work that failed is an answer too. 2 is not among
// them: it is how a Go program crashes.
const (
	exitAnswered = 0
	exitAlone    = 3 // nobody was there to take the answer
	// ExitUsage is the exit code of a child that was not started as it should
	// be, and gives no answer.
	ExitUsage = 64
)

// Serve is the child's side of Ask: it does the work, writes the answer to out
// and returns the code to exit with. The program calls it with os.Stdin, from
// which it has read the request's Input, and os.Stdout before anything else, and
// exits at once: the end of in means that the parent is gone, and Serve then
// returns without waiting for the work.
func Serve(in io.Reader, out io.Writer, work func() Answer) (code int) {
	done := make(chan Answer, 1)
	go func() { done <- work() }()
	select {
	case a := <-done:
		if err := writeAnswer(out, a); err != nil {
			return exitAlone
		}
		return exitAnswered
	case <-ended(in):
		return exitAlone
	}
}

// ended returns a channel that closes when in ends.
func ended(in io.Reader) <-chan struct{} {
	end := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, in)
		close(end)
	}()
	return end
}
