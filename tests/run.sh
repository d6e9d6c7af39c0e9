#!/usr/bin/env bash
# Runs all tests: every test project, judgements on a real Prometheus, and the demo, once as it is and once with the two versions' behaviours swapped.
#
# usage: bash tests/run.sh [--cluster [--kubeconfig FILE]]
#   --cluster            also on a real API server: the API contract, and the acceptance stories with the controller as a process; the CRDs on an API
#                        server of today; and on real pods: the controller's image with its rights, the seed story, and the tests in containers
#   --kubeconfig FILE    use this cluster (it gets CRDs, and namespaces and objects of the tests' own, removed afterwards); without it one is started by
#                        ../shared/cluster/cluster, where that is beside the checkout and built
#
# Needs the .NET 10 SDK; fetches Prometheus itself. No root. The last line is `N passed, N failed, N skipped`; every skip has named its reason before.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
passed=0 failed=0 skipped=0 began=$SECONDS
logs=$(mktemp -d "${TMPDIR:-/tmp}/canary-tests.XXXXXX")
undo=() # commands to run at the end, last first

cluster='' kubeconfig=''
while [ $# -gt 0 ]; do
  case $1 in
  --cluster) cluster=1 ;;
  --kubeconfig) kubeconfig=${2:-}; [ -f "$kubeconfig" ] || { echo "tests: --kubeconfig: there is no file '$kubeconfig'" >&2; exit 2; }; kubeconfig=$(realpath "$kubeconfig"); shift ;;
  *) sed -n '2,11p' "$0" | sed 's/^# \{0,1\}//'; exit 2 ;;
  esac
  shift
done
[ -z "$kubeconfig" ] || [ -n "$cluster" ] || { echo "tests: --kubeconfig belongs to --cluster" >&2; exit 2; }

