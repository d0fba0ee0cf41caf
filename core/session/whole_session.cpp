#include "core/session/whole_session.h"

#include "core/session/unfinished_file.h"

namespace poolscope {

Expected<void> make_whole_session(const std::filesystem::path& path, bool overwrite,
                                  const Model& base, const SessionWriterOptions& options,
                                  const std::function<Expected<void>(SessionWriter&)>& write) {
  if (auto checked = check_session_output(path, overwrite); !checked) {
    return tl::make_unexpected(checked.error());
  }
  const std::filesystem::path unfinished = unfinished_session(path);
  auto writer = SessionWriter::create(unfinished, true, base, options);
  if (!writer) return tl::make_unexpected(of_file(writer.error(), unfinished, path));
  Expected<void> done = write(**writer);
  if (done) done = (*writer)->close();
  if (done) done = finish_session(unfinished, path, overwrite);
  if (!done) {
    (*writer)->abandon();
    remove_with_companions(unfinished);
    return tl::make_unexpected(of_file(done.error(), unfinished, path));
  }
  return done;
}

}  // namespace poolscope
