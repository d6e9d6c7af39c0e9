#!/usr/bin/env bash
# The CRDs on an API server of today, through kubectl: what `kubectl apply` refuses and takes, that a selector stays, what `kubectl explain` says, and that
# objects from before a rule can still be changed.
#
# usage: KUBECONFIG=… [KUBECTL=…] crd-checks.sh
#
# The server knows CEL rules (Kubernetes 1.25 or later) and nothing runs on it. Works in the namespace default, which it leaves without Rollouts. Prints a line
# a check; exits 0 only when all of them held.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
. "$here/checks.sh"
[ $# -eq 0 ] || { sed -n '2,9p' "$0" | sed 's/^# \{0,1\}//'; exit 2; }
k() { "${KUBECTL:-kubectl}" -n default "$@"; }
cleanup() { k delete rollout --all --wait=false >/dev/null 2>&1; }
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

answer() { # command...: taken, or what it says about why not, in one line
  local said; if said=$("$@" 2>&1); then echo taken; else tr '\n' ' ' <<<"$said"; fi
}
refuses() { # what words command...: it fails, and says these words
  local what=$1 words=$2 said; shift 2
  said=$(answer "$@")
  case $said in taken | *"connection refused"*) ;; *"$words"*) said=refused ;; esac
  check "$what" refused "$said"
}
takes() { local what=$1; shift; check "$what" taken "$(answer "$@")"; }
apply() { k apply --validate=strict -f - <<<"$1"; }
rollout() { # name spec
  echo "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: $1}, spec: $2}"
}
canary() { # step maxSurge
  rollout tried "{strategy: {canary: {maxSurge: $2, steps: [$1]}}}"
}
policy() { # spec
  echo "{apiVersion: canaryanalyzer.io/v1alpha1, kind: PromotionPolicy, metadata: {name: tried}, spec: {selector: {}, templates: [{templateName: t}], $1}}"
}
measure() { # measure
  echo "{apiVersion: argoproj.io/v1alpha1, kind: AnalysisTemplate, metadata: {name: tried}, spec: {metrics: [{name: m, provider: {plugin: {canaryanalyzer/compare: {measures: [$1]}}}}]}}"
}
explained() { # field words: yes where kubectl explain has them
  local text; text=$(k explain "$1" | tr -s ' \n' ' ')
  case $text in *"$2"*) echo yes ;; *) echo "$text" ;; esac
}
dry() { k apply --dry-run=server --validate=strict -f - <<<"$1"; }

check 'the CRDs bring no warning' '' "$(k apply -k "$root/deploy/crds" 2>&1 | grep -i warning)"
takes 'the CRDs with rules for the selector' k apply -k "$root/deploy/overlays/crds-immutable-selector"
k wait --for=condition=Established crd --all --timeout=60s >/dev/null
await 30 'the kinds are served' taken answer dry "$(canary '{setWeight: 5}' 25%)"

