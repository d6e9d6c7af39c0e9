#!/usr/bin/env bash
# The controller as pods of a real Kubernetes, whose own pods are containers: its image, its rights, the seed story; and the tests in containers.
#
# usage: real.sh CLUSTER ACCEPTANCE CANARYCTL END_TO_END_TESTS
#   CLUSTER           the script that starts and ends a cluster (CLUSTER_PORT: its API server's port)
#   ACCEPTANCE        the folder of the acceptance stories
#   CANARYCTL         the command-line tool
#   END_TO_END_TESTS  the program of the tests, for those in containers
#
# PROMETHEUS names a Prometheus binary. Needs root, docker and gcc; exit code 77 with one line where something is missing. Prints a line a check; the last
# one is `N passed, N failed, N skipped`. Ends all that it started, also when it is ended itself.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ $# -eq 4 ] || { sed -n '2,11p' "$0" | sed 's/^# \{0,1\}//'; exit 2; }
cluster=$1 acceptance=$2 canaryctl=$3 tests=$4
missing() { echo "$*"; exit 77; }
[ "$(id -u)" = 0 ] || missing 'real pods need root'
for tool in docker dockerd gcc iptables conntrack kubectl python3; do command -v $tool >/dev/null || missing "real pods need $tool"; done
if (exec 3<>/dev/tcp/127.0.0.1/10250) 2>/dev/null; then missing 'another kubelet runs on this machine (port 10250)'; fi
# The oldest engine that Debian ships; newer clients would ask for a newer one.
export DOCKER_API_VERSION=${DOCKER_API_VERSION:-1.41}

folder=$(mktemp -d "${TMPDIR:-/tmp}/canary-real.XXXXXX")
export CLUSTER_RUN=$folder/cluster CLUSTER_PORT=${CLUSTER_PORT:-20543}
# Pods reach the API server by the machine's address, and it reaches the node by the node's.
export CLUSTER_API_ARGS="--bind-address=0.0.0.0 --kubelet-preferred-address-types=InternalIP \
  --audit-policy-file=$here/audit-policy.yaml --audit-log-path=$folder/audit.log"
passed=0 failed=0 skipped=0 child=
finish() {
  trap '' INT TERM HUP
  # The cluster first, so that what the child still wants of it fails at once.
  [ -z "$child" ] || kill "$child" 2>/dev/null
  "$cluster" down >/dev/null 2>&1
  wait
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP
# In the background, so that an interrupt is heard at once.
run() { "$@" & child=$!; wait $child; local code=$?; child=; return $code; }
story() { # name command...
  local name=$1 log=$folder/story.log good bad; shift
  run "$@" >"$log" 2>&1
  cat "$log"
  read -r good bad <<<"$(tail -n 1 "$log" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p')"
  passed=$((passed + ${good:-0})) failed=$((failed + ${bad:-1}))
  echo "=== $name: ${good:-0} passed, ${bad:-1} failed"
}

run "$cluster" up real >"$folder/up.log" 2>&1 || { cat "$folder"/cluster/*.log 2>/dev/null | tail -n 20; missing "the real Kubernetes did not come up: $(tail -n 1 "$folder/up.log")"; }
export KUBECONFIG=$CLUSTER_RUN/admin.kubeconfig
prepare() {
  "$here/images.sh" "$folder/images" "${PROMETHEUS:-}" &&
    kubectl create --validate=false -f "$here/../../deploy/demo/gateway-api" &&
    kubectl apply -k "$here/../../deploy/crds" && kubectl apply -k "$here/pod" &&
    kubectl -n canary-analyzer rollout status deployment/canary-analyzer --timeout=120s
}
if ! run prepare >"$folder/prepare.log" 2>&1; then
  tail -n 30 "$folder/prepare.log"
  kubectl -n canary-analyzer logs -l app.kubernetes.io/name=canary-analyzer --tail=20 2>&1
  echo '0 passed, 1 failed, 0 skipped'
  exit 1
fi

story 'the seed story with the controller as pods' "$acceptance/seed-story" "$canaryctl"
[ "$failed" -eq 0 ] || kubectl -n canary-analyzer logs -l app.kubernetes.io/name=canary-analyzer --tail=40 2>&1
story 'the controller as pods' "$here/pod-story.sh" "$canaryctl" "$folder/audit.log"

if [ -n "${PROMETHEUS:-}" ]; then
  export CANARY_PROMETHEUS_IMAGE=${CANARY_PROMETHEUS_IMAGE:-canary-prometheus:test} TESTCONTAINERS_RYUK_DISABLED=true
  run "$tests" -nocolor -namespace CanaryAnalyzer.EndToEnd.Tests.Containers >"$folder/containers.log" 2>&1
  summary=$(grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$folder/containers.log" | tail -n 1)
  read -r total errors bad left <<<"$(grep -oE '[0-9]+' <<<"${summary:-1 1 0 0}" | tr '\n' ' ')"
  passed=$((passed + total - bad - left)) failed=$((failed + bad + errors)) skipped=$((skipped + left))
  cat "$folder/containers.log"
  echo "=== the tests in containers: ${summary:-no summary}"
else
  skipped=$((skipped + 1))
  echo 'skipped 1: the tests in containers: there is no Prometheus'
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
