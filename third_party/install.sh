# Sourced by app/run, tests/run and tests/tidy: installs what is missing and configures a preset.
# Nothing here runs on its own. $poolscope_root is the checkout.
poolscope_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

poolscope_say() { printf '%s\n' "$*" >&2; }

# The packages of the lists LIST... (needed, tests, tidy) that are not installed, on one line.
poolscope_missing_packages() {
  local lists=("${@/#/$poolscope_root/third_party/packages-}") wanted
  mapfile -t wanted < <(sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' "${lists[@]/%/.txt}" | LC_ALL=C sort -u)
  LC_ALL=C comm -23 \
    <(printf '%s\n' "${wanted[@]}") \
    <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null |
      sed -n 's/ installed$//p' | LC_ALL=C sort -u) |
    paste -sd ' '
}

# poolscope_install WHY LIST...: installs what is missing of the lists. Sets poolscope_installed to 1
# where it installed something. Exits with 1 where it is not allowed to.
poolscope_installed=0
poolscope_install() {
  local why=$1 missing
  shift
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    poolscope_say "This is neither Debian nor Ubuntu: building with what is there." \
      "The libraries are listed in third_party/packages-needed.txt."
    return
  fi
  missing=$(poolscope_missing_packages "$@")
  if [[ -z $missing ]]; then return; fi

  local install="apt-get install -y --no-install-recommends $missing"
  poolscope_say "$why needs packages that are not installed (the reason for each: third_party/packages-*.txt):"
  if [[ $EUID -eq 0 ]]; then
    poolscope_say "  apt-get update && $install"
    export DEBIAN_FRONTEND=noninteractive
    # Another apt may hold the lock for a while, on a fresh machine above all.
    apt-get update -qq && ${install/apt-get/apt-get -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0} >&2 || {
      poolscope_say "apt-get failed. Once it works, run this again."
      exit 1
    }
  elif command -v sudo >/dev/null; then
    poolscope_say "  sudo apt-get update && sudo $install"
    sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive $install >&2 || {
      poolscope_say "That did not work. Run the line above as root, then run this again."
      exit 1
    }
  else
    poolscope_say "  apt-get update && $install"
    poolscope_say "You are not root and there is no sudo. Run this line as root, then run this again."
    exit 1
  fi
  poolscope_installed=1
}

# poolscope_configure PRESET: makes build/PRESET ready for ninja, quickly where it already is.
# POOLSCOPE_CMAKE_ARGS in the environment: more arguments of cmake for a build that is not there yet.
poolscope_configure() {
  local preset=$1 build="$poolscope_root/build/$1" fresh=()
  if ! command -v cmake >/dev/null || ! command -v ninja >/dev/null; then
    poolscope_say "cmake and ninja are needed to build poolscope (third_party/packages-needed.txt)."
    exit 1
  fi
  if [[ -f $build/CMakeCache.txt ]]; then
    # A cache of another place, or of a machine that had less installed, would mislead.
    if [[ $poolscope_installed -eq 1 ]] ||
      ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$poolscope_root" "$build/CMakeCache.txt"; then
      fresh=(--fresh)
    elif [[ -f $build/build.ninja ]]; then
      return
    fi
  fi
  (cd "$poolscope_root" && cmake --preset "$preset" "${fresh[@]}" ${POOLSCOPE_CMAKE_ARGS-} >&2)
}

# poolscope_build PRESET [TARGET...]
poolscope_build() {
  local build="$poolscope_root/build/$1"
  shift
  ninja -C "$build" "$@" >&2
}
