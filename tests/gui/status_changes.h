#pragma once

// What comes of a key or a click, as a change of the status of --ui-dump.
//
// Thread safety: plain functions.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/clicked_window.h"

namespace poolscope::testing {

using Consequence = std::function<bool(const nlohmann::json& before, const nlohmann::json& now)>;

/// Something that a viewer does, and what comes of it.
struct Act {
  const char* what;  // a key in the words of the help, or a label
  Consequence wanted;
};

inline Consequence changes(const char* what) {
  return [what](const nlohmann::json& before, const nlohmann::json& now) {
    return before.at(what) != now.at(what);
  };
}
inline Consequence becomes(const char* what, nlohmann::json value) {
  return
      [what, value = std::move(value)](const nlohmann::json& /*before*/,
                                       const nlohmann::json& now) { return now.at(what) == value; };
}
inline Consequence grows(const char* what) {
  return [what](const nlohmann::json& before, const nlohmann::json& now) {
    return now.at(what) > before.at(what);
  };
}
inline Consequence shrinks(const char* what) {
  return [what](const nlohmann::json& before, const nlohmann::json& now) {
    return now.at(what) < before.at(what);
  };
}
inline Consequence is_there(const char* what) {
  return [what](const nlohmann::json& /*before*/, const nlohmann::json& now) {
    return !now.at(what).is_null();
  };
}
inline Consequence is_gone(const char* what) {
  return [what](const nlohmann::json& /*before*/, const nlohmann::json& now) {
    return now.at(what).is_null();
  };
}
inline Consequence banner_says(const char* words) {
  return [words](const nlohmann::json& /*before*/, const nlohmann::json& now) {
    return now.at("banner").get<std::string>().find(words) != std::string::npos;
  };
}
inline Consequence opens(const char* dialog) { return becomes("dialog", dialog); }
inline const Consequence kCloses = becomes("dialog", "");

/// Does one after the other by `act`, and waits after each until what is wanted has come of it.
inline void do_all(const ClickedWindow& window, const std::vector<Act>& acts,
                   const std::function<bool(const char* what)>& act) {
  for (const Act& one : acts) {
    const nlohmann::json before = window.status();
    ASSERT_TRUE(act(one.what)) << one.what << ": "
                               << window.ui().at("items").dump().substr(0, 4000);
    ASSERT_TRUE(window.wait_for([&](const nlohmann::json& now) {
      return now.is_object() && one.wanted(before, now);
    })) << one.what
        << "\nbefore: " << before << "\nnow: " << window.status();
  }
}

}  // namespace poolscope::testing
