// The part of poolscope's recorder that goes to the end of the runtime's os_linux.go: where a record is
// written. README.md says what it changes and what it costs. The constants poolscopeKind..., and all
// others that are not declared here, are written by poolscope below it (core/goimport/log_format.h), so
// that who writes a log and who reads it agree.
//
// It is on in a program that was started with POOLSCOPE_LOG=PREFIX in its environment; then the log is
// the file PREFIX.PID. The log is mapped into memory. Each P takes pieces of it, its chunks, and writes
// records into them with plain stores: no lock, no allocation, no write barrier, nobody to be woken. So
// what has been written is in the file however the program ends.

package runtime

import (
	"internal/goarch"
	"runtime/internal/atomic"
	"runtime/internal/syscall"
	"unsafe"
)

// poolscope: from here on

type poolscopeRecord struct {
	place  uint64 // address<<16 | P
	object uint64 // address<<16 | kind
	extra  uint32
	g      uint32
	time   uint64 // its stamp. Written last: 0 is a record that is not there
}

type poolscopeChunkHeader struct {
	p     uint32
	magic uint32
	ticks uint64 // a stamp, and its time
	ns    uint64
	_     uint64
}

type poolscopeFileHeader struct {
	magic       uint64
	version     uint32
	arch        uint32
	recordBytes uint32
	chunkBytes  uint32
	size        uint64 // of the file, in bytes
	next        uint64 // where the next chunk will be taken
	startTicks  uint64
	startNs     uint64
	startWall   uint64 // seconds since 1970
	stopTicks   uint64 // the recording ended here; 0: with the program
	stopReason  uint32
	pid         uint32
	textStart   uint64 // address of runtime.text
	typesStart  uint64 // what the types of records count from
	procs       uint32
	goVersion   [36]byte
	program     [512]byte
	order       uint32
	level       uint32
	buildID     [128]byte // of the executable
	_           [240]byte
	sequence    uint64 // of the record that was stamped last. No other field lies on its lines
}

// What one P writes to next. 128 bytes: no other P's lies in the same cache lines.
type poolscopeChunk struct {
	at, end uintptr
	clock   uint64 // ticks at which the time was written last; of an exact order only
	gets    uint64 // those that found an object
	_       [128 - 2*goarch.PtrSize - 16]byte
}

var (
	poolscopeHeader *poolscopeFileHeader // in the mapping; nil: nothing is recorded
	poolscopeChunks [poolscopeMostPs]poolscopeChunk
	poolscopeExact  bool  // stamps are numbers of one sequence, not times
	poolscopeCalls  bool  // each Put and Get is recorded when it is called and when it returns
	poolscopeProcs  int32 // the GOMAXPROCS that was recorded last
	// What has its name written already, by a hash. Of a type: its number, and a bit for bytes.
	poolscopeTypes     [1024]uint32
	poolscopePools     [1024]uintptr
	poolscopeFunctions [1024]uint32
)

// Ticks between two records of an exact order that say what time it is: about a millisecond.
const poolscopeClockEvery = 1 << 20

// The system's numbers of a call on amd64 and on arm64.
const (
	poolscopeSysOpenat       = goarch.IsAmd64*257 + goarch.IsArm64*56
	poolscopeSysClockGettime = goarch.IsAmd64*228 + goarch.IsArm64*113
	poolscopeSysClose        = goarch.IsAmd64*3 + goarch.IsArm64*57
	poolscopeSysMmap         = goarch.IsAmd64*9 + goarch.IsArm64*222
	poolscopeSysMunmap       = goarch.IsAmd64*11 + goarch.IsArm64*215
	poolscopeSysMadvise      = goarch.IsAmd64*28 + goarch.IsArm64*233
	poolscopeSysFtruncate    = goarch.IsAmd64*77 + goarch.IsArm64*46
	poolscopeSysGetpid       = goarch.IsAmd64*39 + goarch.IsArm64*172
	poolscopeSysReadlinkat   = goarch.IsAmd64*267 + goarch.IsArm64*78
	poolscopeSysUnlinkat     = goarch.IsAmd64*263 + goarch.IsArm64*35
)

// The arguments may be addresses of the stack: it does not move on the way.
//
//go:nosplit
func poolscopeCall(number, a1, a2, a3, a4, a5, a6 uintptr) (uintptr, bool) {
	r, _, errno := syscall.Syscall6(number, a1, a2, a3, a4, a5, a6)
	return r, errno == 0
}

