#include "tests/layering/include_rules.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <optional>
#include <regex>
#include <sstream>
#include <tuple>

namespace poolscope::layering {
namespace {

namespace fs = std::filesystem;

bool is_ours(const std::string& target) {
  return target.starts_with("core/") || target.starts_with("app/");
}

/// "app/views/stage" of "app/views/stage/card.cpp": a room of a folder is a folder of its own.
std::string folder_of(const std::string& file) { return file.substr(0, file.rfind('/')); }

/// <vector>, <cstdint>: no slash and no dot, so not a header of C, of the system or of a library.
bool is_standard(const std::string& target) {
  return target.starts_with('<') && target.find_first_of("/.") == std::string::npos;
}

bool matches(const std::string& target, const std::vector<std::string>& headers) {
  return std::any_of(headers.begin(), headers.end(), [&](const std::string& header) {
    return header.ends_with('*') ? target.starts_with(header.substr(0, header.size() - 1))
                                 : target == header;
  });
}

std::string at(const Include& include) { return include.file + ":" + std::to_string(include.line); }

/// Why `rules` do not allow the include, or nothing.
std::optional<std::string> objection(const Include& include, const Rules& rules) {
  const std::string folder = folder_of(include.file);
  const auto allowed = rules.allow.find(folder);
  if (allowed == rules.allow.end()) return "but no rule of rules.txt names " + folder;
  if (const auto forbidden = rules.forbid.find(folder);
      forbidden != rules.forbid.end() && matches(include.target, forbidden->second.headers)) {
    return "which rules.txt:" + std::to_string(forbidden->second.line) + " forbids " + folder;
  }
  if (is_standard(include.target)) return std::nullopt;
  const Rule& rule = allowed->second;
  if (is_ours(include.target)) {
    const std::string target_folder = folder_of(include.target);
    if (target_folder == folder || rule.folders.contains(target_folder) ||
        rule.files.contains(include.target)) {
      return std::nullopt;
    }
  } else if (matches(include.target, rule.headers)) {
    return std::nullopt;
  } else if (include.target.starts_with('"')) {
    return "which is written neither from the root (\"core/...\", \"app/...\") nor in < >";
  }
  return "which rules.txt:" + std::to_string(rule.line) + " does not allow " + folder;
}

/// Each node's edges, and for each edge the line that makes it.
using Graph = std::map<std::string, std::map<std::string, Include>>;

/// The shortest way from `start` back to itself, as its edges; empty if there is none.
std::vector<Include> way_round(const Graph& graph, const std::string& start) {
  std::map<std::string, std::string> came_from;
  std::vector<std::string> queue{start};
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const std::string node = queue[next];
    const auto edges = graph.find(node);
    if (edges == graph.end()) continue;
    for (const auto& [target, include] : edges->second) {
      if (target == start) {
        std::vector<Include> way{include};
        for (std::string back = node; back != start; back = came_from.at(back)) {
          way.insert(way.begin(), graph.at(came_from.at(back)).at(back));
        }
        return way;
      }
      if (came_from.emplace(target, node).second) queue.push_back(target);
    }
  }
  return {};
}

/// One message a circle; a node that was named in one is not looked at again.
std::vector<std::string> find_cycles(
    const Graph& graph, const std::string& what,
    const std::function<std::string(const std::string&)>& node_of) {
  std::vector<std::string> found;
  std::set<std::string> named;
  for (const auto& [node, edges] : graph) {
    if (named.contains(node)) continue;
    const std::vector<Include> way = way_round(graph, node);
    if (way.empty()) continue;
    std::string message = what + " include each other in a circle:";
    for (const Include& include : way) {
      message += "\n  " + at(include) + ": includes \"" + include.target + "\"";
      named.insert(node_of(include.file));
    }
    found.push_back(message);
  }
  return found;
}

/// The words after the colon of a line, its sets put in full.
std::vector<std::string> expand(std::istringstream& words,
                                const std::map<std::string, std::vector<std::string>>& sets) {
  std::vector<std::string> entries;
  for (std::string word; words >> word;) {
    if (const auto set = sets.find(word); set != sets.end()) {
      entries.insert(entries.end(), set->second.begin(), set->second.end());
    } else {
      entries.push_back(word);
    }
  }
  return entries;
}

Expected<Rule> make_rule(int line, const std::vector<std::string>& entries) {
  Rule rule;
  rule.line = line;
  for (const std::string& entry : entries) {
    if (is_ours(entry)) {
      (entry.ends_with(".h") ? rule.files : rule.folders).insert(entry);
    } else if (entry.starts_with('<') || entry.starts_with('"') || entry.ends_with('*')) {
      rule.headers.push_back(entry);
    } else {
      return bad_input("what is " + entry + "?");
    }
  }
  return rule;
}

/// The table so far: what a line adds to.
struct Table {
  std::map<std::string, std::vector<std::string>> sets;
  Rules rules;
};

/// Takes in one line of the table, or says what is wrong with it.
Expected<void> read_line(const std::string& line, int number, Table& table) {
  std::istringstream words(line.substr(0, line.find('#')));
  std::string kind;
  std::string name;
  if (!(words >> kind)) return {};
  if (!(words >> name) || !name.ends_with(':')) return bad_input("a name and a colon are wanted");
  name.pop_back();
  const std::vector<std::string> entries = expand(words, table.sets);
  bool fresh = false;
  if (kind == "set") {
    fresh = table.sets.emplace(name, entries).second;
  } else if (kind == "allow" || kind == "forbid") {
    auto rule = make_rule(number, entries);
    if (!rule) return tl::make_unexpected(rule.error());
    auto& rules = kind == "allow" ? table.rules.allow : table.rules.forbid;
    fresh = rules.emplace(name, *rule).second;
  } else {
    return bad_input("what is " + kind + "?");
  }
  if (!fresh) return bad_input(name + " stands there twice");
  return {};
}

}  // namespace

