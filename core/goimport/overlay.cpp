#include "core/goimport/overlay.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "core/goimport/log_format.h"

namespace poolscope::goimport {
namespace {

// Where an event is stamped. A push: before the head is published. A pop: behind the CAS, before
// the slot is given back. What only the owner of a place touches: beside the load or store.
constexpr std::array kPoolProbes = {
    Probe{"func (p *Pool) Put(", "// Randomly drop x on floor.", Side::kBefore,
          "if poolscopeOn { poolscopeDropped(p, x) }"},
    Probe{"func (p *Pool) Put(", "l, _ := p.pin()", Side::kBefore,
          "if poolscopeAll { poolscopeCalled(p, x, 1) }"},
    Probe{"func (p *Pool) Put(", "runtime_procUnpin()", Side::kAfter,
          "if poolscopeAll { poolscopeReturned(p, 1) }"},
    Probe{"func (p *Pool) Get(", "l, pid := p.pin()", Side::kBefore,
          "if poolscopeAll { poolscopeCalled(p, nil, 0) }"},
    Probe{"func (p *Pool) Get(", "return x", Side::kBefore,
          "if poolscopeAll { poolscopeReturned(p, 0) }"},
    Probe{"func (p *Pool) Put(", "l.private = x", Side::kBefore,
          "if poolscopeOn { poolscopeStore(l, x) }"},
    Probe{"func (p *Pool) Get(", "l.private = nil", Side::kAfter,
          "if poolscopeOn && x != nil { poolscopeTake(poolscopeKindTake, l, x) }"},
    Probe{"func (p *Pool) Get(", "x = p.New()", Side::kAfter,
          "if poolscopeOn { poolscopeMade(p, x) }"},
    Probe{"func (p *Pool) getSlow(", "if uintptr(pid) >= size {", Side::kAfter,
          "if poolscopeOn { poolscopeMissed(p, 0) }"},
    Probe{"func (p *Pool) getSlow(", "l.private = nil", Side::kBefore,
          "if poolscopeOn { poolscopeTake(poolscopeKindVictimTake, l, x) }"},
    Probe{"func (p *Pool) getSlow(", "atomic.StoreUintptr(&p.victimSize, 0)", Side::kBefore,
          "if poolscopeOn { poolscopeMissed(p, poolscopeMissZeroedVictim) }"},
    Probe{"func (p *Pool) pinSlow(", "atomic.StorePointer(&p.local, unsafe.Pointer(&local[0]))",
          Side::kBefore, "if poolscopeOn { poolscopeArray(p, local) }"},
    Probe{"func poolCleanup(", "for _, p := range oldPools {", Side::kBefore,
          "if poolscopeOn { poolscopeCheckpoint() }"},
    Probe{"func poolCleanup(", "p.victim = nil", Side::kBefore,
          "if poolscopeOn { runtime_poolscope(poolscopeKindVictimDropped, "
          "uintptr(unsafe.Pointer(p)), 0, 0) }"},
    Probe{"func poolCleanup(", "p.victim = p.local", Side::kBefore,
          "if poolscopeOn { runtime_poolscope(poolscopeKindVictimMade, "
          "uintptr(unsafe.Pointer(p)), uintptr(p.local), 0) }"},
    Probe{"func poolCleanup(", "oldPools, allPools = allPools, nil", Side::kAfter,
          "if poolscopeOn { runtime_poolscope(poolscopeKindCleanupEnd, 0, 0, 0) }"},
};
constexpr std::array kPoolQueueProbes = {
    Probe{"func (d *poolDequeue) pushHead(", "if val == nil {", Side::kBefore,
          "if poolscopeOn { poolscopePushed(d, val) }"},
    Probe{"func (d *poolDequeue) popHead(", "slot = &d.vals[head&uint32(len(d.vals)-1)]",
          Side::kAfter, "if poolscopeOn { poolscopePopped(poolscopeKindPopHead, d, slot, head) }"},
    Probe{"func (d *poolDequeue) popTail(", "slot = &d.vals[tail&uint32(len(d.vals)-1)]",
          Side::kAfter, "if poolscopeOn { poolscopePopped(poolscopeKindPopTail, d, slot, tail) }"},
    Probe{"func (c *poolChain) pushHead(", "c.head = d", Side::kAfter,
          "if poolscopeOn { poolscopeDequeue(c, d) }"},
    Probe{"func (c *poolChain) pushHead(", "c.head = d2", Side::kAfter,
          "if poolscopeOn { poolscopeDequeue(c, d2) }"},
    Probe{"func (c *poolChain) popTail(",
          "if atomic.CompareAndSwapPointer((*unsafe.Pointer)(unsafe.Pointer(&c.tail)), "
          "unsafe.Pointer(d), unsafe.Pointer(d2)) {",
          Side::kAfter,
          "if poolscopeOn { runtime_poolscope(poolscopeKindDequeueUnlinked, "
          "uintptr(unsafe.Pointer(d)), 0, 0) }",
          "if c.tail.CompareAndSwap(d, d2) {"},
};

/// A line without its indent and what is remarked at its end.
std::string_view trimmed(std::string_view line) {
  const auto first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  line.remove_prefix(first);
  const std::size_t remark = line.find(" // ");
  if (remark != std::string_view::npos) line = line.substr(0, remark);
  return line.substr(0, line.find_last_not_of(" \t") + 1);
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    lines.emplace_back(text.substr(0, end + (text[end] == '\n' ? 0 : 1)));
    text.remove_prefix(end + 1);
  }
  return lines;
}

struct Range {
  std::size_t first = 0;
  std::size_t last = 0;  // past its closing brace
};

std::optional<Range> function_in(std::span<const std::string> lines, std::string_view function) {
  const auto first = std::ranges::find_if(
      lines, [&](const std::string& line) { return line.starts_with(function); });
  if (first == lines.end()) return std::nullopt;
  const auto last = std::find(first, lines.end(), "}");
  return Range{static_cast<std::size_t>(first - lines.begin()),
               static_cast<std::size_t>(last - lines.begin())};
}

std::string_view name_of(std::string_view function) {
  return function.substr(5, function.size() - 6);
}

Expected<void> put_probe(std::vector<std::string>& lines, std::string_view file,
                         const Probe& probe) {
  const auto range = function_in(lines, probe.function);
  if (!range) {
    return bad_input(
        fmt::format("{}: there is no function {}: this version of Go is not known here", file,
                    name_of(probe.function)));
  }
  std::size_t count = 0;
  std::size_t at = 0;
  for (std::size_t i = range->first; i < range->last; ++i) {
    const std::string_view line = trimmed(lines[i]);
    if (line.empty() || (line != probe.anchor && line != probe.later_anchor)) continue;
    ++count;
    at = i;
  }
  if (count != 1) {
    return bad_input(fmt::format(
        "{}:{}: in {} the line '{}' stands {} times, not once: this version of Go is not "
        "known here",
        file, range->first + 1, name_of(probe.function), probe.anchor, count));
  }
  const auto place = static_cast<std::ptrdiff_t>(at + (probe.side == Side::kAfter ? 1 : 0));
  lines.insert(lines.begin() + place, std::string("\t") + std::string(probe.call));
  return {};
}

Expected<std::string> with_probes(const std::string& text, std::string_view file) {
  std::vector<std::string> lines = lines_of(text);
  for (const Probe& probe : probes_of(file)) {
    if (auto put = put_probe(lines, file, probe); !put) return tl::make_unexpected(put.error());
  }
  std::string all;
  for (const std::string& line : lines) (all += line) += '\n';
  return all;
}

/// What of our file goes to the end of Go's: without its package and imports, which are there.
std::string_view appended(std::string_view source) {
  constexpr std::string_view kMark = "// poolscope: from here on\n";
  const std::size_t mark = source.find(kMark);
  return mark == std::string_view::npos ? source : source.substr(mark + kMark.size());
}

/// The name of a type: the one thing of runtime's that is written in two ways.
std::string_view type_string(const std::string& types) {
  return types.find("\nfunc toRType(") == std::string::npos
             ? "\nfunc poolscopeTypeString(t *_type) string { return t.string() }\n"
             : "\nfunc poolscopeTypeString(t *_type) string { return toRType(t).string() }\n";
}

}  // namespace