func init() {
	if prefix := gogetenv("POOLSCOPE_LOG"); prefix != "" {
		if what := poolscopeStart(prefix); what != "" {
			print("poolscope: nothing is recorded: ", what, ": ", prefix, "\n")
		}
	}
}

func poolscopeAppendNumber(to []byte, n uintptr) []byte {
	if n >= 10 {
		to = poolscopeAppendNumber(to, n/10)
	}
	return append(to, byte('0'+n%10))
}

// poolscopeBuildID copies the Go build ID of this executable: an ELF note in its first page. There is
// none if the linker was told so.
func poolscopeBuildID(to []byte) {
	const (
		atCwd       = ^uintptr(99)
		readOnly    = 0
		closeOnExec = 0x80000
		protRead    = 1
		mapPrivate  = 2
		page        = 4096
		goNote      = 'G' | 'o'<<8 // the owner, in a word
	)
	self := []byte("/proc/self/exe\x00")
	fd, ok := poolscopeCall(poolscopeSysOpenat, atCwd, uintptr(unsafe.Pointer(&self[0])), readOnly|closeOnExec, 0, 0, 0)
	if !ok {
		return
	}
	base, ok := poolscopeCall(poolscopeSysMmap, 0, page, protRead, mapPrivate, fd, 0)
	poolscopeCall(poolscopeSysClose, fd, 0, 0, 0, 0, 0)
	if !ok {
		return
	}
	// A note: the sizes of its owner and its text, its type, its owner, its text.
	words := (*[page / 4]uint32)(unsafe.Pointer(base))
	bytes := (*[page]byte)(unsafe.Pointer(base))
	for i := 0; i+4 < len(words); i++ {
		from, size := 4*(i+4), int(words[i+1])
		if words[i] == 4 && words[i+2] == 4 && words[i+3] == goNote && size <= page-from {
			copy(to, bytes[from:from+size])
			break
		}
	}
	poolscopeCall(poolscopeSysMunmap, base, page, 0, 0, 0, 0)
}

// poolscopeStart makes the log. What it gives is what went wrong.
func poolscopeStart(prefix string) string {
	const (
		atCwd             = ^uintptr(99)
		readWrite         = 0x2
		create            = 0x40
		exclusive         = 0x80
		closeOnExec       = 0x80000
		protReadWrite     = 3
		mapShared         = 1
		madvPopulateWrite = 23
	)
	order := gogetenv("POOLSCOPE_ORDER")
	if order != "" && order != "exact" {
		return "POOLSCOPE_ORDER is neither empty nor 'exact'"
	}
	level := gogetenv("POOLSCOPE_LEVEL")
	if level != "" && level != "slots" && level != "all" {
		return "POOLSCOPE_LEVEL is neither 'slots' nor 'all'"
	}
	pid, _ := poolscopeCall(poolscopeSysGetpid, 0, 0, 0, 0, 0, 0)
	var fd uintptr
	var path []byte
	ok := false
	// Processes of two containers may have the same number.
	for again := uintptr(0); again < 100 && !ok; again++ {
		path = append(append([]byte(nil), prefix...), '.')
		path = poolscopeAppendNumber(path, pid)
		if again != 0 {
			path = poolscopeAppendNumber(append(path, '-'), again)
		}
		path = append(path, 0)
		fd, ok = poolscopeCall(poolscopeSysOpenat, atCwd, uintptr(unsafe.Pointer(&path[0])),
			readWrite|create|exclusive|closeOnExec, 0o644, 0, 0)
	}
	if !ok {
		return "the log cannot be made"
	}
	size := uintptr(poolscopeDefaultBytes)
	if text := gogetenv("POOLSCOPE_LOG_BYTES"); text != "" {
		size = 0
		for _, digit := range []byte(text) {
			if digit < '0' || digit > '9' || size > 1<<50 {
				poolscopeCall(poolscopeSysClose, fd, 0, 0, 0, 0, 0)
				poolscopeCall(poolscopeSysUnlinkat, atCwd, uintptr(unsafe.Pointer(&path[0])), 0, 0, 0, 0)
				return "POOLSCOPE_LOG_BYTES is not a number of bytes"
			}
			size = size*10 + uintptr(digit-'0')
		}
	}
	size = size / poolscopeChunkBytes * poolscopeChunkBytes
	if size < 2*poolscopeChunkBytes {
		size = 2 * poolscopeChunkBytes
	}
	_, ok = poolscopeCall(poolscopeSysFtruncate, fd, size, 0, 0, 0, 0)
	base := uintptr(0)
	if ok {
		base, ok = poolscopeCall(poolscopeSysMmap, 0, size, protReadWrite, mapShared, fd, 0)
	}
	poolscopeCall(poolscopeSysClose, fd, 0, 0, 0, 0, 0)
	if ok {
		_, ok = poolscopeCall(poolscopeSysMadvise, base, poolscopeChunkBytes, madvPopulateWrite, 0, 0, 0)
	}
	if !ok {
		poolscopeCall(poolscopeSysUnlinkat, atCwd, uintptr(unsafe.Pointer(&path[0])), 0, 0, 0, 0)
		return "the log cannot be mapped (a disk that is full, or a Linux before 5.14)"
	}
	h := (*poolscopeFileHeader)(unsafe.Pointer(base))
	h.version = poolscopeVersion
	h.arch = goarch.IsAmd64*1 + goarch.IsArm64*2
	h.recordBytes = uint32(unsafe.Sizeof(poolscopeRecord{}))
	h.chunkBytes = poolscopeChunkBytes
	h.size = uint64(size)
	h.next = poolscopeChunkBytes
	if order == "exact" {
		h.order = poolscopeOrderSequence
		poolscopeExact = true
	} else {
		h.startTicks = uint64(cputicks())
	}
	if level == "all" {
		h.level = poolscopeLevelAll
		poolscopeCalls = true
	}
	h.startNs = uint64(nanotime())
	var now [2]uint64 // seconds, and nanoseconds
	poolscopeCall(poolscopeSysClockGettime, 0, uintptr(unsafe.Pointer(&now)), 0, 0, 0, 0)
	h.startWall = now[0]
	h.pid = uint32(pid)
	h.textStart = uint64(firstmoduledata.text)
	h.typesStart = uint64(firstmoduledata.types)
	h.procs = uint32(gomaxprocs)
	copy(h.goVersion[:len(h.goVersion)-1], buildVersion)
	self := []byte("/proc/self/exe\x00")
	poolscopeCall(poolscopeSysReadlinkat, atCwd, uintptr(unsafe.Pointer(&self[0])),
		uintptr(unsafe.Pointer(&h.program[0])), uintptr(len(h.program)-1), 0, 0)
	poolscopeBuildID(h.buildID[:len(h.buildID)-1])
	h.magic = poolscopeMagic // last: it is a log
	poolscopeProcs = gomaxprocs
	poolscopeHeader = h
	return ""
}

