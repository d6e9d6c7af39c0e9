#!/usr/bin/env bash
# Publishes canaryctl, compiled ahead of time, into a folder.
#
# usage: publish-canaryctl.sh FOLDER
#   FOLDER/canaryctl   native: the commands that show and steer Rollouts (get, list, status, promote, abort, retry, pause, version)
#   FOLDER/full/       the program with all commands, to which the first hands over lint, check, analyze, backtest, judge, demo and help
#
# Keep both together; link FOLDER/canaryctl into the PATH, for kubectl's plugin under the name kubectl-argo-rollouts.
# Needs the .NET SDK, clang and zlib's headers (Debian: apt-get install clang zlib1g-dev). FOLDER/full needs the .NET and ASP.NET Core runtimes.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[ $# -eq 1 ] && [ "${1#-}" = "$1" ] || { sed -n '2,9p' "$0" | sed 's/^# \{0,1\}//'; exit 2; }
say() { echo "publish-canaryctl: $*" >&2; }
fail() { say "$*"; exit 1; }
for tool in dotnet clang; do command -v $tool >/dev/null || fail "needs $tool"; done
case $(uname -s)-$(uname -m) in
  Linux-x86_64) rid=linux-x64 ;; Linux-aarch64) rid=linux-arm64 ;; Darwin-arm64) rid=osx-arm64 ;; Darwin-x86_64) rid=osx-x64 ;;
  *) fail "no canaryctl for $(uname -s) on $(uname -m)" ;;
esac

mkdir -p "$1"
folder=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
publish() { dotnet publish "$repository/src/$1" -c Release -r $rid -p:DebugType=none -o "$2" --nologo -v quiet "${@:3}" 1>&2 || fail "dotnet publish of $1 failed"; }

say "compiling the commands that show and steer Rollouts"
publish CanaryAnalyzer.Launcher "$work/native"
say "publishing the program with all commands"
rm -rf "$folder/full"
publish CanaryAnalyzer.Cli "$folder/full" --self-contained false
install -m 755 "$work/native/canaryctl-launcher" "$folder/canaryctl"
say "published $(du -h "$folder/canaryctl" | cut -f1) and $(du -sh "$folder/full" | cut -f1) in $folder"