std::span<const Probe> probes_of(std::string_view file) {
  if (file == GoFiles::kPool) return kPoolProbes;
  return file == GoFiles::kPoolQueue ? std::span<const Probe>(kPoolQueueProbes)
                                     : std::span<const Probe>();
}

Expected<GoFiles> put_probes(const GoFiles& original, const RecorderSource& source) {
  if (original.pool.find("poolscope") != std::string::npos) {
    return bad_input(fmt::format("{}: has our probes already: give the GOROOT of a Go as it comes",
                                 GoFiles::kPool));
  }
  if (original.pool.find("victim ") == std::string::npos) {
    return bad_input(fmt::format(
        "{}: there is no victim in its pool: this Go is older than 1.13, use a newer one",
        GoFiles::kPool));
  }
  if (original.runtime.find("runtime/internal/syscall") == std::string::npos &&
      original.runtime.find("internal/runtime/syscall") == std::string::npos) {
    return bad_input(
        fmt::format("{}: does not import runtime's package syscall: this Go is older than 1.19, "
                    "use a newer one",
                    GoFiles::kRuntime));
  }
  GoFiles made;
  auto pool = with_probes(original.pool, GoFiles::kPool);
  if (!pool) return tl::make_unexpected(pool.error());
  auto queue = with_probes(original.pool_queue, GoFiles::kPoolQueue);
  if (!queue) return tl::make_unexpected(queue.error());
  const std::string constants = go_constants();
  made.pool = std::move(*pool);
  made.pool.append(appended(source.probes)).append(constants);
  made.pool_queue = std::move(*queue);
  made.runtime = original.runtime;
  made.runtime.append("\n").append(appended(source.recorder));
  made.runtime.append(type_string(original.types)).append(constants);
  return made;
}

}  // namespace poolscope::goimport
