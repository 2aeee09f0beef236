package vault

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// onAllCores calls do with every number below n, several at a time, and returns
// when all are done.
func onAllCores(n int, do func(i int)) {
	var workers sync.WaitGroup
	var next atomic.Int64
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	workers.Wait()
}
