#!/usr/bin/env bash
# Prints the path of a Prometheus server binary, fetching one where the machine has none.
#
# usage: get-prometheus.sh
#
# In order: the binary that $PROMETHEUS names, `prometheus` on the PATH, the one in the cache, and at last the binary of
# Debian's (or Ubuntu's) `prometheus` package, unpacked into the cache. Nothing is installed, no service is started, and no
# root is needed: where the machine's package lists are missing or stale, lists are fetched into a folder of the cache.
# The cache is ${XDG_CACHE_HOME:-$HOME/.cache}/canary-analyzer/prometheus. Progress goes to standard error.
# Exit code 0 with the path as the only line of standard output; else 1 with one line on standard error.
set -euo pipefail

say() { echo "get-prometheus: $*" >&2; }
fail() { say "no Prometheus: $*. Set PROMETHEUS=/path/of/prometheus to use one of your own."; exit 1; }
runs() { [ -x "$1" ] && "$1" --version >/dev/null 2>&1; }

if [ -n "${PROMETHEUS:-}" ]; then
  path=$(command -v -- "$PROMETHEUS" || true)
  [ -n "$path" ] && runs "$path" || { say "no Prometheus: PROMETHEUS=$PROMETHEUS is not a program that answers --version"; exit 1; }
  echo "$path"; exit 0
fi
if path=$(command -v prometheus) && runs "$path"; then echo "$path"; exit 0; fi

cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/canary-analyzer/prometheus
binary=$cache/bin/prometheus
if runs "$binary"; then echo "$binary"; exit 0; fi

for tool in apt-get dpkg-deb; do
  command -v $tool >/dev/null || fail "it is neither on the PATH nor in $cache, and this machine has no $tool to fetch Debian's package"
done
mkdir -p "$cache" 2>/dev/null || fail "the cache $cache cannot be written"

# Two set-ups at once (a demo beside the tests) fetch it once.
exec 9>"$cache/lock"
command -v flock >/dev/null && flock 9
if runs "$binary"; then echo "$binary"; exit 0; fi

work=$(mktemp -d "$cache/fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
log=$cache/fetch.log

download() { # apt option...
  ( cd "$work" && rm -f ./*.deb && apt-get "$@" -o APT::Sandbox::User= download prometheus ) >>"$log" 2>&1 && ls "$work"/*.deb >/dev/null 2>&1
}

own_lists() {
  local own=$cache/apt
  mkdir -p "$own/state/lists/partial" "$own/cache/archives/partial"
  own_options=(-o "Dir::State=$own/state" -o "Dir::State::lists=$own/state/lists" -o Dir::State::status=/var/lib/dpkg/status
    -o "Dir::Cache=$own/cache" -o APT::Sandbox::User= -o Acquire::Languages=none -o Acquire::Retries=2)
  say "fetching package lists into $own"
  apt-get "${own_options[@]}" update >>"$log" 2>&1 || true
}

: >"$log"
say "fetching Debian's prometheus package (about 25 MB, once)"
if ! download; then
  own_lists
  download "${own_options[@]}" || fail "apt could not download the package ($(grep -m1 '^E:' "$log" || tail -n1 "$log"))"
fi
dpkg-deb --fsys-tarfile "$work"/*.deb 2>>"$log" | tar -x -C "$work" ./usr/bin/prometheus 2>>"$log" || fail "the downloaded package has no usr/bin/prometheus (see $log)"
runs "$work/usr/bin/prometheus" || fail "the package's binary does not run on this machine ($("$work/usr/bin/prometheus" --version 2>&1 | head -n1))"
mkdir -p "$cache/bin"
mv -f "$work/usr/bin/prometheus" "$binary"
rm -rf "$cache/apt"
say "unpacked $("$binary" --version 2>&1 | head -n1 | cut -d' ' -f1-3)"
echo "$binary"
