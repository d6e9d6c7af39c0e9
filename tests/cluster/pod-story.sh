#!/usr/bin/env bash
# The controller as pods with the base's rights: killed in the middle of an update, ended by SIGTERM, analyses with secrets, deleted together with the base.
#
# usage: KUBECONFIG=… [PROMETHEUS=/path/of/prometheus] pod-story.sh CANARYCTL [AUDIT]
#   CANARYCTL  the command-line tool
#   AUDIT      the API server's audit log: no request of the controller may have been forbidden, and no right of the base unused
#
# The cluster has the CRDs, the image canary-analyzer:test, hello:1.23.1 to 1.23.3, and tests/cluster/pod applied. Works in the namespace canary-pods. At
# its end the controller is gone. Prints a line a check; exits 0 only when all of them held.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/checks.sh"
[ $# -ge 1 ] || { sed -n '2,9p' "$0" | sed 's/^# \{0,1\}//'; exit 2; }
canaryctl=$1 audit=${2:-} space=canary-pods dir=$(mktemp -d) children=()
k() { kubectl -n "$space" "$@"; }
c() { kubectl -n canary-analyzer "$@"; }
field() { k get rollout web -o "jsonpath={$1}"; }
holder() { c get lease canary-analyzer-lock -o 'jsonpath={.spec.holderIdentity}'; }
leader() { holder | sed 's/_.*//'; }
leads() { [[ $(leader) == canary-analyzer-* ]] && echo yes; }
weights() { k get httproute web -o 'jsonpath={range .spec.rules[0].backendRefs[*]}{.name}={.weight} {end}'; }
image() { k patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"hello:'"$1"'"}]}}}}' >/dev/null; }
revisions() { k get replicaset -o 'jsonpath={range .items[*]}{.metadata.annotations.rollout\.argoproj\.io/revision} {end}' | tr ' ' '\n' | grep . | sort -n | tr '\n' ' '; }
pods() { # those that are not on their way out
  k get pods -l app=web -o go-template='{{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}}{{"\n"}}{{end}}{{end}}' | wc -l
}
replicasets() { k get replicaset -l rollouts-pod-template-hash -o name | wc -l; }
stable() { # the phase, and the image that is stable
  echo "$(field .status.phase) $(k get replicaset -l "rollouts-pod-template-hash=$(field .status.stableRS)" -o 'jsonpath={.items[*].spec.template.spec.containers[0].image}')"
}
runs() { k get analysisruns -o 'jsonpath={range .items[*]}{.status.phase} {end}'; }
cleanup() {
  [ ${#children[@]} -eq 0 ] || kill "${children[@]}" 2>/dev/null
  kubectl delete namespace "$space" --ignore-not-found --wait=false >/dev/null 2>&1
  rm -rf "$dir"
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

await 60 'both replicas are ready' 2 c get deployment canary-analyzer -o 'jsonpath={.status.readyReplicas}'
await 20 'one of them leads' yes leads
kubectl create namespace "$space" >/dev/null
k apply -f - >/dev/null <<'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "hello:1.23.1", ports: [{containerPort: 80}]}], terminationGracePeriodSeconds: 2}
---
apiVersion: v1
kind: Service
metadata: {name: web-stable}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: web-canary}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec: {rules: [{backendRefs: [{name: web-canary, port: 80, weight: 0}, {name: web-stable, port: 80, weight: 100}]}]}
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web, labels: {delivery: automatic}}
spec:
  replicas: 2
  revisionHistoryLimit: 1
  selector: {matchLabels: {app: web}}
  workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web, scaleDown: onsuccess}
  strategy:
    canary:
      canaryService: web-canary
      stableService: web-stable
      scaleDownDelaySeconds: 1
      steps: [{setWeight: 50}, {pause: {}}, {setWeight: 80}, {pause: {duration: 3s}}]
      trafficRouting: {plugins: {argoproj-labs/gatewayAPI: {httpRoute: web, namespace: canary-pods}}}
