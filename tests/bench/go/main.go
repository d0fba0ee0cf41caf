// Times Go's own sync.Pool, on request: a line "WORKLOAD THREADS ROUNDS" on stdin, the wall time in
// nanoseconds on stdout. The workloads are those of contestant.h. The first line of stdout is the
// version of Go.
//
// No GC runs while a measurement is timed, as none runs on the other side: a collection there would be
// work that only Go does.
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

type object struct{ payload [6]uint64 }

func pair(p *sync.Pool, o *object, rounds int) {
	for i := 0; i < rounds; i++ {
		p.Put(o)
		p.Get()
	}
}

func batch(p *sync.Pool, o *object, puts int, gets int, rounds int) {
	for i := 0; i < rounds; i++ {
		for k := 0; k < puts; k++ {
			p.Put(o)
		}
		for k := 0; k < gets; k++ {
			p.Get()
		}
	}
}

// As kMissesAtTheEnd there. A GC may have taken some of them.
const missesAtTheEnd = 5000

func consume(p *sync.Pool, rounds int, produced *atomic.Bool) {
	misses := 0
	for got := 0; got < rounds && misses < missesAtTheEnd; {
		last := produced.Load()
		if p.Get() != nil {
			got++
			misses = 0
		} else if last {
			misses++
		}
	}
}

// Until the collector's goroutines and idle threads have come to rest.
const rest = 2 * time.Millisecond

// Twice: the first GC makes victims of what the last measurement left in pools, the second drops them.
func collect() {
	runtime.GC()
	runtime.GC()
	time.Sleep(rest)
}

func collections() uint32 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.NumGC
}

func measure(workload string, threads int, rounds int) time.Duration {
	runtime.GOMAXPROCS(threads)
	collect()
	var p sync.Pool
	var ready, done sync.WaitGroup
	var produced atomic.Bool
	start := make(chan struct{})
	for t := 0; t < threads; t++ {
		ready.Add(1)
		done.Add(1)
		go func(t int) {
			o := new(object)
			pair(&p, o, 1) // the array is there, as contestant.h's is
			ready.Done()
			<-start
			switch {
			case workload == "pair":
				pair(&p, o, rounds)
			case workload == "overflow":
				batch(&p, o, 100, 100, rounds)
			case workload == "starve":
				batch(&p, o, 67, 100, rounds)
			case t == 0:
				for i := 0; i < rounds; i++ {
					p.Put(o)
				}
				produced.Store(true)
			default:
				consume(&p, rounds, &produced)
			}
			done.Done()
		}(t)
	}
	ready.Wait()
	before := collections()
	begin := time.Now()
	close(start)
	done.Wait()
	took := time.Since(begin)
	if collections() != before {
		fmt.Fprintln(os.Stderr, "go_peer: a GC ran while", workload, "was timed: there is too little memory for this")
		os.Exit(1)
	}
	return took
}

// With the GC off the heap grows by what one measurement allocates, some megabytes. Should that ever be
// wrong, the GC starts here, and measure says so.
const mostMemory = 1 << 30

func main() {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(mostMemory)
	fmt.Println(runtime.Version())
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		var workload string
		var threads, rounds int
		if _, err := fmt.Sscan(in.Text(), &workload, &threads, &rounds); err != nil {
			fmt.Fprintln(os.Stderr, "a line is WORKLOAD THREADS ROUNDS:", err)
			os.Exit(2)
		}
		fmt.Println(measure(workload, threads, rounds).Nanoseconds())
	}
}
