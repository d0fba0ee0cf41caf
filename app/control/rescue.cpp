#include "app/control/rescue.h"

#include "app/control/is_ready.h"

namespace poolscope {

Rescue::Rescue(std::filesystem::path folder, std::filesystem::path recordings, std::string program)
    : recordings_(std::move(recordings)),
      program_(std::move(program)),
      looking_(
          std::async(std::launch::async, [folder = std::move(folder), recordings = recordings_] {
            remove_unfinished(recordings);
            return find_leftovers(folder);
          })) {}

void Rescue::update() {
  if (is_ready(looking_)) leftovers_ = looking_.get();
  if (!is_ready(changing_)) return;
  const auto done = changing_.get();
  leftovers_.erase(leftovers_.begin());
  if (!done) {
    problem_ = done.error().message;
  } else if (!done->empty()) {
    kept_ = *done;
  }
}

const Leftover* Rescue::offered() const {
  return leftovers_.empty() || changing_.valid() ? nullptr : &leftovers_.front();
}

void Rescue::keep() {
  if (offered() == nullptr) return;
  changing_ = std::async(
      std::launch::async, [leftover = leftovers_.front(), to = recordings_, program = program_] {
        return keep_leftover(leftover, to, program).map([](const std::filesystem::path& file) {
          return file.string();
        });
      });
}

void Rescue::discard() {
  if (offered() == nullptr) return;
  changing_ = std::async(std::launch::async, [leftover = leftovers_.front()] {
    return discard_leftover(leftover).map([] { return std::string(); });
  });
}

}  // namespace poolscope