// poolscopeNow is a stamp that all records from now on come after, or with.
func poolscopeNow() uint64 {
	if poolscopeExact {
		return atomic.Load64(&poolscopeHeader.sequence) + 1
	}
	return uint64(cputicks())
}

// poolscopeStop ends the recording, not the program. Of several that stop it the first counts.
func poolscopeStop(reason uint32) {
	h := poolscopeHeader
	// Before the reason is seen: what others leave out from then on is later than that.
	stamp := poolscopeNow()
	if atomic.Cas(&h.stopReason, 0, reason) {
		atomic.Store64(&h.stopTicks, stamp)
	}
}

// poolscopeRefill gives P `id` a new chunk. Its pages are there before anything is written: where the
// disk is full, madvise says so, and a store would be the end of the program.
func poolscopeRefill(c *poolscopeChunk, id int32) bool {
	const madvPopulateWrite = 23
	h := poolscopeHeader
	if atomic.Load(&h.stopReason) != 0 {
		return false
	}
	after := atomic.Xadd64(&h.next, poolscopeChunkBytes)
	if after > h.size {
		poolscopeStop(poolscopeLogFull)
		return false
	}
	at := uintptr(unsafe.Pointer(h)) + uintptr(after) - poolscopeChunkBytes
	if _, ok := poolscopeCall(poolscopeSysMadvise, at, poolscopeChunkBytes, madvPopulateWrite, 0, 0, 0); !ok {
		poolscopeStop(poolscopeDiskFull)
		return false
	}
	chunk := (*poolscopeChunkHeader)(unsafe.Pointer(at))
	chunk.p = uint32(id)
	// The time first: if the thread has to wait between the two, the stamp is late and not the time.
	chunk.ns = uint64(nanotime())
	chunk.ticks = poolscopeNow()
	chunk.magic = poolscopeChunkMagic
	c.at = at + unsafe.Sizeof(poolscopeChunkHeader{})
	c.end = at + poolscopeChunkBytes
	return true
}

