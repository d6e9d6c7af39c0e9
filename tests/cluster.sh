# The part of run.sh that needs a real API server, or real pods; sourced by it.

cluster_tool=$root/../shared/cluster/cluster
cluster_cache=${CLUSTER_CACHE:-$HOME/.cache/canary-cluster}
crd_tool=$root/../shared/cluster/crd-server
crd_cache=${CRD_CACHE:-$HOME/.cache/canary-cluster/crd-1.36}
acceptance=$root/../shared/acceptance
end_to_end=tests/CanaryAnalyzer.EndToEnd.Tests
in_containers=CanaryAnalyzer.EndToEnd.Tests.Containers
beside='' # the process of the stories on real pods

cluster_start() { # nodes port: its kubeconfig in $started; empty with a reason in $cluster_reason
  cluster_reason='' started=''
  if [ -n "$kubeconfig" ]; then started=$kubeconfig; return; fi
  if [ ! -x "$cluster_tool" ]; then cluster_reason='no real API server: no --kubeconfig, and no ../shared/cluster/cluster beside the checkout'; return; fi
  if [ ! -x "$cluster_cache/bin/kube-apiserver" ]; then cluster_reason="no real API server: build one with $cluster_tool build"; return; fi
  CLUSTER_RUN="$logs/cluster-$1" CLUSTER_PORT=$(free_port "$2")
  export CLUSTER_RUN CLUSTER_PORT
  undo+=("CLUSTER_RUN='$CLUSTER_RUN' CLUSTER_PORT=$CLUSTER_PORT '$cluster_tool' down")
  say "a real API server ($1 nodes)"
  if within 240 "$logs/cluster-$1.log" "$cluster_tool" up "$1"; then
    started=$("$cluster_tool" kubeconfig)
  else
    cluster_reason="the real API server did not start: $(tail -n 1 "$logs/cluster-$1.log")"
  fi
}
free_port() { # the first one at or above a port that nobody listens on; etcd takes the one 4000 below
  local port
  for ((port = $1; port < $1 + 100; port += 2)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || (exec 3<>"/dev/tcp/127.0.0.1/$((port - 4000))") 2>/dev/null || break
  done
  echo "$port"
}

cluster_stop() {
  [ -n "$kubeconfig" ] || "$cluster_tool" down >/dev/null 2>&1
}

# The test projects find the server by CANARY_KUBECONFIG.
cluster_contract() {
  cluster_start none "${CANARY_CLUSTER_PORT:-19543}"
  if [ -z "$started" ]; then skip "$cluster_reason"; else export CANARY_KUBECONFIG=$started; fi
}

# The CRDs on the API machinery of today, with its own kubectl. The table of values that lint and the CRDs are held to finds it by CANARY_CRD_KUBECONFIG.
crd_checks() {
  local name='the CRDs on an API server of today'
  if [ ! -x "$crd_tool" ]; then skip "$name: no ../shared/cluster/crd-server beside the checkout"; return; fi
  if [ ! -x "$crd_cache/bin/crd-apiserver" ]; then skip "$name: build one with $crd_tool build"; return; fi
  CRD_RUN="$logs/crd-server" CRD_PORT=$(free_port "${CANARY_CRD_PORT:-18543}")
  export CRD_RUN CRD_PORT
  undo+=("CRD_RUN='$CRD_RUN' CRD_PORT=$CRD_PORT '$crd_tool' down")
  if ! within 120 "$logs/crd-server.log" "$crd_tool" up; then skip "$name did not start: $(tail -n 1 "$logs/crd-server.log")"; return; fi
  KUBECONFIG=$("$crd_tool" kubeconfig) KUBECTL=$crd_cache/bin/kubectl story "$name" 300 tests/cluster/crd-checks.sh
  CANARY_CRD_KUBECONFIG=$("$crd_tool" kubeconfig)
  export CANARY_CRD_KUBECONFIG
}

# Real pods, beside the stories on pods that only turn ready. The engine of the tests in containers comes with them.
real_possible() { [ -z "$kubeconfig" ] && [ -x "$cluster_tool" ] && [ -x "$cluster_cache/bin/kube-apiserver" ] && [ -x "$acceptance/seed-story" ]; }
real_begin() {
  if ! real_possible; then
    skip "the controller as pods: it needs ../shared/cluster and ../shared/acceptance beside the checkout, and no --kubeconfig: images get onto no other node"
    return
  fi
  say 'a real API server (real pods), beside the next stories'
  CLUSTER_PORT=$(free_port "${CANARY_POD_CLUSTER_PORT:-20543}") timeout -k 60 1500 tests/cluster/real.sh "$(realpath "$cluster_tool")" "$(realpath "$acceptance")" \
    "$root/$bin/canaryctl" "$root/$(program "$end_to_end")" >"$logs/real.log" 2>&1 &
  beside=$!
  undo+=('[ -z "$beside" ] || { kill $beside; wait $beside; }')
}
real_end() {
  [ -n "$beside" ] || return
  wait "$beside"
  local code=$?
  beside=''
  if [ $code -eq 77 ]; then
    skip "the controller as pods: $(tail -n 1 "$logs/real.log")"
    project "$end_to_end" -namespace $in_containers
  else
    grep -E '^(===|skipped)' "$logs/real.log"
    total 'the controller as pods' "$logs/real.log"
  fi
}

cluster_stories() {
  [ -z "${CANARY_KUBECONFIG:-}" ] || { unset CANARY_KUBECONFIG; cluster_stop; }
  command -v kubectl >/dev/null || { skip 'the acceptance stories: there is no kubectl' 2; return; }
  [ -x "$acceptance/seed-story" ] || { skip 'the acceptance stories: no ../shared/acceptance beside the checkout' 2; return; }
  real_begin
  hollow_stories
  real_end
}

# Our kinds, on the API machinery of today where it is built: rules and validation that an old API server ignores hold in the stories too.
hollow_crds() {
  if [ -n "$joined" ]; then
    within 180 "$logs/crds.log" "$crd_tool" join "$CLUSTER_RUN" deploy/demo/gateway-api deploy/overlays/crds-immutable-selector
  else
    kubectl create --validate=false -f deploy/demo/gateway-api >"$logs/crds.log" 2>&1
    kubectl apply -k deploy/crds >>"$logs/crds.log" 2>&1
  fi
}

hollow_stories() {
  joined=''
  if [ -z "$kubeconfig" ] && [ -x "$crd_tool" ] && [ -x "$crd_cache/bin/crd-apiserver" ]; then
    joined=', with the CRDs on one of today' CLUSTER_API_ARGS=$("$crd_tool" api-args)
    CRD_RUN="$logs/crd-joined" CRD_PORT=$(free_port "${CANARY_CRD_PORT:-18543}")
    export CLUSTER_API_ARGS CRD_RUN CRD_PORT
    undo+=("CRD_RUN='$CRD_RUN' CRD_PORT=$CRD_PORT '$crd_tool' down")
  fi
  cluster_start hollow "${CANARY_CLUSTER_PORT:-19543}"
  unset CLUSTER_API_ARGS
  [ -n "$started" ] || { skip "$cluster_reason" 2; return; }
  export KUBECONFIG=$started
  if ! hollow_crds; then verdict "the CRDs on a real API server$joined" 1 "$logs/crds.log"; return; fi
  "$bin/canary-analyzer" --kubeconfig "$KUBECONFIG" --prometheus http://127.0.0.1:19490 --address 127.0.0.1 --metrics-port 0 --healthz-port 0 \
    --parent-pid $$ >"$logs/controller.log" 2>&1 &
  local controller=$!
  undo+=("kill $controller")
  story "manifests applied again on a real API server$joined" 300 tests/cluster/reapply-story.sh "$root/$bin/canaryctl"
  story "the seed story on a real API server$joined" 900 "$acceptance/seed-story" "$root/$bin/canaryctl"
  if [ -n "${PROMETHEUS:-}" ]; then
    story "the judged story on a real API server$joined" 1200 "$acceptance/judged-story"
  else
    skip "the judged story: $prometheus_missing"
  fi
  kill $controller
  wait $controller
  verdict 'the controller ends with exit code 0 when asked to' $? "$logs/controller.log"
  [ -z "$joined" ] || "$crd_tool" down >/dev/null 2>&1
  cluster_stop
}