Expected<Rules> parse_rules(const std::string& text) {
  Table table;
  std::istringstream lines(text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (const auto read = read_line(line, number, table); !read) {
      return bad_input("rules.txt:" + std::to_string(number) + ": " + read.error().message);
    }
  }
  return table.rules;
}

std::vector<Include> read_includes(const fs::path& root) {
  static const std::regex kPattern(R"re(^\s*#\s*include\s*(<[^>]+>|"[^"]+"|\w+).*)re");
  std::vector<Include> includes;
  for (const char* top : {"core", "app"}) {
    if (!fs::exists(root / top)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (!entry.is_regular_file() || (extension != ".h" && extension != ".cpp")) continue;
      const std::string file = entry.path().lexically_relative(root).generic_string();
      std::ifstream stream(entry.path());
      int number = 0;
      for (std::string line; std::getline(stream, line);) {
        ++number;
        std::smatch match;
        if (!std::regex_match(line, match, kPattern)) continue;
        std::string target = match[1];
        const std::string inside = target.substr(1, target.size() - 2);
        if (target.starts_with('"') && is_ours(inside)) target = inside;
        includes.push_back({file, number, target});
      }
    }
  }
  std::sort(includes.begin(), includes.end(), [](const Include& a, const Include& b) {
    return std::tie(a.file, a.line) < std::tie(b.file, b.line);
  });
  return includes;
}

std::vector<std::string> find_broken_rules(const std::vector<Include>& includes,
                                           const Rules& rules) {
  std::vector<std::string> found;
  for (const Include& include : includes) {
    if (const auto why = objection(include, rules)) {
      found.push_back(at(include) + ": includes " + include.target + ", " + *why);
    }
  }
  return found;
}

std::vector<std::string> find_file_cycles(const std::vector<Include>& includes) {
  Graph graph;
  for (const Include& include : includes) {
    if (is_ours(include.target)) graph[include.file].emplace(include.target, include);
  }
  return find_cycles(graph, "files", [](const std::string& file) { return file; });
}

std::vector<std::string> find_folder_cycles(const std::vector<Include>& includes) {
  Graph graph;
  for (const Include& include : includes) {
    if (!is_ours(include.target)) continue;
    const std::string from = folder_of(include.file);
    const std::string to = folder_of(include.target);
    if (from != to) graph[from].emplace(to, include);
  }
  return find_cycles(graph, "folders", folder_of);
}

std::vector<std::string> check_includes(const fs::path& root, const Rules& rules) {
  const std::vector<Include> includes = read_includes(root);
  std::vector<std::string> found = find_broken_rules(includes, rules);
  for (const auto& cycles : {find_file_cycles(includes), find_folder_cycles(includes)}) {
    found.insert(found.end(), cycles.begin(), cycles.end());
  }
  return found;
}

}  // namespace poolscope::layering