YAML
await 90 'first revision' Healthy field .status.phase
k create -f - >/dev/null <<'YAML'
apiVersion: argoproj.io/v1alpha1
kind: Experiment
metadata: {name: stray}
spec:
  templates: [{name: a, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: "a:1"}]}}}]
YAML
await 30 'an Experiment says that nothing runs it' Error k get experiment stray -o 'jsonpath={.status.phase}'
k create -f - >/dev/null <<'YAML'
apiVersion: v1
kind: Service
metadata: {name: abandoned, annotations: {argo-rollouts.argoproj.io/managed-by-rollouts: gone}}
spec: {selector: {app: gone, rollouts-pod-template-hash: abc}, ports: [{port: 80}]}
YAML
await 30 'a Service of a Rollout that is gone is released' '{"app":"gone"}' k get service abandoned -o 'jsonpath={.spec.selector}'

echo '--- killed in the middle of an update'
image 1.23.2
await 30 'the new version begins' 2 replicasets
c delete pod "$(leader)" --force --grace-period=0 >/dev/null 2>&1
await 90 'the next one goes on' Paused field .status.phase
check 'route' 'web-canary=50 web-stable=50 ' "$(weights)"
"$canaryctl" promote web -n "$space" >/dev/null
await 30 'promoted' 'web-canary=80 web-stable=20 ' weights
c delete pod "$(leader)" --force --grace-period=0 >/dev/null 2>&1
await 90 'the next one goes on' Healthy field .status.phase
check 'route' 'web-canary=0 web-stable=100 ' "$(weights)"
check 'no revision was made twice' '1 2 ' "$(revisions)"

echo '--- ended by SIGTERM'
other() { local now; now=$(leader); [ -n "$now" ] && [ "$now" != "$first" ] && echo yes; }
ended() { # the container's exit code and seconds since the pod was deleted, as the node reported them; "unknown" when it reported an end and nothing of it
  python3 -c '
import datetime, json, sys
text, at, known = open(sys.argv[1]).read(), 0, ""
while text[at:].strip():
    pod, at = json.JSONDecoder().raw_decode(text, at + len(text[at:]) - len(text[at:].lstrip()))
    for container in pod["status"].get("containerStatuses", []):
        end = container["state"].get("terminated")
        if end is None: continue
        known = known or "unknown"
        if not end.get("finishedAt"): continue
        took = datetime.datetime.fromisoformat(end["finishedAt"].replace("Z", "+00:00")).timestamp() - int(sys.argv[2])
        print("exit code", end["exitCode"], "within 10 s" if took <= 10 else f"after {took} s")
        sys.exit()
print(known)
' "$dir/watched" "$began" 2>/dev/null
}
end_leader() { # deletes the leading pod, and follows it to its end
  first=$(leader)
  : >"$dir/watched"
  kubectl -n canary-analyzer get pod "$first" --watch -o json >"$dir/watched" 2>/dev/null & children+=($!)
  for _ in {1..100}; do [ -s "$dir/watched" ] && break; sleep 0.1; done # it may end before a watch that begins late sees it
  began=$(date +%s)
  c delete pod "$first" --wait=false >/dev/null
}
gone() { kubectl -n canary-analyzer wait --for=delete "pod/$first" --timeout=30s >/dev/null 2>&1; }
await 60 'both replicas are ready' 2 c get deployment canary-analyzer -o 'jsonpath={.status.readyReplicas}'
end_leader
await 10 'the lease is released: another one leads before it would have run out' yes other
gone
# A node of Kubernetes 1.20 at times removes a pod with an end that it left blank (TerminatePod before the container's state is read): then another one is asked.
for _ in 1 2 3 4; do
  for _ in {1..50}; do [ -n "$(ended)" ] && break; sleep 0.1; done
  [[ $(ended) == exit* ]] && break
  for _ in {1..300}; do [ "$(c get deployment canary-analyzer -o 'jsonpath={.status.readyReplicas}')" = 2 ] && leads >/dev/null && break; sleep 0.2; done
  end_leader
  gone
done
await 10 'how it ended' 'exit code 0 within 10 s' ended

