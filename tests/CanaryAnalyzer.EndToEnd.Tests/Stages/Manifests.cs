namespace CanaryAnalyzer.EndToEnd.Tests.Stages;

/// <summary>The app's manifests, each whole, for one namespace.</summary>
internal static class Manifests
{
    public const string Pause = "[{setWeight: 50}, {pause: {}}, {setWeight: 100}]";

    /// <summary>Quick looks. Safety of errors is shown with little traffic, since harmful is three times as many and more; latency speaks only of harm.</summary>
    public const string Comparison = """
        {interval: 1s, minDuration: 10s, maxDuration: 4m, promote: WhenSafe, minRequests: 100, measures: [
          {name: errors, warmup: 2s, margin: {ratio: 3, absolute: 1%}, errorRate: {
            requests: 'http_requests_received_total{namespace="{{args.namespace}}"}', errors: 'http_requests_received_total{namespace="{{args.namespace}}",code=~"5.."}'}},
          {name: latency, warmup: 3s, tails: [10%], required: false, latency: {histogram: 'http_request_duration_seconds{namespace="{{args.namespace}}"}'}}]}
        """;

    public static string World(string ns) => $$$$"""
        apiVersion: v1
        kind: Namespace
        metadata: {name: {{{{ns}}}}}
        ---
        {{{{Service(ns, "app-canary")}}}}
        ---
        {{{{Service(ns, "app-stable")}}}}
        ---
        {{{{Route(ns)}}}}
        ---
        {{{{Deployment(ns, Versions.First)}}}}
        ---
        {{{{Template(ns, "canary-vs-stable", Comparison)}}}}
        """;

    public static string Service(string ns, string name) => $$$$"""
        apiVersion: v1
        kind: Service
        metadata: {name: {{{{name}}}}, namespace: {{{{ns}}}}}
        spec: {selector: {app: app}, ports: [{port: 80, targetPort: 80}]}
        """;

    public static string Route(string ns) => $$$$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: app, namespace: {{{{ns}}}}}
        spec:
          hostnames: [{{{{ns}}}}.example.com]
          parentRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: door, namespace: default, sectionName: web}]
          rules:
          - backendRefs:
            - {group: "", kind: Service, name: app-canary, port: 80, weight: 0}
            - {group: "", kind: Service, name: app-stable, port: 80, weight: 100}
            matches: [{path: {type: PathPrefix, value: /}}]
        """;

    public static string Deployment(string ns, string image) => $$$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: app, namespace: {{{{ns}}}}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: app}}
          template:
            metadata: {labels: {app: app}}
            spec: {containers: [{name: app, image: "{{{{image}}}}", ports: [{containerPort: 80}]}]}
        """;

    public static string Rollout(string ns, string steps = Pause, string more = "") => $$$$"""
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: {name: app, namespace: {{{{ns}}}}, labels: {delivery: automatic}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: app}}
          strategy:
            canary:
              canaryService: app-canary
              stableService: app-stable
              scaleDownDelaySeconds: 1
              abortScaleDownDelaySeconds: 1
              steps: {{{{steps}}}}
              trafficRouting: {plugins: {argoproj-labs/gatewayAPI: {httpRoute: app, namespace: {{{{ns}}}}}}}
              {{{{more}}}}
          workloadRef: {apiVersion: apps/v1, kind: Deployment, name: app, scaleDown: onsuccess}
        """;

    public static string Template(string ns, string name, string comparison) => $$$$"""
        apiVersion: argoproj.io/v1alpha1
        kind: AnalysisTemplate
        metadata: {name: {{{{name}}}}, namespace: {{{{ns}}}}}
        spec:
          args: [{name: namespace}, {name: canary-pods}, {name: stable-pods}]
          metrics:
          - name: comparison
            provider: {plugin: {canaryanalyzer/compare: {{{{Indented(comparison)}}}}}}
        """;

    /// <summary>A PromotionPolicy; the fields beside selector and templates as YAML in braces, such as <c>mode: Observe, suspend: true</c>.</summary>
    public static string Policy(string ns, string name = "automatic", string fields = "maxDuration: 4m", string template = "canary-vs-stable") => $$$$"""
        apiVersion: canaryanalyzer.io/v1alpha1
        kind: PromotionPolicy
        metadata: {name: {{{{name}}}}, namespace: {{{{ns}}}}}
        spec: {selector: {matchLabels: {delivery: automatic}}, templates: [{templateName: {{{{template}}}}}], {{{{fields}}}}}
        """;

    private static string Indented(string flow) => flow.Replace("\n", "\n      ", StringComparison.Ordinal);
}