// poolscopeWrite is called by a goroutine that cannot lose its P.
func poolscopeWrite(gp *g, pp *p, kind, place, object uintptr, extra uint32) {
	if uint32(pp.id) >= poolscopeMostPs {
		poolscopeStop(poolscopeTooManyPs)
		return
	}
	c := &poolscopeChunks[pp.id]
	if poolscopeExact && kind != poolscopeKindText {
		// A sequence says nothing of time: that gets records of its own, after each pause and now and then.
		if ticks := uint64(cputicks()); ticks-c.clock > poolscopeClockEvery {
			c.clock = ticks
			poolscopeWriteClock(gp, pp)
		}
	}
	at := c.at
	if at == c.end {
		if !poolscopeRefill(c, pp.id) {
			return
		}
		at = c.at
	}
	c.at = at + unsafe.Sizeof(poolscopeRecord{})
	r := (*poolscopeRecord)(unsafe.Pointer(at))
	r.place = uint64(place)<<16 | uint64(pp.id)
	r.object = uint64(object)<<16 | uint64(kind)
	r.extra = extra
	r.g = uint32(gp.goid)
	if poolscopeExact {
		r.time = atomic.Xadd64(&poolscopeHeader.sequence, 1)
	} else {
		r.time = uint64(cputicks())
	}
}

// poolscopeWriteClock writes what time it is.
func poolscopeWriteClock(gp *g, pp *p) {
	poolscopeWrite(gp, pp, poolscopeKindClock, 0, (uintptr(nanotime())-uintptr(poolscopeHeader.startNs))/1000, 0)
}

// poolscopeText writes a record and the text that belongs to it, in records of their own after it.
func poolscopeText(gp *g, pp *p, kind, place uintptr, extra uint32, text string) {
	if len(text) > poolscopeMostText {
		text = text[:poolscopeMostText]
	}
	poolscopeWrite(gp, pp, kind, place, uintptr(len(text)), extra)
	for len(text) > 0 {
		var words [2]uint64
		bytes := (*[16]byte)(unsafe.Pointer(&words))
		n := copy(bytes[:], text)
		text = text[n:]
		poolscopeWrite(gp, pp, poolscopeKindText, uintptr(words[0]&0xffffffffffff),
			uintptr(words[0]>>48|words[1]<<16&0xffffffff0000), uint32(words[1]>>32))
	}
}

func poolscopeProcsChanged(gp *g, pp *p) {
	before := atomic.Loadint32(&poolscopeProcs)
	now := gomaxprocs
	if before != now && atomic.Cas((*uint32)(unsafe.Pointer(&poolscopeProcs)), uint32(before), uint32(now)) {
		poolscopeWrite(gp, pp, poolscopeKindProcs, 0, 0, uint32(now))
	}
}

//go:linkname sync_runtime_poolscopeOn sync.runtime_poolscopeOn
func sync_runtime_poolscopeOn() bool {
	return poolscopeHeader != nil
}

//go:linkname sync_runtime_poolscopeAll sync.runtime_poolscopeAll
func sync_runtime_poolscopeAll() bool {
	return poolscopeHeader != nil && poolscopeCalls
}

//go:linkname sync_runtime_poolscope sync.runtime_poolscope
func sync_runtime_poolscope(kind, place, object uintptr, extra uint32) {
	mp := acquirem()
	gp := getg()
	pp := mp.p.ptr()
	if gomaxprocs != poolscopeProcs {
		poolscopeProcsChanged(gp, pp)
	}
	poolscopeWrite(gp, pp, kind, place, object, extra)
	releasem(mp)
}

// sync_runtime_poolscopeTyped records something about an object of type `typ`, whose name is written
// when it is seen for the first time.
//
//go:linkname sync_runtime_poolscopeTyped sync.runtime_poolscopeTyped
func sync_runtime_poolscopeTyped(kind, place, object uintptr, typ unsafe.Pointer) {
	mp := acquirem()
	gp := getg()
	pp := mp.p.ptr()
	if gomaxprocs != poolscopeProcs {
		poolscopeProcsChanged(gp, pp)
	}
	number, bytes := poolscopeType(gp, pp, typ)
	if bytes && object != 0 {
		// The object begins with a slice: its capacity is the third word.
		capacity := *(*uintptr)(unsafe.Pointer(object + 2*goarch.PtrSize))
		number |= (1 + poolscopeBits(capacity)) << poolscopeTypeBits
	}
	poolscopeWrite(gp, pp, kind, place, object, number)
	releasem(mp)
}

