// en: sync.Pool as it was from Go 1.9 to 1.12, written down for reading: the algorithm and its
// en: names are Go's, the text is ours. [P] marks what runs pinned, [U] what does not: there a GC,
// en: a new GOMAXPROCS or a move to another P may come in between.
// zh: Go 1.9 到 1.12 的 sync.Pool，为阅读而重写：算法和标识符是 Go 的，文字是我们自己的。
// zh: [P] 表示已 pin，[U] 表示没有 pin：此时 GC、GOMAXPROCS 改变、换到别的 P 都可能发生。
package sync

// en: A set of objects that are not needed just now. It may forget any of them at any time.
// zh: 存放暂时不用的对象；随时可能丢弃其中任何一个。
type Pool struct {
	noCopy noCopy // en: go vet finds copies // zh: 不可拷贝，由 go vet 检查

	local     unsafe.Pointer // en: [localSize]poolLocal, one for each P // zh: 本地池，[localSize]poolLocal，每个 P 一个
	localSize uintptr        // en: length of local; 0: no array yet // zh: 本地池的长度；0 表示还没有数组

	New func() interface{} // en: makes an object where Get finds none // zh: Get 找不到时，用它创建对象
}

// en: What one P has of a pool.
// zh: 一个 P 在池中的那一份。
type poolLocalInternal struct {
	private interface{}   // en: one object, for this P alone // zh: 私有对象，只有本 P 能取
	shared  []interface{} // en: all others; any P may take them // zh: 共享对象，任何 P 都能取
	Mutex                 // en: protects shared // zh: 保护 shared 的锁
}

// en: Filled up to 128 bytes, so that two Ps never write to the same cache line.
// zh: 填充到 128 字节，两个 P 就不会写同一个缓存行。
type poolLocal struct {
	poolLocalInternal
	pad [128 - unsafe.Sizeof(poolLocalInternal{})%128]byte
}

var (
	allPoolsMu Mutex   // en: protects allPools // zh: 保护 allPools 的锁
	allPools   []*Pool // en: the pools used since the last GC // zh: 上次 GC 以来用过的池
)

// en: Gives x to the pool.
// zh: 把 x 放回池中。
func (p *Pool) Put(x interface{}) {
	if x == nil {
		return
	}
	if race.Enabled && fastrand()%4 == 0 {
		return // en: the race detector: one in four is dropped, before pin // zh: 竞态检测：平均四次有一次随机丢弃，发生在 pin 之前
	}
	l := p.pin() // en: [P] from here // zh: 从这里起 [P]
	if l.private == nil { // @put.pinned
		l.private = x
		x = nil
	}
	runtime_procUnpin() // @put.decided // en: [U] from here; l stays what it was // zh: 解除抢占，从这里起 [U]；l 不再改变
	if x != nil {
		// en: private was full. A GC here drops the array that l points into.
		// zh: private 已满。如果这里发生 GC，l 所在的数组就被丢弃了。
		l.Lock() // @put.unpinned
		l.shared = append(l.shared, x) // @put.locked
		l.Unlock()
	}
}

// en: Binds the goroutine to its P, without preemption, and returns that P's poolLocal.
// zh: 把 goroutine 绑定到 P 上，不允许抢占，返回这个 P 的 poolLocal。
func (p *Pool) pin() *poolLocal {
	pid := runtime_procPin()
	// en: localSize first, then local: pinSlow stores them the other way round, so the array is
	// en: never shorter than the size that was read.
	// zh: 先读 localSize 再读 local；pinSlow 存的顺序相反，所以数组不会比读到的长度短。
	s := atomic.LoadUintptr(&p.localSize)
	l := p.local
	if uintptr(pid) < s {
		return indexLocal(l, pid)
	}
	// en: This P has no slot yet: the first use since a GC, or GOMAXPROCS has grown.
	// zh: 这个 P 还没有槽位：GC 之后第一次使用，或者 GOMAXPROCS 变大了。
	return p.pinSlow()
}

