#include "app/control/current_session.h"

#include <utility>

#include "app/control/is_ready.h"
#include "app/control/standing_source.h"

namespace poolscope {

SessionSource& CurrentSession::source() { return session_ ? *session_ : *standing_; }
const SessionSource& CurrentSession::source() const { return session_ ? *session_ : *standing_; }

void CurrentSession::replace(Make make) {
  if (!busy()) begin_closing(std::move(make), nullptr);
}

void CurrentSession::open(Make make) {
  if (!busy()) opening_ = std::async(std::launch::async, std::move(make));
}

void CurrentSession::end() {
  if (closing()) {
    end_wanted_ = true;
  } else {
    begin_closing({}, nullptr);
  }
}

void CurrentSession::begin_closing(Make make, Made made) {
  standing_ = std::make_unique<StandingSource>(*session_);
  closing_ = std::async(std::launch::async, [old = std::move(session_), make = std::move(make),
                                             made = std::move(made)]() mutable {
    return close(std::move(old), make, std::move(made));
  });
}

CurrentSession::Closed CurrentSession::close(std::unique_ptr<SessionSource> session,
                                             const Make& make, Made made) {
  session->close();
  Closed closed;
  closed.ended = session->take_ended_recording();
  closed.problem = session->take_problem();
  closed.next = make ? make() : std::move(made);
  if (!make && closed.next && *closed.next != nullptr) (*closed.next)->read_annotations_again();
  const bool replaced = closed.next && *closed.next != nullptr;
  if (!replaced) closed.old = std::move(session);
  return closed;
}

bool CurrentSession::update() {
  // Where the session is being ended for good, what is being opened is not waited for.
  if (!closing() && is_ready(opening_)) take_opened();
  return is_ready(closing_) && take_closed();
}

void CurrentSession::take_opened() {
  Made made = opening_.get();
  if (made) {
    begin_closing({}, std::move(made));
  } else {
    problem_ = made.error().message;
  }
}

bool CurrentSession::take_closed() {
  Closed closed = closing_.get();
  standing_.reset();
  if (closed.ended) ended_ = std::move(closed.ended);
  if (closed.problem) problem_ = std::move(closed.problem);
  if (!closed.next) problem_ = closed.next.error().message;
  const bool another = closed.old == nullptr;
  session_ = another ? std::move(*closed.next) : std::move(closed.old);
  if (std::exchange(end_wanted_, false) && another) end();
  return another;
}

std::optional<std::string> CurrentSession::take_problem() {
  if (auto problem = source().take_problem()) return problem;
  return std::exchange(problem_, std::nullopt);
}

std::optional<EndedRecording> CurrentSession::take_ended_recording() {
  if (auto ended = source().take_ended_recording()) return ended;
  return std::exchange(ended_, std::nullopt);
}

}  // namespace poolscope
