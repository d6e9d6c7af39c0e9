# The part of run.sh that needs a real API server; sourced by it.

cluster_tool=$root/../shared/cluster/cluster
cluster_cache=${CLUSTER_CACHE:-$HOME/.cache/canary-cluster}
acceptance=$root/../shared/acceptance

cluster_start() { # nodes port: prints the kubeconfig; empty with a reason in $cluster_reason
  cluster_reason='' started=''
  if [ -n "$kubeconfig" ]; then started=$kubeconfig; return; fi
  if [ ! -x "$cluster_tool" ]; then cluster_reason='no real API server: no --kubeconfig, and no ../shared/cluster/cluster beside the checkout'; return; fi
  if [ ! -x "$cluster_cache/bin/kube-apiserver" ]; then cluster_reason="no real API server: build one with $cluster_tool build"; return; fi
  export CLUSTER_RUN="$logs/cluster-$1" CLUSTER_PORT=$2
  say "a real API server ($1 nodes)"
  if ! started=$("$cluster_tool" up "$1" 2>"$logs/cluster-$1.log"); then
    cluster_reason="the real API server did not start: $(tail -n 1 "$logs/cluster-$1.log")" started=''
  fi
  undo+=("CLUSTER_RUN='$CLUSTER_RUN' CLUSTER_PORT=$CLUSTER_PORT '$cluster_tool' down")
}

cluster_stop() {
  [ -n "$kubeconfig" ] || "$cluster_tool" down >/dev/null 2>&1
}

# The test projects find the server by CANARY_KUBECONFIG.
cluster_contract() {
  cluster_start none "${CANARY_CLUSTER_PORT:-19543}"
  if [ -z "$started" ]; then skip "$cluster_reason"; else export CANARY_KUBECONFIG=$started; fi
}

cluster_stories() {
  [ -z "${CANARY_KUBECONFIG:-}" ] || { unset CANARY_KUBECONFIG; cluster_stop; }
  command -v kubectl >/dev/null || { skip 'the acceptance stories: there is no kubectl' 2; return; }
  [ -x "$acceptance/seed-story" ] || { skip 'the acceptance stories: no ../shared/acceptance beside the checkout' 2; return; }
  cluster_start hollow "${CANARY_CLUSTER_PORT:-19543}"
  [ -n "$started" ] || { skip "$cluster_reason" 2; return; }
  export KUBECONFIG=$started
  kubectl create --validate=false -f deploy/demo/gateway-api >"$logs/crds.log" 2>&1
  if ! kubectl apply -k deploy/crds >>"$logs/crds.log" 2>&1; then verdict 'the CRDs on a real API server' 1 "$logs/crds.log"; return; fi
  "$bin/canary-analyzer" --kubeconfig "$KUBECONFIG" --prometheus http://127.0.0.1:19490 --address 127.0.0.1 --metrics-port 0 --healthz-port 0 \
    --parent-pid $$ >"$logs/controller.log" 2>&1 &
  undo+=("kill $!")
  story 'the seed story on a real API server' 900 "$acceptance/seed-story" "$root/$bin/canaryctl"
  if [ -n "${PROMETHEUS:-}" ]; then
    story 'the judged story on a real API server' 1200 "$acceptance/judged-story"
  else
    skip "the judged story: $prometheus_missing"
  fi
  cluster_stop
}
