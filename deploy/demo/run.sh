#!/usr/bin/env bash
# Two versions of an app delivered by the judge alone, on this machine: a good one is promoted, one with 5 % errors is rolled back.
#
# usage: bash deploy/demo/run.sh [--exit] [--swap] [--help and what it lists]
#
# Starts a small Kubernetes in one process, a Prometheus, the controller, and 400 requests a second. In a terminal it shows all of it live and stays up;
# with --exit, or without a terminal, it prints progress lines and ends, with exit code 0 only if both verdicts were right.
# Needs the .NET 10 SDK; fetches Prometheus itself (deploy/tools/get-prometheus.sh). No root, no Kubernetes, nothing installed, nothing left running.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { echo "demo: $*" >&2; }
dotnet --list-sdks 2>/dev/null | grep -q '^1[0-9]\.' || { say "this needs the .NET 10 SDK: https://dotnet.microsoft.com/download"; exit 1; }
PROMETHEUS=$("$root/deploy/tools/get-prometheus.sh") || exit 1
export PROMETHEUS

log=$(mktemp)
trap 'rm -f "$log"' EXIT
say "building (a minute or two the first time)"
# No build server stays behind, and two demos at once don't build into each other.
( command -v flock >/dev/null && flock 9
  dotnet build "$root/src/CanaryAnalyzer.Cli" -c Release -v q -nodeReuse:false -p:UseSharedCompilation=false 9>&- ) 9>"${TMPDIR:-/tmp}/canary-demo-build-$(id -u).lock" >"$log" 2>&1 ||
  { grep -E 'error|warn' "$log" | sort -u | head -n 20 >&2 || tail -n 20 "$log" >&2; say "the build failed"; exit 1; }
rm -f "$log"; trap - EXIT
exec "$root/src/CanaryAnalyzer.Cli/bin/Release/net10.0/canaryctl" demo "$@"
