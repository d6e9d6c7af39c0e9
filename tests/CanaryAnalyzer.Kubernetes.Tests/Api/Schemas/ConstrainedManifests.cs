using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Mapping;

namespace CanaryAnalyzer.Kubernetes.Tests.Api.Schemas;

/// <summary>Sound manifests in which every field of ours is set, and the values that tests put into their fields.</summary>
internal static class ConstrainedManifests
{
    private const string Compare = """
        {"address": "http://prometheus:9090", "timeout": 20, "insecure": false, "headers": [{"key": "X-Scope-OrgID", "value": "a"}],
         "authentication": {"basicAuth": {"username": "u", "password": "p"}}, "canary": "pod=~\"web-2.*\"", "stable": "pod=~\"web-1.*\"", "interval": "30s", "minDuration": "5m",
         "maxDuration": "20h", "promote": "AtEnd", "risk": {"falseRollback": "1%", "falsePromotion": 0.05}, "power": "80%", "minRequests": 100, "history": "15m", "target": "pod",
         "scrapeInterval": "15s", "measures": [MEASURES]}
        """;

    private const string Errors = """{"name": "errors", "errorRate": {"requests": "requests_total", "errors": "errors_total"}, "by": ["route"], "weight": 2, "required": true, "margin": {"ratio": 1.5, "absolute": "1%"}, "tolerance": {"ratio": 1, "absolute": 0.001}, "warmup": "10s"}""";

    private static readonly string[] Texts =
    [
        "", " ", "x", "5", "-1", "1.5", "0.3", "0.52", "05", "0%", "5%", "55%", "60%", "100%", "200%", "25x", "ten", "0", "0s", "30s", ".5m", "10m", "-5m", "{{args.a}}", "http://p:9090",
        "ftp://p", "pod", "route", "Wait", "Promote", "AtEnd", "Higher", new string('n', 80),
    ];

    private static readonly string[] Others =
    [
        "0", "1", "-1", "-2", "2", "7", "150", "700", "0.05", "0.3", "0.52", "1.5", "3000000000", "true", "false", "[]", "{}", "[\"pod\"]", "[\"route\",\"a\",\"b\",\"c\"]", "[1]", "[\"1%\"]", "[\"10s\"]",
        """{"ratio":2}""", """{"ratio":2,"absolut":1}""", """{"nodata":"Wait"}""", """{"noData":"Wait"}""", """{"noData":"Promote"}""", """{"tooLittleTraffic":"Promote","inBetween":"Abort"}""", """{"name":"x"}""",
    ];

