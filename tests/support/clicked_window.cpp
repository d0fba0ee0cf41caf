#include "tests/support/clicked_window.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

namespace poolscope::testing {
namespace {

using nlohmann::json;

constexpr std::chrono::milliseconds kPoll{20};
constexpr std::chrono::milliseconds kFrame{
    120};  // also where every pixel is painted by a processor
constexpr std::chrono::seconds kStart{30};

}  // namespace

bool ClickedWindow::possible() {
  return run({"sh", "-c", "command -v Xvfb && command -v xdotool"}).exit_code == 0;
}

Environment ClickedWindow::environment() const {
  Environment environment = xvfb_ ? xvfb_->environment() : Environment{};
  for (const char* variable : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) {
    environment[variable] = home_ / variable;
  }
  environment["LC_ALL"] = "C.UTF-8";
  if (!painted_) environment["LP_NO_RAST"] = "true";
  return environment;
}

ClickedWindow::ClickedWindow(std::string program, std::vector<std::string> arguments,
                             const Opening& opening)
    : home_(opening.of != nullptr ? opening.of->home_ : folder_.path()), painted_(opening.painted) {
  xvfb_ = Xvfb::start(kWidth_px, kHeight_px);
  if (!xvfb_) {
    problem_ = "Xvfb does not come up";
    return;
  }
  if (!opening.first_start && opening.of == nullptr) {
    const std::filesystem::path settings = home_ / "XDG_CONFIG_HOME" / "poolscope";
    std::filesystem::create_directories(settings);
    std::ofstream(settings / "settings.json") << "{}";
  }
  std::vector<std::string> argv = {std::move(program), "--ui-dump", folder_ / "ui.json", "--size",
                                   std::to_string(kWidth_px) + "x" + std::to_string(kHeight_px)};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  process_ = std::make_unique<Process>(argv, environment());
  if (!wait_for([](const json& status) { return status.is_object(); }, kStart)) {
    problem_ = "no frame: " + process_->err();
    return;
  }
  window_ = window_named("^poolscope$");
  if (window_.empty()) {
    problem_ = "xdotool finds no window";
    return;
  }
  if (!xdotool({"windowfocus", window_})) problem_ = "the window takes no focus";
}

json ClickedWindow::ui() const {
  std::ifstream file(folder_ / "ui.json");
  json read = json::parse(file, nullptr, false);
  return read.is_object() ? read : json::object();
}

bool ClickedWindow::wait_for(const std::function<bool(const json&)>& wanted,
                             std::chrono::milliseconds most) const {
  const auto until = std::chrono::steady_clock::now() + most;
  while (!wanted(status())) {
    if (std::chrono::steady_clock::now() >= until || !process_->running()) return false;
    std::this_thread::sleep_for(kPoll);
  }
  return true;
}

bool ClickedWindow::repeat(const std::function<bool()>& what,
                           const std::function<bool(const json&)>& wanted) const {
  constexpr std::chrono::seconds kNotTaken{5};
  constexpr int kMost = 8;
  for (int i = 0; i < kMost; ++i) {
    if (!what()) return false;
    if (wait_for(wanted, kNotTaken)) return true;
  }
  return false;
}

bool ClickedWindow::wait_until_still(const std::string& key) const {
  return wait_until_same([&](const json& status) { return status.value(key, json()); });
}

bool ClickedWindow::wait_until_in_place(const std::string& label) const {
  const auto item = [&] { return ui().value("items", json::object()).value(label, json()); };
  // Where frames are slow, what is not there yet stays as it is, too.
  if (!wait_for([&](const json&) { return !item().is_null(); })) return false;
  Point at;
  return wait_until_same([&](const json&) { return item(); }) && find(label, 0.5, at);
}

/// Until what is looked at has been the same for half a second of frames.
template <class Look>
bool ClickedWindow::wait_until_same(const Look& look) const {
  constexpr int kSameLooks = 25;
  json last;
  int same = 0;
  return wait_for([&](const json& status) {
    const json now = look(status);
    same = now == last ? same + 1 : 0;
    last = now;
    return same >= kSameLooks;
  });
}

bool ClickedWindow::xdotool(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), "xdotool");
  return run(arguments, environment()).exit_code == 0;
}

bool ClickedWindow::find(const std::string& label, double share_of_width, Point& at) const {
  const json items = ui().value("items", json::object());
  const auto item = items.find(label);
  if (item == items.end() || !item->value("enabled", false)) return false;
  at.x = static_cast<int>(item->value("x", 0.0) + item->value("w", 0.0) * share_of_width);
  at.y = static_cast<int>(item->value("y", 0.0) + item->value("h", 0.0) / 2);
  return true;
}

