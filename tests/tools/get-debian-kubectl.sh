#!/usr/bin/env bash
# Prints the path of the kubectl of Debian 12 (1.20), the oldest that the local cluster is held to; fetches it into a cache where it isn't there.
# Nothing is installed, no root is needed. Exit code 1 with one line on standard error where it cannot be had.
set -euo pipefail
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/canary-analyzer/kubectl-debian
fail() { echo "no kubectl of Debian: $*" >&2; exit 1; }
[ -x "$cache/kubectl" ] && { echo "$cache/kubectl"; exit 0; }
for tool in apt-get dpkg-deb; do command -v $tool >/dev/null || fail "this machine has no $tool"; done
mkdir -p "$cache" 2>/dev/null || fail "$cache cannot be written"
work=$(mktemp -d "$cache/fetch.XXXXXX"); trap 'rm -rf "$work"' EXIT
( cd "$work" && apt-get -o APT::Sandbox::User= download kubernetes-client >log 2>&1 ) || fail "apt could not download kubernetes-client ($(grep -m1 '^E:' "$work/log" || tail -n1 "$work/log"))"
dpkg-deb --fsys-tarfile "$work"/*.deb | tar -x -C "$work" ./usr/bin/kubectl 2>/dev/null || fail 'the package has no usr/bin/kubectl'
mv -f "$work/usr/bin/kubectl" "$cache/kubectl"
echo "$cache/kubectl"
