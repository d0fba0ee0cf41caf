// en: sync.Pool since Go 1.13, written down for reading: the algorithm and its names are Go's, the
// en: text is ours. [P] marks what runs pinned, [U] what does not. Unlike the classic pool, Put and
// en: Get stay pinned until they leave the pool.
// zh: Go 1.13 以来的 sync.Pool，为阅读而重写：算法和标识符是 Go 的，文字是我们自己的。
// zh: [P] 表示已 pin，[U] 表示没有 pin。和旧版不同，Put 和 Get 用完池之前一直 pin 着。
package sync

// en: A set of objects that are not needed just now. It may forget any of them at any time.
// zh: 存放暂时不用的对象；随时可能丢弃其中任何一个。
type Pool struct {
	noCopy noCopy // en: go vet finds copies // zh: 不可拷贝，由 go vet 检查

	local     unsafe.Pointer // en: [localSize]poolLocal, one for each P // zh: 本地池，[localSize]poolLocal，每个 P 一个
	localSize uintptr        // en: length of local; 0: no array yet // zh: 本地池的长度；0 表示还没有数组

	victim     unsafe.Pointer // en: the local of before the last GC // zh: 上次 GC 之前的 local
	victimSize uintptr        // en: its length; 0: not worth a look // zh: 它的长度；0 表示不必再看

	New func() any // en: makes an object where Get finds none // zh: Get 找不到时，用它创建对象
}

// en: What one P has of a pool.
// zh: 一个 P 在池中的那一份。
type poolLocalInternal struct {
	private any       // en: one object, for this P alone // zh: 私有对象，只有本 P 能取
	shared  poolChain // en: this P works at the head, all others take from the tail // zh: 本 P 在 head 存取，别的 P 从 tail 取
}

// en: Filled up to 128 bytes, so that two Ps never write to the same cache line.
// zh: 填充到 128 字节，两个 P 就不会写同一个缓存行。
type poolLocal struct {
	poolLocalInternal
	pad [128 - unsafe.Sizeof(poolLocalInternal{})%128]byte
}

var (
	allPoolsMu Mutex   // en: protects allPools // zh: 保护 allPools 的锁
	allPools   []*Pool // en: the pools with a local // zh: 有 local 的池
	oldPools   []*Pool // en: the pools with a victim // zh: 有 victim 的池
)

// en: Gives x to the pool. [P] throughout: no GC can come in between, so none can lose x.
// zh: 把 x 放回池中。全程 [P]：GC 插不进来，也就不会弄丢 x。
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	if race.Enabled && fastrandn(4) == 0 {
		return // en: the race detector: one in four is dropped, before pin // zh: 竞态检测：平均四次有一次随机丢弃，发生在 pin 之前
	}
	l, _ := p.pin()
	if l.private == nil { // @put.pinned
		l.private = x
	} else {
		l.shared.pushHead(x)
	}
	runtime_procUnpin() // @put.decided // en: [U] from here // zh: 解除抢占，从这里起 [U]
}

// en: Binds the goroutine to its P, without preemption; returns that P's poolLocal and its number.
// zh: 把 goroutine 绑定到 P 上，不允许抢占，返回这个 P 的 poolLocal 和编号。
func (p *Pool) pin() (*poolLocal, int) {
	pid := runtime_procPin()
	// en: localSize first, then local: pinSlow stores them the other way round, so the array is
	// en: never shorter than the size that was read.
	// zh: 先读 localSize 再读 local；pinSlow 存的顺序相反，所以数组不会比读到的长度短。
	s := runtime_LoadAcquintptr(&p.localSize)
	l := p.local
	if uintptr(pid) < s {
		return indexLocal(l, pid), pid
	}
	// en: This P has no slot yet: the first use since a GC, or GOMAXPROCS has grown.
	// zh: 这个 P 还没有槽位：GC 之后第一次使用，或者 GOMAXPROCS 变大了。
	return p.pinSlow()
}

// en: The same where this P has no slot: makes the array.
// zh: 这个 P 没有槽位时走这里：创建数组。
func (p *Pool) pinSlow() (*poolLocal, int) {
	runtime_procUnpin() // en: [U]: no waiting for a lock while pinned // zh: 解除抢占 [U]：pin 着不能等锁
	allPoolsMu.Lock() // @pinslow.unpinned
	defer allPoolsMu.Unlock()
	pid := runtime_procPin() // @pinslow.locked // en: [P], perhaps another P // zh: [P]，可能已经是另一个 P
	// en: Look again: another goroutine may have made it meanwhile. No GC can run here.
	// zh: 再次判断：也许别的 goroutine 已经创建好了。pin 着的时候 poolCleanup 不会被调用。
	s := p.localSize
	l := p.local
	if uintptr(pid) < s {
		return indexLocal(l, pid), pid
	}
	if p.local == nil {
		allPools = append(allPools, p) // en: new to the GC, once a cycle // zh: 新增的池，每个 GC 周期登记一次
	}
	size := runtime.GOMAXPROCS(0)
	local := make([]poolLocal, size)
	// en: From here the old array is dropped, with all that is in it. It does not become the victim.
	// zh: 从这里起旧数组被丢弃，连同里面的对象；它不会变成 victim。
	atomic.StorePointer(&p.local, unsafe.Pointer(&local[0]))
	runtime_StoreReluintptr(&p.localSize, uintptr(size)) // @pinslow.published
	return &local[pid], pid
}