echo '--- analyses'
if [ -n "${PROMETHEUS:-}" ]; then
  address=$(hostname -I | awk '{print $1}') port=${PROMETHEUS_PORT:-19492}
  echo 'scrape_configs: []' >"$dir/prometheus.yml"
  "$PROMETHEUS" --config.file="$dir/prometheus.yml" --storage.tsdb.path="$dir/data" --web.listen-address="0.0.0.0:$port" >"$dir/prometheus.log" 2>&1 & children+=($!)
  k create secret generic tokens --from-literal=prometheus=opensesame >/dev/null
  k apply -f - >/dev/null <<YAML
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: {name: answers}
spec:
  args: [{name: token, valueFrom: {secretKeyRef: {name: tokens, key: prometheus}}}]
  metrics:
  - name: answers
    successCondition: result[0] == 1
    count: 1
    provider:
      prometheus:
        address: http://$address:$port
        query: vector(1)
        headers: [{key: X-Token, value: "{{args.token}}"}]
---
apiVersion: canaryanalyzer.io/v1alpha1
kind: PromotionPolicy
metadata: {name: web}
spec: {selector: {matchLabels: {delivery: automatic}}, templates: [{templateName: answers}]}
YAML
  k patch rollout web --type merge -p '{"spec":{"analysis":{"successfulRunHistoryLimit":0,"unsuccessfulRunHistoryLimit":0}}}' >/dev/null
  policy() { k get promotionpolicy web -o 'jsonpath={.status.observedGeneration}'; }
  await 20 'the policy is read' 1 policy
  image 1.23.3
  await 120 'the new version is promoted by its policy' 'Healthy hello:1.23.3' stable
  await 60 'old ReplicaSets are deleted' '2 3 ' revisions
  image 1.23.2
  await 120 'and once more' 'Healthy hello:1.23.2' stable
  await 60 'old AnalysisRuns are deleted' '' runs
else
  echo 'no Prometheus: no analyses'
fi
await 30 'only stable pods are left' 2 pods

echo '--- explanations'
k create serviceaccount reader >/dev/null; k create serviceaccount stranger >/dev/null
k create role reader --verb=get --resource=analysisruns.argoproj.io >/dev/null
k create rolebinding reader --role=reader --serviceaccount="$space:reader" >/dev/null
token() { # newer servers make none by themselves
  k create token "$1" 2>/dev/null || k get secret "$(k get serviceaccount "$1" -o 'jsonpath={.secrets[0].name}')" -o 'jsonpath={.data.token}' 2>/dev/null | base64 -d
}
explanation() { # [user]: the answer's status and reason
  python3 -c '
import json, sys, urllib.error, urllib.request
request = urllib.request.Request(sys.argv[1], headers={"Authorization": "Bearer " + sys.argv[2]} if sys.argv[2] else {})
try:
    print(urllib.request.urlopen(request, timeout=10).status)
except urllib.error.HTTPError as error:
    print(error.code, json.load(error).get("reason"))
' "http://$(c get pod "$(leader)" -o 'jsonpath={.status.podIP}'):8090/api/v1/namespaces/$space/rollouts/none/explanation" "${1:+$(token "$1")}"
}
await 20 'nobody without a token' '401 Unauthorized' explanation
await 20 'nobody without the right' '403 Forbidden' explanation stranger
await 20 'who may read AnalysisRuns' '404 NotFound' explanation reader

echo '--- rights'
if [ -n "$audit" ]; then
  user=system:serviceaccount:canary-analyzer:canary-analyzer
  check 'requests that were forbidden' '' "$(python3 "$here/rights.py" forbidden "$audit" $user)"
  [ -z "${PROMETHEUS:-}" ] || check 'rights that were not used' '' "$(python3 "$here/rights.py" unused "$audit" $user)"
fi

echo '--- deleted together with the base'
kubectl delete -k "$here/pod" --wait=true --timeout=60s >/dev/null 2>&1
check 'the controller is gone' '' "$(kubectl get namespace canary-analyzer -o name 2>/dev/null)"
check 'the Rollout is there' Healthy "$(field .status.phase)"
check 'its pods are there' 2 "$(pods)"
total