// poolscopeType is the number of a type, and whether its values are buffers of bytes. Its name is
// written when it is seen for the first time.
func poolscopeType(gp *g, pp *p, typ unsafe.Pointer) (uint32, bool) {
	number := uint32((uintptr(typ)-firstmoduledata.types)>>3) & poolscopeTypeMask
	seen := &poolscopeTypes[(number>>2^number>>12)&1023]
	word := atomic.Load(seen)
	if word>>1 != number {
		name := poolscopeTypeString((*_type)(typ))
		word = number << 1
		if name == "[]uint8" || name == "*[]uint8" || name == "*bytes.Buffer" && poolscopePointsTo(typ) == 5*goarch.PtrSize {
			word |= 1
		}
		atomic.Store(seen, word)
		poolscopeText(gp, pp, poolscopeKindTypeName, 0, number, name)
	}
	return number, word&1 != 0
}

// poolscopePointsTo is the size of what a pointer of that type points to. Behind the type itself stands
// the type of that, which begins with its size.
func poolscopePointsTo(typ unsafe.Pointer) uintptr {
	return **(**uintptr)(unsafe.Pointer(uintptr(typ) + unsafe.Sizeof(_type{})))
}

// poolscopeBits is how many bits the number takes.
func poolscopeBits(n uintptr) (bits uint32) {
	for ; n > 0xff; n >>= 8 {
		bits += 8
	}
	for ; n != 0; n >>= 1 {
		bits++
	}
	return bits
}

// sync_runtime_poolscopeGot records that a Get has got an object, and of some who calls Get.
//
//go:linkname sync_runtime_poolscopeGot sync.runtime_poolscopeGot
func sync_runtime_poolscopeGot(kind, place, object uintptr, extra uint32) {
	mp := acquirem()
	gp := getg()
	pp := mp.p.ptr()
	if gomaxprocs != poolscopeProcs {
		poolscopeProcsChanged(gp, pp)
	}
	poolscopeWrite(gp, pp, kind, place, object, extra)
	if uint32(pp.id) < poolscopeMostPs {
		c := &poolscopeChunks[pp.id]
		if c.gets%poolscopeGetsEach == 0 {
			poolscopeCaller(gp, pp, place, 0)
		}
		c.gets++
	}
	releasem(mp)
}

// sync_runtime_poolscopeMade records that New has made an object for a Get, and who called Get.
//
//go:linkname sync_runtime_poolscopeMade sync.runtime_poolscopeMade
func sync_runtime_poolscopeMade(pool, object uintptr, typ unsafe.Pointer) {
	mp := acquirem()
	gp := getg()
	pp := mp.p.ptr()
	if gomaxprocs != poolscopeProcs {
		poolscopeProcsChanged(gp, pp)
	}
	number, _ := poolscopeType(gp, pp, typ)
	poolscopeWrite(gp, pp, poolscopeKindMadeNew, pool, object, number)
	poolscopeCaller(gp, pp, pool, 1)
	releasem(mp)
}

// poolscopeCaller records which function has called Get.
func poolscopeCaller(gp *g, pp *p, place, made uintptr) {
	name := poolscopeUser()
	// A function's name stands once in the program.
	number := uint32(uintptr(*(*unsafe.Pointer)(unsafe.Pointer(&name))))
	seen := &poolscopeFunctions[(number>>3^number>>13)&1023]
	if *seen != number {
		*seen = number
		poolscopeText(gp, pp, poolscopeKindFunctionName, 0, number, name)
	}
	poolscopeWrite(gp, pp, poolscopeKindCaller, place, made, number)
}

// sync_runtime_poolscopeArray records that a pool gets an array, and who uses the pool for the first
// time.
//
//go:linkname sync_runtime_poolscopeArray sync.runtime_poolscopeArray
func sync_runtime_poolscopeArray(pool, array uintptr, length uint32) {
	mp := acquirem()
	gp := getg()
	pp := mp.p.ptr()
	if gomaxprocs != poolscopeProcs {
		poolscopeProcsChanged(gp, pp)
	}
	// A pool gets an array when it is used first and after each GC: a good moment to compare the clocks.
	poolscopeWriteClock(gp, pp)
	seen := &poolscopePools[(pool>>5^pool>>15)&1023]
	if *seen != pool {
		*seen = pool
		poolscopeText(gp, pp, poolscopeKindPoolCaller, pool, 0, poolscopeUser())
	}
	poolscopeWrite(gp, pp, poolscopeKindArray, pool, array, length)
	releasem(mp)
}

// poolscopeUser names the innermost function on the stack that does not belong to sync.
func poolscopeUser() string {
	var pcs [16]uintptr
	n := callers(1, pcs[:])
	for _, pc := range pcs[:n] {
		name := funcname(findfunc(pc - 1))
		if len(name) > 5 && name[:5] == "sync." || len(name) > 8 && name[:8] == "runtime." {
			continue
		}
		return name
	}
	return ""
}