// en: Takes an object out of the pool, or makes one.
// zh: 从池中取一个对象；没有就创建。
func (p *Pool) Get() any {
	l, pid := p.pin() // en: [P] from here // zh: 从这里起 [P]
	x := l.private // @get.pinned
	l.private = nil
	if x == nil {
		x, _ = l.shared.popHead() // en: its own newest // zh: 自己的，最新的
		if x == nil {
			x = p.getSlow(pid)
		}
	}
	runtime_procUnpin() // @get.decided // en: [U] from here // zh: 解除抢占，从这里起 [U]
	if x == nil && p.New != nil {
		x = p.New() // @get.new // en: [U]: it may use the pool itself // zh: [U]：New 自己也可以用这个池
	}
	return x
}

// en: Steals from the others, then looks into the victim. [P] throughout.
// zh: 先从别的 P 窃取，再看 victim，全程 [P]。
func (p *Pool) getSlow(pid int) any {
	size := runtime_LoadAcquintptr(&p.localSize) // @slow.begin
	locals := p.local
	for i := 0; i < int(size); i++ {
		// en: The neighbour first, its own last, the oldest of each. Privates are never looked at.
		// zh: 从下一个 P 开始，自己最后，各取最旧的。private 从来不看。
		l := indexLocal(locals, (pid+i+1)%int(size))
		if x, _ := l.shared.popTail(); x != nil {
			return x
		}
	}

	// en: The victim last, so that what is in it can age and go.
	// zh: 最后才看 victim，好让里面的对象老化、离开。
	size = atomic.LoadUintptr(&p.victimSize)
	if uintptr(pid) >= size {
		return nil
	}
	locals = p.victim
	l := indexLocal(locals, pid)
	if x := l.private; x != nil {
		l.private = nil
		return x
	}
	for i := 0; i < int(size); i++ {
		l := indexLocal(locals, (pid+i)%int(size)) // en: here its own first // zh: 这里自己最先
		if x, _ := l.shared.popTail(); x != nil {
			return x
		}
	}
	// en: Nothing there: the next Gets need not look. Other Ps' victim privates are hidden by it.
	// zh: 什么也没有：后面的 Get 不必再看。别的 P 的 victim private 也因此看不到了。
	atomic.StoreUintptr(&p.victimSize, 0)
	return nil
}

// en: Called at the start of each GC, while the world is stopped: the victim goes, local
// en: becomes the victim.
// zh: 每次 GC 开始、STW（全局暂停）时调用：丢弃 victim，local 变成 victim。
func poolCleanup() {
	for _, p := range oldPools {
		p.victim = nil
		p.victimSize = 0
	}
	for _, p := range allPools {
		p.victim = p.local
		p.victimSize = p.localSize
		p.local = nil
		p.localSize = 0
	}
	oldPools, allPools = allPools, nil
}

func indexLocal(l unsafe.Pointer, i int) *poolLocal {
	return (*poolLocal)(unsafe.Pointer(uintptr(l) + uintptr(i)*unsafe.Sizeof(poolLocal{})))
}

// en: A list of rings, each twice as long as the one before. The owner pushes to the newest ring,
// en: thieves pop from the oldest.
// zh: 环的链表，后一个是前一个的两倍长。本 P 压入最新的环，窃取者从最旧的环取。
type poolChain struct {
	head *poolChainElt // en: the newest; touched by the owner alone // zh: 最新的环，只有本 P 碰
	tail *poolChainElt // en: the oldest // zh: 最旧的环
}

type poolChainElt struct {
	poolDequeue
	next, prev *poolChainElt // en: next: towards the head; prev: towards the tail // zh: next 朝 head，prev 朝 tail
}

// en: Only the owner.
// zh: 只有本 P 调用。
func (c *poolChain) pushHead(val any) {
	d := c.head
	if d == nil {
		d = new(poolChainElt)
		d.vals = make([]eface, 8)
		c.head = d
		storePoolChainElt(&c.tail, d)
	}
	if d.pushHead(val) {
		return
	}
	// en: Full: a new ring of twice the length. Nothing is copied.
	// zh: 满了：接一个两倍长的新环，不拷贝。
	size := len(d.vals) * 2
	if size >= dequeueLimit {
		size = dequeueLimit
	}
	d2 := &poolChainElt{prev: d}
	d2.vals = make([]eface, size)
	c.head = d2
	storePoolChainElt(&d.next, d2)
	d2.pushHead(val)
}