// en: The same where this P has no slot: makes the array.
// zh: 这个 P 没有槽位时走这里：创建数组。
func (p *Pool) pinSlow() *poolLocal {
	runtime_procUnpin() // en: [U]: no waiting for a lock while pinned // zh: 解除抢占 [U]：pin 着不能等锁
	allPoolsMu.Lock() // @pinslow.unpinned
	defer allPoolsMu.Unlock()
	pid := runtime_procPin() // @pinslow.locked // en: [P], perhaps another P // zh: [P]，可能已经是另一个 P
	// en: Look again: another goroutine may have made it meanwhile. No GC can run here.
	// zh: 再次判断：也许别的 goroutine 已经创建好了。pin 着的时候 poolCleanup 不会被调用。
	s := p.localSize
	l := p.local
	if uintptr(pid) < s {
		return indexLocal(l, pid)
	}
	if p.local == nil {
		allPools = append(allPools, p) // en: new to the GC, once a cycle // zh: 新增的池，每个 GC 周期登记一次
	}
	size := runtime.GOMAXPROCS(0)
	local := make([]poolLocal, size)
	// en: From here the old array is dropped, with all that is in it.
	// zh: 从这里起旧数组被丢弃，连同里面的对象。
	atomic.StorePointer(&p.local, unsafe.Pointer(&local[0]))
	atomic.StoreUintptr(&p.localSize, uintptr(size)) // @pinslow.published
	return &local[pid]
}

// en: Takes an object out of the pool, or makes one.
// zh: 从池中取一个对象；没有就创建。
func (p *Pool) Get() interface{} {
	l := p.pin() // en: [P] from here // zh: 从这里起 [P]
	x := l.private // @get.pinned
	l.private = nil
	runtime_procUnpin() // @get.decided // en: [U] from here // zh: 解除抢占，从这里起 [U]
	if x == nil {
		l.Lock() // @get.unpinned
		last := len(l.shared) - 1 // @get.locked
		if last >= 0 {
			x = l.shared[last] // en: the newest // zh: 最新的
			l.shared = l.shared[:last]
		}
		l.Unlock()
		if x == nil { // @get.popped
			x = p.getSlow()
		}
	}
	if x == nil && p.New != nil {
		x = p.New() // @get.new // en: [U], no lock held: it may use the pool itself // zh: [U]，不持有锁：New 自己也可以用这个池
	}
	return x
}

// en: Steals from the shared of the others. [U] throughout.
// zh: 从别的 P 的 shared 窃取，全程 [U]。
func (p *Pool) getSlow() (x interface{}) {
	size := atomic.LoadUintptr(&p.localSize) // @get.slow
	local := p.local
	pid := runtime_procPin() // en: only to learn the P of now // zh: 只为知道现在在哪个 P 上
	runtime_procUnpin()
	// en: From here local may be stale: a GC clears it, a grow drops it.
	// zh: 从这里起 local 可能过期：GC 会清空它，扩容会丢弃它。
	for i := 0; i < int(size); i++ { // @slow.loaded
		// en: The neighbour first, its own last. Privates are never looked at.
		// zh: 从下一个 P 开始，自己最后。private 从来不看。
		l := indexLocal(local, (pid+i+1)%int(size))
		l.Lock()
		last := len(l.shared) - 1 // @slow.locked
		if last >= 0 {
			x = l.shared[last]
			l.shared = l.shared[:last]
			l.Unlock()
			break // @slow.popped
		}
		l.Unlock()
	}
	return x
}

// en: Called at the start of each GC, while the world is stopped. It takes no lock; the stop has
// en: waited for pinned goroutines, and for no others.
// zh: 每次 GC 开始、STW（全局暂停）时调用。不加锁；STW 只等 pin 住的 goroutine。
func poolCleanup() {
	for i, p := range allPools {
		allPools[i] = nil
		for i := 0; i < int(p.localSize); i++ {
			l := indexLocal(p.local, i)
			l.private = nil
			// en: Cell by cell: a goroutine that still holds this array keeps no object alive.
			// zh: 逐个清空：还拿着这个数组的 goroutine，也留不住里面的对象。
			for j := range l.shared {
				l.shared[j] = nil
			}
			l.shared = nil
		}
		p.local = nil
		p.localSize = 0
	}
	allPools = []*Pool{}
}

func indexLocal(l unsafe.Pointer, i int) *poolLocal {
	return (*poolLocal)(unsafe.Pointer(uintptr(l) + uintptr(i)*unsafe.Sizeof(poolLocal{})))
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
