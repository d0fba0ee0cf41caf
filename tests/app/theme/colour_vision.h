#pragma once

// How colours look to those who lack one kind of cone, and how far two colours are from each other.
//
// The matrices are those of Machado, Oliveira and Fernandes, "A Physiologically-based Model for
// Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics
// 15(6), 2009, for a severity of 1.0. They are for linear light. The distance is that of CIE 1976
// in L*a*b*, white D65: about 2.3 is what can just be noticed side by side.
//
// Thread safety: pure functions.

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "app/theme/tokens.h"

namespace poolscope::theme::testing {

struct Sight {
  std::string_view name;
  std::array<std::array<double, 3>, 3> matrix;
};

inline constexpr std::array<Sight, 4> kSights = {{
    {"all cones", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    {"protanopia",
     {{{0.152286, 1.052583, -0.204868},
       {0.114503, 0.786281, 0.099216},
       {-0.003882, -0.048116, 1.051998}}}},
    {"deuteranopia",
     {{{0.367322, 0.860646, -0.227968},
       {0.280085, 0.672501, 0.047413},
       {-0.011820, 0.042940, 0.968881}}}},
    {"tritanopia",
     {{{1.255528, -0.076749, -0.178779},
       {-0.078411, 0.930809, 0.147602},
       {0.004733, 0.691367, 0.303900}}}},
}};

using Triple = std::array<double, 3>;

inline Triple linear_light(Color color) {
  const auto one = [](std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return {one(color.r), one(color.g), one(color.b)};
}

/// Linear light, as `sight` sees it.
inline Triple seen(Color color, const Sight& sight) {
  const Triple light = linear_light(color);
  Triple result{};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& row = sight.matrix[i];
    result[i] = std::clamp(row[0] * light[0] + row[1] * light[1] + row[2] * light[2], 0.0, 1.0);
  }
  return result;
}

inline Triple lab_of(const Triple& light) {
  const auto f = [](double t) {
    return t > 216.0 / 24389.0 ? std::cbrt(t) : (24389.0 / 27.0 * t + 16) / 116;
  };
  const double x = 0.4124564 * light[0] + 0.3575761 * light[1] + 0.1804375 * light[2];
  const double y = 0.2126729 * light[0] + 0.7151522 * light[1] + 0.0721750 * light[2];
  const double z = 0.0193339 * light[0] + 0.1191920 * light[1] + 0.9503041 * light[2];
  const double fx = f(x / 0.95047);
  const double fy = f(y);
  const double fz = f(z / 1.08883);
  return {116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
}

inline double distance(Color a, Color b, const Sight& sight) {
  const Triple la = lab_of(seen(a, sight));
  const Triple lb = lab_of(seen(b, sight));
  return std::hypot(la[0] - lb[0], la[1] - lb[1], la[2] - lb[2]);
}

/// To those who tell them apart worst.
inline double least_distance(Color a, Color b) {
  double least = 1e9;
  for (const Sight& sight : kSights) least = std::min(least, distance(a, b, sight));
  return least;
}

}  // namespace poolscope::theme::testing
