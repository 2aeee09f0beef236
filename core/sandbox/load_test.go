package sandbox_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"bankbook/core/sandbox/ledger"
)

// The figures of the practice bank: 5 ms for /accounts/get and 25 ms for 500 rows
// of /transactions/sync in 99 of 100 calls, with 50 clients on two cores; and a
// customer with a million rows in 300 MB.
const (
	loadClients = 50
	million     = 1_000_000
)

// caller is a lean client: it keeps its connection and the room for answers.
type caller struct {
	b      *bench
	client *http.Client
	answer bytes.Buffer
}

// callers returns clients that share connections, one for each.
func (b *bench) callers(t testing.TB, n int) []*caller {
	transport := &http.Transport{MaxIdleConnsPerHost: n, DisableCompression: true}
	t.Cleanup(transport.CloseIdleConnections)
	out := make([]*caller, n)
	for i := range out {
		out[i] = &caller{b: b, client: &http.Client{Transport: transport}}
	}
	return out
}

// call calls the API; the answer is good until the next call.
func (c *caller) call(path string, body []byte) []byte {
	req, err := http.NewRequest(http.MethodPost, c.b.http.URL+path, bytes.NewReader(body))
	if err != nil {
		c.b.t.Fatal(err)
	}
	req.Header = http.Header{"Content-Type": {"application/json"}, "Plaid-Client-Id": {testID}, "Plaid-Secret": {testSecret}}
	resp, err := c.client.Do(req)
	if err != nil {
		c.b.t.Fatal(err)
	}
	defer resp.Body.Close()
	c.answer.Reset()
	if _, err := c.answer.ReadFrom(resp.Body); err != nil || resp.StatusCode != http.StatusOK {
		c.b.t.Fatalf("%v: %d %.300s", err, resp.StatusCode, c.answer.Bytes())
	}
	return c.answer.Bytes()
}

// page asks for 500 rows, and returns the cursor behind them and whether there
// is more. It reads no more of the page than it needs.
func (c *caller) page(access, cursor string) (next string, more bool) {
	answer := c.call("/transactions/sync", fmt.Appendf(nil, `{"access_token":%q,"cursor":%q,"count":500}`, access, cursor))
	found := nextCursor.FindSubmatch(answer[max(0, len(answer)-600):])
	if found == nil {
		c.b.t.Fatalf("no cursor: %.300s", answer)
	}
	return string(found[1]), string(found[2]) == "true"
}

var nextCursor = regexp.MustCompile(`"next_cursor":"([^"]*)","has_more":(true|false)`)

func BenchmarkFullSync(b *testing.B) {
	bench := newBench(b)
	bench.plain = true
	access, _ := bench.instant("ins_109508", 730)
	client := bench.callers(b, 1)[0]
	for b.Loop() {
		for cursor, more := "", true; more; {
			cursor, more = client.page(access, cursor)
		}
	}
}

// BenchmarkDeepPage asks for pages from the middle of a million rows on.
func BenchmarkDeepPage(b *testing.B) {
	bench := newBench(b)
	bench.plain = true
	access, _ := bench.living(ledger.ScaleLife(million), 730, everyday...)
	client, cursor := bench.callers(b, 1)[0], ""
	for range million / 500 / 2 {
		cursor, _ = client.page(access, cursor)
	}
	middle := cursor
	for b.Loop() {
		var more bool
		if cursor, more = client.page(access, cursor); !more {
			cursor = middle
		}
	}
}

// BenchmarkMillionRows syncs a million rows and reports how much memory the whole
// process, client included, has used at most.
func BenchmarkMillionRows(b *testing.B) {
	bench := newBench(b)
	bench.plain = true
	access, _ := bench.living(ledger.ScaleLife(million), 730, everyday...)
	client, heap := bench.callers(b, 1)[0], uint64(0)
	for b.Loop() {
		pages := 0
		for cursor, more := "", true; more; pages++ {
			cursor, more = client.page(access, cursor)
			if pages%100 == 0 {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				heap = max(heap, m.HeapInuse)
			}
		}
		if pages != million/500 {
			b.Fatalf("%d pages", pages)
		}
	}
	b.ReportMetric(float64(heap)/1e6, "MB-heap")
	b.ReportMetric(peakMemory()/1e6, "MB-peak")
}

// peakMemory returns the most memory that the process has had, in bytes, where
// the system tells it.
func peakMemory() float64 {
	status, err := os.ReadFile("/proc/self/status")
	found := regexp.MustCompile(`VmHWM:\s*(\d+) kB`).FindSubmatch(status)
	if err != nil || found == nil {
		return 0
	}
	kb, _ := strconv.ParseFloat(string(found[1]), 64)
	return kb * 1024
}

// BenchmarkLoad has 50 clients call at once: as fast as they can, and each at its
// own times, ten times a second.
func BenchmarkLoad(b *testing.B) {
	bench := newBench(b)
	bench.plain = true
	calls := map[string]func(n int) func(){"accounts": bench.accountsCaller(b), "sync": bench.syncCaller(b)}
	for _, c := range []struct {
		call  string
		pause time.Duration
	}{{"accounts", 0}, {"accounts", 100 * time.Millisecond}, {"sync", 0}, {"sync", 100 * time.Millisecond}} {
		pace := "closed"
		if c.pause > 0 {
			pace = "paced"
		}
		b.Run(c.call+"/"+pace, func(b *testing.B) {
			took := load(c.pause, 10*time.Second, calls[c.call])
			slices.Sort(took)
			at := func(percent int) float64 { return took[len(took)*percent/100].Seconds() * 1e3 }
			b.ReportMetric(at(50), "ms-p50")
			b.ReportMetric(at(99), "ms-p99")
			b.ReportMetric(float64(len(took))/10, "calls/s")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// accountsCaller makes clients that ask for the accounts of a bank each.
func (b *bench) accountsCaller(t testing.TB) func(int) func() {
	clients, bodies := b.callers(t, loadClients), make([][]byte, loadClients)
	for i := range bodies {
		access, _ := b.instant("ins_109508", 90)
		bodies[i] = fmt.Appendf(nil, `{"access_token":%q}`, access)
	}
	return func(n int) func() {
		return func() { clients[n].call("/accounts/get", bodies[n]) }
	}
}

// syncCaller makes clients that read a million rows, each from another place on.
func (b *bench) syncCaller(t testing.TB) func(int) func() {
	access, _ := b.living(ledger.ScaleLife(million), 730, everyday...)
	clients, cursors, cursor := b.callers(t, loadClients), make([]string, loadClients), ""
	for i := range cursors {
		cursors[i] = cursor
		for range 5 {
			cursor, _ = clients[0].page(access, cursor)
		}
	}
	return func(n int) func() {
		return func() { cursors[n], _ = clients[n].page(access, cursors[n]) }
	}
}

// load lets all clients call for a while and returns how long the calls took. A
// client that pauses calls at its own times, and a call that is late counts from
// when it should have begun.
func load(pause, during time.Duration, client func(int) func()) []time.Duration {
	var mu sync.Mutex
	var all []time.Duration
	var wg sync.WaitGroup
	begin := time.Now()
	for n := range loadClients {
		call := client(n)
		wg.Go(func() {
			var took []time.Duration
			due := begin.Add(pause * time.Duration(n) / loadClients)
			for due.Before(begin.Add(during)) {
				time.Sleep(time.Until(due))
				call()
				took = append(took, time.Since(due))
				if due = due.Add(pause); pause == 0 {
					due = time.Now()
				}
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, took...)
		})
	}
	wg.Wait()
	return all
}
