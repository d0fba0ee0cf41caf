#include "core/session/model_codec.h"

#include <array>
#include <concepts>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "core/session/format.h"
#include "core/session/goroutine_number.h"
#include "core/session/model_check.h"
#include "core/session/model_fields.h"

namespace poolscope {
namespace {

using format::kFormatVersion;

/// Writes fields: numbers as varints (signed ones zigzag), lists with their length in front.
class Encoder {
 public:
  explicit Encoder(Bytes& out) : out_(out) {}

  /// Whether what that format has added is written: it is always the newest.
  static bool has(std::uint32_t format) { return format <= kFormatVersion; }
  /// What only older formats have is not written.
  template <class T>
  static void pass_over() {}

  template <class... Fields>
  void operator()(const Fields&... values) {
    (put(values), ...);
  }

 private:
  void put(bool value) { out_.push_back(value ? 1 : 0); }
  template <std::unsigned_integral T>
  void put(T value) {
    put_varint(out_, value);
  }
  template <std::signed_integral T>
  void put(T value) {
    put_varint(out_, zigzag(static_cast<std::uint64_t>(value)));
  }
  template <class T>
    requires std::is_enum_v<T>
  void put(T value) {
    put(static_cast<std::underlying_type_t<T>>(value));
  }
  template <class Tag, class Rep, Rep kNone>
  void put(Id<Tag, Rep, kNone> id) {
    put(id.value);
  }
  void put(GId g) { put_varint(out_, format::stored_number(g)); }
  void put(const std::string& text) {
    put_varint(out_, text.size());
    out_.insert(out_.end(), text.begin(), text.end());
  }
  void put(const SharedCells& cells) {
    put_varint(out_, cells.size());
    for (const ObjectId object : cells.cells()) put(object);
  }
  void put(const Goroutines& gs) {
    put_varint(out_, gs.size());
    for (const GState& g : gs) put(g);
  }
  template <class T>
  void put(const std::vector<T>& list) {
    put_varint(out_, list.size());
    for (const T& value : list) put(value);
  }
  template <class T, std::size_t kSize>
  void put(const std::array<T, kSize>& list) {
    for (const T& value : list) put(value);
  }
  template <class Key, class T>
  void put(const std::map<Key, T>& map) {
    put_varint(out_, map.size());
    for (const auto& [key, value] : map) {
      put(key);
      put(value);
    }
  }
  template <class Struct>
    requires requires(Encoder& archive, const Struct& value) { fields::visit(archive, value); }
  void put(const Struct& value) {
    fields::visit(*this, value);
  }

  Bytes& out_;
};

/// Reads what Encoder wrote; the reader tells afterwards whether all of it was good.
class Decoder {
 public:
  Decoder(ByteReader& in, std::uint32_t format, std::size_t memory_bytes)
      : in_(in), format_(format), memory_left_(memory_bytes) {}

  /// Whether what that format has added is there to be read.
  [[nodiscard]] bool has(std::uint32_t format) const { return format <= format_; }
  /// Reads a T that is kept nowhere.
  template <class T>
  void pass_over() {
    T gone{};
    get(gone);
  }

  template <class... Fields>
  void operator()(Fields&... values) {
    (get(values), ...);
  }

 private:
  void get(bool& value) { value = number(1) != 0; }
  template <std::unsigned_integral T>
  void get(T& value) {
    value = static_cast<T>(number(std::numeric_limits<T>::max()));
  }
  template <std::signed_integral T>
  void get(T& value) {
    value = static_cast<T>(unzigzag(in_.varint()));
  }
  template <class T>
    requires std::is_enum_v<T>
  void get(T& value) {
    // Any value: a model that was reduced from odd events holds what they said.
    value = static_cast<T>(number(std::numeric_limits<std::underlying_type_t<T>>::max()));
  }
  template <class Tag, class Rep, Rep kNone>
  void get(Id<Tag, Rep, kNone>& id) {
    get(id.value);
  }
  void get(GId& g) {
    g = format::goroutine_of(number(std::numeric_limits<std::uint32_t>::max()), format_);
  }
  void get(std::string& text) {
    const ByteView bytes = in_.block();
    text.assign(bytes.begin(), bytes.end());
  }
  void get(SharedCells& cells) {
    cells.clear();
    for (std::size_t left = length(); left > 0; --left) {
      ObjectId object;
      get(object);
      cells.push_newest(object);
    }
  }
  void get(Goroutines& gs) {
    gs.clear();
    GId next{0};
    for (std::size_t left = length(); left > 0 && in_.ok() && spend(sizeof(GState)); --left) {
      GState g;
      g.id = next;  // formats before 3 have them all, in the order of their numbers
      get(g);
      if (!g.id.valid() || g.id < next) return void(in_.fail());
      next = GId{g.id.value + 1};
      GState untouched;
      untouched.id = g.id;
      if (has(3) || g != untouched) gs[g.id.value] = std::move(g);
    }
  }
  template <class T>
  void get(std::vector<T>& list) {
    list.clear();
    for (std::size_t left = length(); left > 0 && in_.ok() && spend(sizeof(T)); --left) {
      get(list.emplace_back());
    }
  }
  template <class T, std::size_t kSize>
  void get(std::array<T, kSize>& list) {
    for (T& value : list) get(value);
  }
  template <class Key, class T>
  void get(std::map<Key, T>& map) {
    map.clear();
    for (std::size_t left = length(); left > 0 && in_.ok() && spend(sizeof(T)); --left) {
      Key key;
      get(key);
      get(map[key]);
    }
  }
  template <class Struct>
    requires requires(Decoder& archive, Struct& value) { fields::visit(archive, value); }
  void get(Struct& value) {
    fields::visit(*this, value);
  }

  std::uint64_t number(std::uint64_t most) {
    const std::uint64_t value = in_.varint();
    return value <= most ? value : in_.fail();
  }

  /// The length of a list. Each element takes a byte at least, so a longer one than what is left
  /// is damage, and memory stays within bounds.
  std::size_t length() { return static_cast<std::size_t>(number(in_.remaining())); }

  /// An element in memory is many times larger than its bytes: all together stay within bounds.
  bool spend(std::size_t bytes) {
    if (bytes > memory_left_) return in_.fail() != 0;
    memory_left_ -= bytes;
    return true;
  }

  ByteReader& in_;
  const std::uint32_t format_;
  std::size_t memory_left_;
};

}  // namespace

Bytes encode_model(const Model& model) {
  Bytes bytes;
  Encoder{bytes}(model);
  return bytes;
}

Expected<Model> decode_model(ByteView bytes, std::uint32_t format, const Details& details,
                             std::size_t memory_bytes) {
  ByteReader in{bytes};
  Model model;
  model.config.details = details;
  Decoder{in, format, memory_bytes}(model);
  if (!in.ok()) return failed("its model does not decode");
  if (!in.at_end()) return failed("its model is followed by other bytes");
  if (auto checked = check_model(model); !checked) return tl::make_unexpected(checked.error());
  return model;
}

Model as_stored(Model model, std::uint32_t format) {
  if (format < 3) {
    for (LostObject& lost : model.lost) lost.from = {};
    model.last_loss = {};
  }
  return model;
}

}  // namespace poolscope