    /// <summary>The manifests by name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["rollout"] = SeedManifests.Rollout().ToJsonString().Replace(
            "\"maxUnavailable\":0,",
            """ "maxUnavailable":1,"scaleDownDelaySeconds":30,"scaleDownDelayRevisionLimit":2,"abortScaleDownDelaySeconds":30,"minPodsPerReplicaSet":1,"replicaProgressThreshold":{"type":"Percent","value":90},"analysis":{"templates":[{"templateName":"t"}],"startingStep":1},""",
            StringComparison.Ordinal).Replace("\"pause\":{}", "\"pause\":{\"duration\":\"5m\"}", StringComparison.Ordinal).Replace(
            "\"revisionHistoryLimit\":3,", "\"revisionHistoryLimit\":3,\"paused\":false,\"progressDeadlineSeconds\":800,\"progressDeadlineAbort\":true,", StringComparison.Ordinal),
        ["inline"] = """
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout", "metadata": {"name": "web", "namespace": "team"},
             "spec": {"selector": {"matchLabels": {"app": "web"}},
               "strategy": {"canary": {"canaryService": "web-canary", "stableService": "web-stable", "trafficRouting": {"plugins": {"argoproj-labs/gatewayAPI": {"httpRoute": "web"}}}}},
               "template": {"metadata": {"labels": {"app": "web"}, "annotations": {"team": "a"}, "creationTimestamp": null},
                 "spec": {"nodeSelector": {"disk": "ssd"}, "overhead": {"cpu": "10m"}, "initContainers": [{"name": "init", "image": "init:1"}],
                   "containers": [{"name": "web", "image": "web:1", "command": ["web"], "args": ["-p"], "env": [{"name": "MODE", "value": "a"}, {"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}],
                     "ports": [{"name": "http", "containerPort": 80}], "resources": {"limits": {"memory": "128Mi"}, "requests": {"cpu": 0.5}}, "livenessProbe": {"httpGet": {"port": 80}}}]}}}}
            """,
        ["policy"] = """
            {"apiVersion": "canaryanalyzer.io/v1alpha1", "kind": "PromotionPolicy", "metadata": {"name": "web", "namespace": "team"},
             "spec": {"selector": {"matchLabels": {"app": "web"}}, "mode": "Observe", "suspend": false, "templates": [{"templateName": "t", "clusterScope": true}],
               "args": [{"name": "a", "value": "1"}], "dryRun": [{"metricName": "m"}], "maxDuration": "30m", "onSuccessful": "Wait", "onFailed": "Wait",
               "onInconclusive": {"tooLittleTraffic": "Promote", "noData": "Wait", "queryError": "Abort", "trafficShare": "Wait", "inBetween": "Abort"}, "acceptUndetected": 5}}
            """,
        ["errorRate"] = Template(Errors),
        ["latency"] = Template("""{"name": "latency", "latency": {"histogram": "duration_seconds", "unit": "s"}, "by": ["route"], "weight": "0.5", "required": false, "margin": {"ratio": 2, "absolute": "1%"}, "tolerance": {"ratio": 1.1, "absolute": 0}, "bounds": ["250ms", "1s"], "tails": ["10%", 0.01], "minEffect": "55%", "warmup": "60s"}"""),
        ["series"] = Template("""{"name": "memory", "series": {"query": "memory_bytes", "worse": "Lower"}, "weight": 0.1, "required": false, "margin": "5%", "warmup": "0s"}"""),
        ["limit"] = Template("""{"name": "slo", "limit": {"requests": "requests_total", "errors": "errors_total", "max": "5%"}, "weight": 1, "required": true, "warmup": "0s"}"""),
        ["traffic"] = Template("""{"name": "share", "traffic": {"requests": "requests_total", "share": "10%"}, "required": false, "warmup": "0s"}, """ + Errors),
        ["query"] = OfMetric("""
            {"name": "m", "interval": "30s", "initialDelay": "1m", "count": 3, "successCondition": "result[0] > 1", "failureLimit": 1, "inconclusiveLimit": 1, "consecutiveErrorLimit": 4, "consecutiveSuccessLimit": 1,
             "provider": {"prometheus": {"query": "up"}}}
            """),
    };

    /// <summary>The values that are put into each field, as JSON.</summary>
    public static IEnumerable<string> Samples => Texts.Select(text => JsonSerializer.Serialize(text)).Concat(Others);

    /// <summary>The schema of a manifest's kind.</summary>
    public static ResourceSchema SchemaOf(JsonObject manifest) => ResourceSchema.Of(manifest["kind"]!.GetValue<string>());

    /// <summary>Where a manifest's kind is served.</summary>
    public static ResourceType TypeOf(JsonObject manifest) => manifest["kind"]!.GetValue<string>() switch
    {
        "Rollout" => ResourceType.Rollouts,
        "PromotionPolicy" => ResourceType.PromotionPolicies,
        _ => ResourceType.AnalysisTemplates,
    };

    /// <summary>What the controller, and so <c>canaryctl lint</c>, refuses about a manifest by itself; what it merely doesn't support is left out.</summary>
    public static IReadOnlyList<SpecError> ErrorsOf(JsonObject manifest) =>
    [
        .. (manifest["kind"]!.GetValue<string>() switch
        {
            "Rollout" => RolloutReader.Read(manifest).Errors,
            "PromotionPolicy" => PolicyReader.Read(manifest).Errors,
            _ => OfTemplate(manifest),
        }).Where(error => !error.Message.Contains("not supported here", StringComparison.Ordinal)),
    ];

    private static IEnumerable<SpecError> OfTemplate(JsonObject manifest)
    {
        var errors = SchemaErrors.Find(manifest, SchemaOf(manifest)).ToList();
        errors.AddRange(UnknownFields.Find(manifest, SchemaOf(manifest)).Select(field => new SpecError(field.Path, "is no known field")));
        if (AnalysisTemplateSpec.TryRead(JsonSerializer.SerializeToElement(manifest["spec"]), "spec", errors) is { } spec)
            errors.AddRange(TemplateCheck.Find(spec).Where(found => !found.IsWarning).Select(found => found.Error));
        return errors;
    }

    private static string Template(string measures) =>
        OfMetric("""{"name": "m", "provider": {"plugin": {"NAME": COMPARE}}}""".Replace("NAME", CompareSpec.ProviderName, StringComparison.Ordinal)
            .Replace("COMPARE", Compare.Replace("MEASURES", measures, StringComparison.Ordinal), StringComparison.Ordinal));

    private static string OfMetric(string metric) => """
        {"apiVersion": "argoproj.io/v1alpha1", "kind": "AnalysisTemplate", "metadata": {"name": "t", "namespace": "team"}, "spec": {"args": [{"name": "a"}], "metrics": [METRIC]}}
        """.Replace("METRIC", metric, StringComparison.Ordinal);
}
