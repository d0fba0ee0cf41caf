# Sourced by tests/soak/run and tests/bench/recording, after third_party/install.sh: is a recording
# whole? A failure is told and counted in $failures; the scripts go on, and exit with it.

failures=0
fails() {
  poolscope_say "FAILED: $*"
  failures=1
}

# fact INFO NAME: a number of `poolscope info --json`.
fact() { sed -n 's/^ *"'"$2"'": \([0-9]*\),*$/\1/p' <<<"$1"; }

# check_recording PROGRAM FILE LOG: nothing was dropped, by LOG, what `poolscope record` said
# ("recorded N events in T s, dropped N"); FILE has all that was recorded; and it verifies.
check_recording() {
  local recorded in_file verdict verified=0
  in_file=$(fact "$("$1" info --json "$2")" events)
  recorded=$(grep -x 'recorded [0-9]* events in [0-9.]* s, dropped [0-9]*' "$3" || true)
  [[ $recorded == *", dropped 0" ]] || fails "events were dropped: ${recorded:-record told no number}"
  [[ $recorded == "recorded $in_file events "* ]] || fails "the file has $in_file events: $recorded"

  verdict=$("$1" verify "$2" 2>&1 | tail -1) || verified=$?
  echo "verify: $verdict"
  if ((verified != 0)) || [[ $verdict != *", divergences 0" ]]; then
    fails "poolscope verify: exit $verified, $verdict"
  fi
}