bool ClickedWindow::click_at(const std::string& label, double share_of_width) {
  Point at;
  if (!find(label, share_of_width, at)) return false;
  const auto step = [&](std::vector<std::string> arguments) {
    const bool done = xdotool(std::move(arguments));
    std::this_thread::sleep_for(kFrame);
    return done;
  };
  return step({"mousemove", "--window", window_, std::to_string(at.x), std::to_string(at.y)}) &&
         step({"mousedown", "1"}) && step({"mouseup", "1"});
}

bool ClickedWindow::drag(const std::string& label, double share_of_width, int by_px) {
  Point at;
  if (!find(label, share_of_width, at)) return false;
  constexpr int kMoves = 4;
  const auto step = [&](std::vector<std::string> arguments) {
    const bool done = xdotool(std::move(arguments));
    std::this_thread::sleep_for(kFrame);
    return done;
  };
  bool done = move_to(at.x, at.y);
  std::this_thread::sleep_for(kFrame);
  done = done && step({"mousedown", "1"});
  for (int i = 1; i <= kMoves; ++i) {
    done = done && step({"mousemove", "--window", window_,
                         std::to_string(at.x + by_px * i / kMoves), std::to_string(at.y)});
  }
  return step({"mouseup", "1"}) && done;
}

bool ClickedWindow::click_fast(const std::string& label) {
  Point at;
  return find(label, 0.5, at) && xdotool({"mousemove", "--window", window_, std::to_string(at.x),
                                          std::to_string(at.y), "click", "1"});
}

bool ClickedWindow::press(const std::string& key) const { return xdotool({"key", key}); }

bool ClickedWindow::type(const std::string& text) const {
  return std::ranges::all_of(text, [this](char c) {
    return press(c == '/' ? "slash" : c == '.' ? "period" : c == '-' ? "minus" : std::string(1, c));
  });
}

bool ClickedWindow::follow(const std::string& g) {
  const auto has = [](const char* key, const json& value) {
    return [key, value](const json& status) { return status.value(key, json()) == value; };
  };
  std::string label = "g." + g.substr(1);
  return press("space") && wait_for(has("mode", "paused")) && wait_until_still("motion_ns") &&
         wait_until_still("events") && click(label) && wait_for(has("followed", g)) &&
         press("space") && wait_for(has("mode", "live"));
}

bool ClickedWindow::hold_key(const std::string& key, bool down) const {
  return xdotool({down ? "keydown" : "keyup", key});
}

bool ClickedWindow::point_at(const std::string& label) {
  Point at;
  if (!find(label, 0.5, at) || !move_to(at.x, at.y)) return false;
  std::this_thread::sleep_for(kFrame);
  return true;
}

bool ClickedWindow::turn_wheel_here(int notches) const {
  return xdotool({"click", "--repeat", std::to_string(std::abs(notches)), "--delay", "60",
                  notches > 0 ? "4" : "5"});
}

bool ClickedWindow::move_to(int x, int y) const {
  return xdotool({"mousemove", "--window", window_, std::to_string(x), std::to_string(y)});
}

std::string ClickedWindow::window_named(const std::string& name) const {
  const Outcome found =
      run({"xdotool", "search", "--onlyvisible", "--classname", name}, environment());
  return found.out.substr(0, found.out.find('\n'));
}

bool ClickedWindow::press_in_presenter(const std::string& key) const {
  const std::string presenter = window_named(kPresenter);
  if (presenter.empty() || !xdotool({"windowfocus", "--sync", presenter})) return false;
  const bool pressed = xdotool({"key", key});
  std::this_thread::sleep_for(kFrame);
  return xdotool({"windowfocus", "--sync", window_}) && pressed;
}

bool ClickedWindow::press_fast(std::vector<std::string> keys) const {
  keys.insert(keys.begin(), {"key", "--delay", "0"});
  return xdotool(std::move(keys));
}

std::string ClickedWindow::title() const {
  const Outcome asked = run({"xdotool", "getwindowname", window_}, environment());
  return asked.out.substr(0, asked.out.find('\n'));
}

bool ClickedWindow::close() const { return xdotool({"windowquit", window_}); }

int ClickedWindow::interrupt() {
  process_->signal(SIGINT);
  return process_->wait(std::chrono::seconds(60)).value_or(-1);
}

}  // namespace poolscope::testing