say() { printf '%4ds %s\n' "$((SECONDS - began))" "$*"; }
skip() { skipped=$((skipped + ${2:-1})); say "skipped ${2:-1}: $1"; }
verdict() { # name exit-code log
  if [ "$2" -eq 0 ]; then passed=$((passed + 1)); say "passed: $1"; else failed=$((failed + 1)); say "FAILED: $1"; tail -n 40 "$3"; fi
}
finish() {
  local i
  for ((i = ${#undo[@]} - 1; i >= 0; i--)); do eval "${undo[$i]}" >/dev/null 2>&1; done
  undo=()
  [ "$failed" -eq 0 ] && rm -rf "$logs"
}
# Everything long runs in the background, so that an interrupt is heard at once and handed on.
trap 'kill $(jobs -p) 2>/dev/null; wait; finish; exit 130' INT TERM HUP
within() { # seconds log command...
  local limit=$1 log=$2; shift 2
  timeout -k 20 "$limit" "$@" >"$log" 2>&1 &
  wait $!
}

dotnet --list-sdks 2>/dev/null | grep -q '^1[0-9]\.' || { echo "tests: this needs the .NET 10 SDK: https://dotnet.microsoft.com/download" >&2; exit 1; }
prometheus_missing=''
if PROMETHEUS=$("$root/deploy/tools/get-prometheus.sh" 2>"$logs/prometheus.log"); then export PROMETHEUS; else unset PROMETHEUS; prometheus_missing=$(tail -n 1 "$logs/prometheus.log"); say "$prometheus_missing"; fi
"$root/deploy/tools/get-metric-backends.sh" >"$logs/backends.log" 2>&1 || say "$(grep 'no ' "$logs/backends.log" || tail -n 1 "$logs/backends.log")"

say 'building'
within 1200 "$logs/build.log" dotnet build CanaryAnalyzer.sln -v q -nodeReuse:false -p:UseSharedCompilation=false || {
  grep -E 'error' "$logs/build.log" | sort -u | head -n 30; finish; echo '0 passed, 1 failed, 0 skipped'; exit 1; }
say 'built'
bin=src/CanaryAnalyzer.Cli/bin/Debug/net10.0

program() { echo "$1/bin/Debug/net10.0/${1#tests/}"; }
log_of() { echo "$logs/${1#tests/}${*:2}.log"; } # folder options...
project() { # folder options...
  within 900 "$(log_of "$@")" "$(program "$1")" -nocolor "${@:2}"
  summarize "$@"
}
# Projects beside others, by process. What only computes gives way to what has deadlines.
declare -A under_way=()
begin() { # niceness folder options...
  timeout -k 20 900 nice -n "$1" "$(program "$2")" -nocolor "${@:3}" >"$(log_of "${@:2}")" 2>&1 &
  under_way[$!]=${*:2}
}
ended() { # waits for the next one that ends
  local process
  wait -n -p process "${!under_way[@]}"
  # shellcheck disable=SC2086
  summarize ${under_way[$process]}
  unset "under_way[$process]"
}
# A project's own summary has its numbers; a process without one has crashed, and counts as failed.
summarize() { # folder options...
  local name=${1#tests/} log summary part
  log=$(log_of "$@")
  summary=$(grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -n 1)
  if grep -q ' Total: 0$' "$log"; then say "$name: no tests"; return; fi
  if [ -z "$summary" ]; then failed=$((failed + 1)); say "FAILED: $name ended without a summary"; tail -n 40 "$log"; return; fi
  read -r total errors bad left <<<"$(grep -oE '[0-9]+' <<<"$summary" | tr '\n' ' ')"
  bad=$((bad + errors)) part=$((total - bad - left))
  passed=$((passed + part)) failed=$((failed + bad)) skipped=$((skipped + left))
  say "$name: $part passed, $bad failed, $left skipped"
  [ "$bad" -eq 0 ] || grep -A 12 -E '\[FAIL\]' "$log" | head -n 80
  grep -A 1 '\[SKIP\]' "$log" | grep -vE '\[SKIP\]|^--$' | sed 's/^ *//' | sort | uniq -c | sed 's/^ *\([0-9]*\) \(.*\)/      skipped \1: \2/'
}

delivered() { # name process log what-1.23.2-is what-1.23.3-is
  local code
  wait "$2"; code=$?
  grep -q "hello:1.23.2 is $4" "$3" && grep -q "hello:1.23.3 is $5" "$3" || code=1
  verdict "$1" $code "$3"
}

# A story's last line has its numbers.
story() { # name limit command...
  local log="$logs/$1.log" name=$1 limit=$2; shift 2
  within "$limit" "$log" "$@"
  total "$name" "$log"
}
total() { # name log
  local good='' bad='' left=''
  read -r good bad left <<<"$(tail -n 1 "$2" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$/\1 \2 \4/p')"
  if [ -z "$bad" ]; then failed=$((failed + 1)); say "FAILED: $1 ended without its numbers"; tail -n 40 "$2"; return; fi
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + ${left:-0}))
  say "$1: $good passed, $bad failed${left:+, $left skipped}"
  [ "$bad" -eq 0 ] || { grep '^FAIL' "$2"; tail -n 30 "$2"; }
}

. tests/cluster.sh
[ -n "$cluster" ] && { cluster_contract; crd_checks; }

if [ -z "$prometheus_missing" ]; then
  say 'the demo begins, twice at once (two to eight minutes)'
  timeout -k 20 600 "$bin/canaryctl" demo --exit >"$logs/demo.log" 2>&1 & demo=$!
  timeout -k 20 600 "$bin/canaryctl" demo --exit --swap >"$logs/demo-swapped.log" 2>&1 & swapped=$!
fi
say "${end_to_end#tests/} and CanaryAnalyzer.Core.Tests begin, beside the others"
# shellcheck disable=SC2046
begin 0 "$end_to_end" $([ -n "$cluster" ] && real_possible && echo "-namespace- $in_containers")
begin 5 tests/CanaryAnalyzer.Core.Tests
for folder in tests/*.Tests; do
  case $folder in "$end_to_end" | tests/CanaryAnalyzer.Core.Tests) continue ;; esac
  begin 0 "$folder"
  while [[ " ${under_way[*]} " == *" $folder "* ]]; do ended; done
done
while [ ${#under_way[@]} -gt 0 ]; do ended; done
if [ -n "$prometheus_missing" ]; then
  skip "the demo: $prometheus_missing" 2
else
  delivered 'the demo: 1.23.2 promoted, 1.23.3 rolled back' $demo "$logs/demo.log" promoted 'rolled back'
  delivered 'the demo with swapped behaviours: 1.23.2 rolled back, 1.23.3 promoted' $swapped "$logs/demo-swapped.log" 'rolled back' promoted
fi

[ -n "$cluster" ] && cluster_stories

finish
[ "$failed" -eq 0 ] || say "logs: $logs"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