// en: Only the owner: the newest.
// zh: 只有本 P 调用：取最新的。
func (c *poolChain) popHead() (any, bool) {
	for d := c.head; d != nil; d = loadPoolChainElt(&d.prev) {
		if val, ok := d.popHead(); ok {
			return val, ok
		}
	}
	return nil, false
}

// en: Any goroutine: the oldest.
// zh: 任何 goroutine 都可以调用：取最旧的。
func (c *poolChain) popTail() (any, bool) {
	d := loadPoolChainElt(&c.tail)
	if d == nil {
		return nil, false
	}
	for {
		// en: next before the pop: if d is empty then and has a next, it is empty for good.
		// zh: 先读 next 再取：如果取不到而且有 next，这个环就永远空了。
		d2 := loadPoolChainElt(&d.next)
		if val, ok := d.popTail(); ok {
			return val, ok
		}
		if d2 == nil {
			return nil, false
		}
		// en: Take the empty ring out of the list; one of the thieves does it.
		// zh: 把空环从链上摘掉，由其中一个窃取者完成。
		if atomic.CompareAndSwapPointer((*unsafe.Pointer)(unsafe.Pointer(&c.tail)), unsafe.Pointer(d), unsafe.Pointer(d2)) {
			storePoolChainElt(&d2.prev, nil)
		}
		d = d2
	}
}

// en: A ring of a fixed size: one producer, any number of consumers.
// zh: 固定大小的环：一个生产者，任意多个消费者。
type poolDequeue struct {
	headTail uint64  // en: head in the upper 32 bits, tail in the lower: one CAS decides // zh: 高 32 位是 head，低 32 位是 tail：一次 CAS 定胜负
	vals     []eface // en: a slot whose typ is nil belongs to the owner // zh: typ 为 nil 的槽位属于本 P
}

// en: Only the owner. false: it is full.
// zh: 只有本 P 调用。返回 false 表示已满。
func (d *poolDequeue) pushHead(val any) bool {
	head, tail := d.unpack(atomic.LoadUint64(&d.headTail))
	if (tail+uint32(len(d.vals)))&(1<<dequeueBits-1) == head {
		return false
	}
	slot := &d.vals[head&uint32(len(d.vals)-1)]
	if atomic.LoadPointer(&slot.typ) != nil {
		return false // en: a thief has not cleared it yet: as good as full // zh: 窃取者还没清空：当作已满
	}
	*(*any)(unsafe.Pointer(slot)) = val
	atomic.AddUint64(&d.headTail, 1<<dequeueBits) // en: now others see it // zh: 现在别人看得到了
	return true
}

// en: Only the owner: the newest.
// zh: 只有本 P 调用：取最新的。
func (d *poolDequeue) popHead() (any, bool) {
	var slot *eface
	for {
		ptrs := atomic.LoadUint64(&d.headTail)
		head, tail := d.unpack(ptrs)
		if tail == head {
			return nil, false
		}
		head--
		if atomic.CompareAndSwapUint64(&d.headTail, ptrs, d.pack(head, tail)) { // @pophead.loaded
			slot = &d.vals[head&uint32(len(d.vals)-1)]
			break
		}
		// en: A thief was faster: look again.
		// zh: 窃取者更快：重新看。
	}
	val := *(*any)(unsafe.Pointer(slot))
	*slot = eface{}
	return val, true
}

// en: Any goroutine: the oldest.
// zh: 任何 goroutine 都可以调用：取最旧的。
func (d *poolDequeue) popTail() (any, bool) {
	var slot *eface
	for {
		ptrs := atomic.LoadUint64(&d.headTail)
		head, tail := d.unpack(ptrs)
		if tail == head {
			return nil, false
		}
		if atomic.CompareAndSwapUint64(&d.headTail, ptrs, d.pack(head, tail+1)) { // @poptail.loaded
			slot = &d.vals[tail&uint32(len(d.vals)-1)]
			break
		}
	}
	val := *(*any)(unsafe.Pointer(slot))
	// en: Won, but the slot is not the owner's again before its typ is nil.
	// zh: 抢到了；但 typ 变成 nil 之前，这个槽位还不能还给本 P。
	slot.val = nil // @poptail.won
	atomic.StorePointer(&slot.typ, nil)
	return val, true
}

// en: A goroutine that uses a pool.
// zh: 使用池的 goroutine。
func user(p *Pool) {
	for {
		x := p.Get()
		work(x) // @use // en: [U]: x is in use, the pool knows nothing of it // zh: [U]：x 在使用中，池并不知道
		p.Put(x)
	}
}
