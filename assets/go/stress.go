// What `poolscope go check` runs for a second: all that a pool does, at once. Gets that hit, steal, find
// the victim and call New, a GC every 20 ms, GOMAXPROCS that changes.

package main

import (
	"runtime"
	"sync"
	"time"
)

type node struct{ bytes [64]byte }

var (
	withNew    = sync.Pool{New: func() interface{} { return new(node) }}
	withoutNew sync.Pool
)

// burst takes many objects out and gives most of them back, so that the chains grow and shrink.
func burst(size int) {
	held := make([]interface{}, 0, size)
	for i := 0; i < size; i++ {
		held = append(held, withNew.Get())
	}
	for i, object := range held {
		if i%7 != 0 {
			withNew.Put(object)
		}
	}
}

func main() {
	procs := runtime.GOMAXPROCS(0)
	end := time.Now().Add(time.Second)
	var all sync.WaitGroup
	for worker := 1; worker <= 6; worker++ {
		all.Add(1)
		go func(worker int) {
			defer all.Done()
			for i := 0; time.Now().Before(end); i++ {
				burst(1 + i*worker%40)
				if object := withoutNew.Get(); object == nil || i%3 == 0 {
					withoutNew.Put(new(node))
				}
				if worker%2 == 0 {
					withNew.Put(new(node))
				}
				if i%32 == 31 {
					time.Sleep(time.Millisecond)
				}
			}
		}(worker)
	}
	for i := 0; time.Now().Before(end); i++ {
		time.Sleep(20 * time.Millisecond)
		runtime.GC()
		if i%4 == 3 {
			runtime.GOMAXPROCS(1 + i/4%(2*procs))
		}
	}
	all.Wait()
}
