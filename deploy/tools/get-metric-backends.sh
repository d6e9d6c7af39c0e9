#!/usr/bin/env bash
# Prints the paths of further metric backends that the tests run against, fetching them where the machine has none.
#
# usage: get-metric-backends.sh
#
# They are Prometheus 3 and VictoriaMetrics: the binaries of Debian sid's packages `prometheus` and `victoria-metrics`, which
# run on a stable Debian as well, unpacked into the cache ${XDG_CACHE_HOME:-$HOME/.cache}/canary-analyzer/backends. Nothing is
# installed, no service is started, no root is needed, and the machine's own package lists are left alone: apt works on lists and
# downloads of its own, verified by Debian's archive key. $PROMETHEUS3 and $VICTORIAMETRICS name binaries of your own.
# Standard output: `prometheus-3 PATH` and `victoria-metrics PATH`, a line each. Exit code 0 with both; else 1, what there is
# still printed, with one line of reason for each that is missing on standard error.
set -euo pipefail

cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/canary-analyzer/backends
mirror=${CANARY_DEBIAN_MIRROR:-http://deb.debian.org/debian}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
log=$cache/fetch.log
missing=0

say() { echo "get-metric-backends: $*" >&2; }
answers() { [ -x "$1" ] && "$1" --version >/dev/null 2>&1; }

lists_ready=no
lists() {
  [ "$lists_ready" = no ] || return 0
  local own=$work/apt
  mkdir -p "$own/state/lists/partial" "$own/cache/archives/partial" "$own/parts"
  echo "deb [signed-by=$keyring] $mirror sid main" >"$own/sources.list"
  options=(-o "Dir::State=$own/state" -o "Dir::State::lists=$own/state/lists" -o Dir::State::status=/dev/null -o "Dir::Cache=$own/cache"
    -o "Dir::Etc::sourcelist=$own/sources.list" -o "Dir::Etc::sourceparts=$own/parts" -o APT::Sandbox::User= -o Acquire::Languages=none
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o Acquire::Retries=2)
  say "fetching sid's package lists (about 11 MB)"
  apt-get "${options[@]}" update >>"$log" 2>&1 || true
  lists_ready=yes
}

fetch() { # package program name
  local folder=$work/$3 tool
  for tool in apt-get dpkg-deb; do
    command -v $tool >/dev/null || { say "no $3: this machine has no $tool to fetch Debian's package $1"; return 1; }
  done
  [ -r "$keyring" ] || { say "no $3: this machine has no $keyring to verify Debian's package $1"; return 1; }
  mkdir -p "$folder"
  lists
  ( cd "$folder" && apt-get "${options[@]}" download "$1" ) >>"$log" 2>&1 && ls "$folder"/*.deb >/dev/null 2>&1 ||
    { say "no $3: apt could not download sid's package $1 ($(grep -m1 '^E:' "$log" || tail -n1 "$log"))"; return 1; }
  dpkg-deb --fsys-tarfile "$folder"/*.deb 2>>"$log" | tar -x -C "$folder" "./usr/bin/$2" 2>>"$log" || { say "no $3: the package $1 has no usr/bin/$2"; return 1; }
  answers "$folder/usr/bin/$2" || { say "no $3: the package's binary does not run on this machine ($("$folder/usr/bin/$2" --version 2>&1 | head -n1))"; return 1; }
  mv -f "$folder/usr/bin/$2" "$cache/$3"
  say "unpacked $3"
}

provide() { # package program name own
  if [ -n "$4" ]; then
    if answers "$4"; then echo "$3 $4"; return; fi
    say "no $3: $4 is not a program that answers --version"
  elif answers "$cache/$3" || fetch "$1" "$2" "$3"; then
    echo "$3 $cache/$3"; return
  fi
  missing=1
}

mkdir -p "$cache" 2>/dev/null || { say "no further backends: the cache $cache cannot be written"; exit 1; }
exec 9>"$cache/lock"
if command -v flock >/dev/null; then flock 9; fi
work=$(mktemp -d "$cache/fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
: >"$log"
provide prometheus prometheus prometheus-3 "${PROMETHEUS3:-}"
provide victoria-metrics victoria-metrics victoria-metrics "${VICTORIAMETRICS:-}"
exit $missing
