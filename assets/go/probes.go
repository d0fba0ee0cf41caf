// The part of poolscope's recorder that goes to the end of sync's pool.go: what the probes call which
// are put into the functions of sync.Pool and its dequeues.

package sync

import "unsafe"

// poolscope: from here on

// Whether this program is being recorded. It does not change while the program runs.
var poolscopeOn = runtime_poolscopeOn()

// Whether it is also recorded when each Put and Get was called and when it returned.
var poolscopeAll = runtime_poolscopeAll()

// Implemented in runtime.
func runtime_poolscopeOn() bool
func runtime_poolscopeAll() bool
func runtime_poolscope(kind, place, object uintptr, extra uint32)
func runtime_poolscopeGot(kind, place, object uintptr, extra uint32)
func runtime_poolscopeMade(pool, object uintptr, typ unsafe.Pointer)
func runtime_poolscopeTyped(kind, place, object uintptr, typ unsafe.Pointer)
func runtime_poolscopeArray(pool, array uintptr, length uint32)

// At a place of an array: private is taken from it, or stored to it.
func poolscopeTake(kind uintptr, l *poolLocal, x any) {
	runtime_poolscopeGot(kind, uintptr(unsafe.Pointer(l)), uintptr((*eface)(unsafe.Pointer(&x)).val), 0)
}

func poolscopeStore(l *poolLocal, x any) {
	e := (*eface)(unsafe.Pointer(&x))
	runtime_poolscopeTyped(poolscopeKindStore, uintptr(unsafe.Pointer(l)), uintptr(e.val), e.typ)
}

// At a pool. `put`: 1 for a Put, 0 for a Get.
func poolscopeCalled(p *Pool, x any, put uint32) {
	e := (*eface)(unsafe.Pointer(&x))
	runtime_poolscope(poolscopeKindCalled, uintptr(unsafe.Pointer(p)), uintptr(e.val), put)
}

func poolscopeReturned(p *Pool, put uint32) {
	runtime_poolscope(poolscopeKindReturned, uintptr(unsafe.Pointer(p)), 0, put)
}

func poolscopeDropped(p *Pool, x any) {
	e := (*eface)(unsafe.Pointer(&x))
	runtime_poolscopeTyped(poolscopeKindRaceDrop, uintptr(unsafe.Pointer(p)), uintptr(e.val), e.typ)
}

func poolscopeMade(p *Pool, x any) {
	e := (*eface)(unsafe.Pointer(&x))
	if e.typ == nil {
		runtime_poolscope(poolscopeKindMadeNew, uintptr(unsafe.Pointer(p)), 0, 0)
		return
	}
	runtime_poolscopeMade(uintptr(unsafe.Pointer(p)), uintptr(e.val), e.typ)
}

// A Get has found nothing. `zeroed`: it has looked everywhere in the victim and given it up.
func poolscopeMissed(p *Pool, zeroed uint32) {
	if p.New == nil {
		zeroed |= poolscopeMissWithoutNew
	}
	runtime_poolscope(poolscopeKindMiss, uintptr(unsafe.Pointer(p)), 0, zeroed)
}

// A pool gets its array: length | stride<<16.
func poolscopeArray(p *Pool, local []poolLocal) {
	runtime_poolscopeArray(uintptr(unsafe.Pointer(p)), uintptr(unsafe.Pointer(&local[0])),
		uint32(len(local))|uint32(unsafe.Sizeof(poolLocal{}))<<16)
}

// At a dequeue.
func poolscopePushed(d *poolDequeue, x any) {
	e := (*eface)(unsafe.Pointer(&x))
	runtime_poolscopeTyped(poolscopeKindPush, uintptr(unsafe.Pointer(d)), uintptr(e.val), e.typ)
}

func poolscopePopped(kind uintptr, d *poolDequeue, slot *eface, position uint32) {
	runtime_poolscopeGot(kind, uintptr(unsafe.Pointer(d)), uintptr(slot.val), position)
}

func poolscopeDequeue(c *poolChain, d *poolChainElt) {
	l := uintptr(unsafe.Pointer(c)) - unsafe.Offsetof(poolLocal{}.shared)
	runtime_poolscope(poolscopeKindDequeueMade, uintptr(unsafe.Pointer(d)), l, uint32(len(d.vals)))
}

// poolscopeCheckpoint records what all pools hold while the world is stopped, up to a number of objects.
func poolscopeCheckpoint() {
	runtime_poolscope(poolscopeKindCleanup, 0, 0, 0)
	room := poolscopeMostItems
	for _, p := range allPools {
		room = poolscopeContents(poolscopeKindCheckPool, p, p.local, p.localSize, room)
	}
	for _, p := range oldPools {
		room = poolscopeContents(poolscopeKindCheckVictim, p, p.victim, p.victimSize, room)
	}
	if room <= 0 {
		runtime_poolscope(poolscopeKindCheckCut, 0, 0, 0)
	}
	runtime_poolscope(poolscopeKindCheckEnd, 0, 0, 0)
}

func poolscopeContents(kind uintptr, p *Pool, array unsafe.Pointer, size uintptr, room int) int {
	if room <= 0 {
		return room
	}
	runtime_poolscope(kind, uintptr(unsafe.Pointer(p)), uintptr(array), uint32(size))
	for i := 0; i < int(size); i++ {
		l := indexLocal(array, i)
		room--
		runtime_poolscope(poolscopeKindCheckLocal, uintptr(unsafe.Pointer(l)),
			uintptr((*eface)(unsafe.Pointer(&l.private)).val), 0)
		for d := poolscopeLoad(unsafe.Pointer(&l.shared.tail)); d != nil; d = poolscopeLoad(unsafe.Pointer(&d.next)) {
			head, tail := d.unpack(*(*uint64)(unsafe.Pointer(&d.headTail)))
			count := head - tail
			room -= int(count) + 1
			cut := uint32(0)
			if room <= 0 {
				cut = 1
			}
			runtime_poolscope(poolscopeKindCheckDequeue, uintptr(unsafe.Pointer(d)), uintptr(count)<<1|uintptr(cut), tail)
			if cut != 0 {
				return 0
			}
			for ; tail != head; tail++ {
				slot := &d.vals[tail&uint32(len(d.vals)-1)]
				runtime_poolscope(poolscopeKindCheckItem, uintptr(unsafe.Pointer(d)), uintptr(slot.val), tail)
			}
		}
	}
	return room
}

// poolscopeLoad reads a link of a chain. Its type is another one in each version of Go, and one word in
// all of them.
func poolscopeLoad(link unsafe.Pointer) *poolChainElt {
	return *(**poolChainElt)(link)
}
