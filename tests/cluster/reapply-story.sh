#!/usr/bin/env bash
# What a delivery pipeline does in the middle of an update: all manifests applied again as they are in the repository, client-side and server-side by force.
# And a route that has more in it than the canary needs: nothing but the two weights ever changes.
#
# usage: KUBECONFIG=… reapply-story.sh CANARYCTL
#
# The controller runs, the cluster has the CRDs, and its pods turn ready. Works in the namespace canary-reapply. Prints a line a check; exits 0 only when
# all of them held.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/checks.sh"
[ $# -eq 1 ] || { sed -n '2,8p' "$0" | sed 's/^# \{0,1\}//'; exit 2; }
canaryctl=$1 space=canary-reapply
k() { kubectl -n "$space" "$@"; }
field() { k get rollout web -o "jsonpath={$1}"; }
apply() { sed "s/hello:VERSION/hello:$version/" "$here/reapply.yaml" | k apply "$@" -f - >/dev/null; }
route() { k get httproute web -o 'jsonpath={.spec}{.metadata.labels}'; }
outside() { route | sed -E 's/("name":"web-(canary|stable)"[^}]*"weight":)[0-9]+/\1N/g'; }
compared() { local now; now=$(route); [ "$now" = "$before" ] && echo same || echo "$now"; }
outside_compared() { local now; now=$(outside); [ "$now" = "$before_outside" ] && echo same || echo "$now"; }
weights() { k get httproute web -o 'jsonpath={range .spec.rules[*].backendRefs[*]}{.name}={.weight} {end}'; }
generation() { k get "$1" web -o 'jsonpath={.metadata.generation}'; }
changed_back() { # kind generation: since then it was changed, and changed back
  local now; now=$(generation "$1")
  [ "$now" -ge $(($2 + 2)) ] && echo yes || echo "its generation was $2 and is $now"
}
selectors() { # what the Services select, in words
  local service hash stable current
  stable=$(field .status.stableRS) current=$(field .status.currentPodHash)
  for service in web-stable web-canary; do
    hash=$(k get service $service -o 'jsonpath={.spec.selector.rollouts-pod-template-hash}')
    case $hash in "$stable") echo -n "$service=stable " ;; "$current") echo -n "$service=canary " ;; *) echo -n "$service=${hash:-all} " ;; esac
  done
}
replicas() { k get deployment web -o 'jsonpath={.spec.replicas}'; }
revisions() { k get replicaset -o 'jsonpath={range .items[*]}{.metadata.annotations.rollout\.argoproj\.io/revision} {end}' | tr ' ' '\n' | grep . | sort -n | tr '\n' ' '; }
cleanup() { kubectl delete namespace "$space" --ignore-not-found --wait=false >/dev/null 2>&1; }
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

kubectl create namespace "$space" >/dev/null
version=1.23.1
apply
at_rest='web-canary=0 web-stable=100 web-other=10 web-stable=100 web-canary=0 '
split='web-canary=40 web-stable=60 web-other=10 web-stable=60 web-canary=40 '
check 'the route as applied' "$at_rest" "$(weights)"
before=$(route) before_outside=$(outside)
await 60 'first revision' Healthy field .status.phase
await 30 'the Deployment is scaled down' 0 replicas
check 'the route, byte for byte' same "$(compared)"

echo '--- the Deployment applied again with its replicas'
apply
await 30 'it is scaled down again' 0 replicas
check 'no new revision' '1 ' "$(revisions)"

for how in '' '--server-side --force-conflicts'; do
  case $version in 1.23.1) version=1.23.2 known='1 2 ' ;; *) version=1.23.3 known='1 2 3 ' ;; esac
  echo "--- a new version by apply $how"
  # shellcheck disable=SC2086
  apply $how
  await 60 'phase' Paused field .status.phase
  await 20 'weights' "$split" weights
  check 'the rest of the route, byte for byte' same "$(outside_compared)"
  await 20 'the Deployment is scaled down again' 0 replicas
  for way in '' '--server-side --force-conflicts'; do
    echo "--- everything again in the pause: apply $way"
    route_was=$(generation httproute) deployment_was=$(generation deployment)
    # shellcheck disable=SC2086
    apply $way
    await 5 'weights are back' "$split" weights
    check 'they had been away' yes "$(changed_back httproute "$route_was")"
    await 5 'selectors are back' 'web-stable=stable web-canary=canary ' selectors
    await 20 'the Deployment is scaled down again' 0 replicas
    check 'it had been scaled up' yes "$(changed_back deployment "$deployment_was")"
    check 'the rest of the route, byte for byte' same "$(outside_compared)"
    check 'no new revision' "$known" "$(revisions)"
    check 'still in its pause' 'Paused 1' "$(field .status.phase) $(field .status.currentStepIndex)"
  done
  if [ "$version" = 1.23.2 ]; then
    echo '--- promoted'
    "$canaryctl" promote web -n "$space" >/dev/null
    await 60 'phase' Healthy field .status.phase
  else
    echo '--- aborted'
    "$canaryctl" abort web -n "$space" >/dev/null
    await 60 'phase' Degraded field .status.phase
  fi
  await 20 'the route, byte for byte' same compared
done

echo '--- everything again after the abort'
apply --server-side --force-conflicts
await 20 'the Deployment is scaled down again' 0 replicas
check 'the route, byte for byte' same "$(compared)"
check 'no new revision' '1 2 3 ' "$(revisions)"
check 'phase' Degraded "$(field .status.phase)"
total