errors='errorRate: {requests: r, errors: e}'
refuses 'setWeight: 150' setWeight dry "$(canary '{setWeight: 150}' 25%)"
refuses 'setWeight: -1' setWeight dry "$(canary '{setWeight: -1}' 25%)"
takes 'setWeight: 500 of maxTrafficWeight: 1000' dry "$(rollout tried '{strategy: {canary: {steps: [{setWeight: 500}], trafficRouting: {maxTrafficWeight: 1000}}}}')"
refuses 'a step of two kinds' oneOf dry "$(canary '{setWeight: 5, pause: {}}' 25%)"
refuses 'maxSurge: 25x' maxSurge dry "$(canary '{setWeight: 5}' 25x)"
refuses 'pause.duration: ten' duration dry "$(canary '{pause: {duration: ten}}' 25%)"
takes 'pause.duration: 1h30m' dry "$(canary '{pause: {duration: 1h30m}}' 1)"
refuses 'minReadySeconds: -1' minReadySeconds dry "$(rollout tried '{minReadySeconds: -1}')"
refuses 'margin: 200%' margin dry "$(measure "{name: m, series: {query: q}, margin: 200%}")"
refuses 'margin: 5% at errorRate' anyOf dry "$(measure "{name: m, $errors, margin: 5%}")"
takes 'margin: {ratio: 2}' dry "$(measure "{name: m, $errors, margin: {ratio: 2}}")"
takes 'margin: {{args.margin}} at series' dry "$(measure "{name: m, series: {query: q}, margin: '{{args.margin}}'}")"
refuses 'two kinds of measure' oneOf dry "$(measure "{name: m, $errors, latency: {histogram: h}}")"
refuses 'onInconclusive: 7' onInconclusive dry "$(policy 'onInconclusive: 7')"
refuses 'onInconclusive: {nodata: Wait}' onInconclusive dry "$(policy 'onInconclusive: {nodata: Wait}')"
takes 'onInconclusive: {noData: Wait}' dry "$(policy 'onInconclusive: {noData: Wait}')"
takes 'an unknown field, which the controller names' dry "$(rollout tried '{stratgy: {}}')"

selector() { k patch rollout "$1" --type=merge -p "{\"spec\": {\"selector\": $2}}"; }
takes 'a Rollout with a selector' apply "$(rollout fixed '{selector: {matchLabels: {app: web}}, replicas: 1}')"
refuses 'another selector' "selector can't be changed" selector fixed '{"matchLabels": {"app": "other"}}'
refuses 'no selector, and so another one later' "selector can't be removed" selector fixed null
takes 'a Rollout that takes its selector from a workload' apply "$(rollout free '{workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}, replicas: 1}')"
takes 'a selector for it' selector free '{"matchLabels": {"app": "web"}}'
refuses 'and then another' "selector can't be changed" selector free '{"matchLabels": {"app": "other"}}'
takes 'a number of pods' k scale rollout fixed --replicas=3

check 'explain: onInconclusive' yes "$(explained promotionpolicies.spec.onInconclusive 'Takes one of Wait, Abort or an object with inBetween, noData')"
check 'explain: acceptUndetected' yes "$(explained promotionpolicies.spec.acceptUndetected 'Takes a number above 1 such as 5')"
compare=$(k get crd analysistemplates.argoproj.io -o 'jsonpath={.spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.metrics.items.properties.provider.properties.plugin.properties.canaryanalyzer/compare.properties.measures.items.properties.margin.description}')
case $compare in *'Takes a share from 0% to 100% such as 5% or an object with absolute and ratio.') compare=yes ;; esac
check 'explain: margin' yes "$compare"

# An object from before a rule, as an upgrade of the CRDs finds it: servers from 1.30 on let what is not touched stay as it is.
steps=/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/strategy/properties/canary/properties/steps/items/properties/setWeight/minimum
takes 'the CRD without a rule' k patch crd rollouts.argoproj.io --type=json -p "[{\"op\": \"remove\", \"path\": \"$steps\"}]"
await 30 'a Rollout that the rule forbids' taken answer apply "$(rollout old '{strategy: {canary: {steps: [{setWeight: -1}]}}}')"
takes 'the CRD with the rule again' k apply -k "$root/deploy/overlays/crds-immutable-selector"
await 30 'the rule holds for new ones' no eval "dry \"\$(canary '{setWeight: -1}' 25%)\" >/dev/null 2>&1 && echo yes || echo no"
takes 'the old one gets a label' k label rollout old team=a
takes 'the old one gets a status' k patch rollout old --subresource=status --type=merge -p '{"status": {"phase": "Degraded"}}'
refuses 'the old one gets another wrong value' setWeight k patch rollout old --type=merge -p '{"spec": {"strategy": {"canary": {"steps": [{"setWeight": -2}]}}}}'
takes 'the old one is mended' k patch rollout old --type=merge -p '{"spec": {"strategy": {"canary": {"steps": [{"setWeight": 2}]}}}}'
total
