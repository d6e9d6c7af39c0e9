using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

/// <summary>Runs that nobody checked before they came: made with kubectl, by Kargo, by a hook.</summary>
public sealed class AnalysisRunsTests
{
    private const string Sound = """
        {
          "apiVersion": "argoproj.io/v1alpha1", "kind": "AnalysisRun", "metadata": {"name": "smoke", "namespace": "team", "finalizers": ["foregroundDeletion"]},
          "spec": {
            "args": [{"name": "service", "value": "web"}, {"name": "token", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}],
            "dryRun": [{"metricName": "rate"}],
            "measurementRetention": [{"metricName": "rate", "limit": 3}],
            "ttlStrategy": {"secondsAfterCompletion": 60},
            "terminate": false,
            "metrics": [
              {"name": "rate", "interval": "1m", "count": 3, "failureLimit": 3, "successCondition": "result[0] >= 0.95",
               "provider": {"prometheus": {"address": "http://a:9090", "query": "up{service=\"{{args.service}}\"}", "authentication": {"sigv4": {}, "oauth2": {}}, "timeout": 30}}}
            ]
          },
          "status": {"phase": "Running", "somethingNew": true}
        }
        """;

    [Fact]
    public void Run_with_every_field_in_its_place_has_nothing_wrong() => Assert.Empty(Problems(Sound));

    [Theory]
    [InlineData("\"successCondition\"", "\"succesCondition\"", "spec.metrics[0].succesCondition: is not a known field; did you mean successCondition?")]
    [InlineData("\"failureLimit\"", "\"failurelimit\"", "spec.metrics[0].failurelimit: is not a known field; did you mean failureLimit?")]
    [InlineData("\"dryRun\"", "\"dryrun\"", "spec.dryrun: is not a known field; did you mean dryRun?")]
    [InlineData("\"dryRun\": [{\"metricName\"", "\"dryRun\": [{\"metricname\": \"x\", \"metricName\"", "spec.dryRun[0].metricname: is not a known field; did you mean metricName?")]
    [InlineData("\"limit\": 3", "\"limits\": 3, \"limit\": 3", "spec.measurementRetention[0].limits: is not a known field; did you mean limit?")]
    [InlineData("\"value\": \"web\"", "\"value\": \"web\", \"vale\": \"x\"", "spec.args[0].vale: is not a known field; did you mean value?")]
    [InlineData("\"key\": \"k\"", "\"key\": \"k\", \"kay\": \"x\"", "spec.args[1].valueFrom.secretKeyRef.kay: is not a known field; did you mean key?")]
    [InlineData("\"secondsAfterCompletion\"", "\"secondsAfterCompleted\"", "spec.ttlStrategy.secondsAfterCompleted: is not a known field; did you mean secondsAfterCompletion?")]
    [InlineData("\"address\"", "\"adress\"", "spec.metrics[0].provider.prometheus.adress: is not a known field; did you mean address?")]
    [InlineData("\"prometheus\": {\"address\"", "\"prometheus\": {\"count\": 3, \"address\"", "spec.metrics[0].provider.prometheus.count: is not a known field; did you mean spec.metrics[].count?")]
    [InlineData("\"spec\": {", "\"specs\": {}, \"spec\": {", "specs: is not a known field; did you mean spec?")]
    public void Misspelt_field_is_named_once_with_what_was_meant(string right, string wrong, string expected) =>
        Assert.Equal([expected], Problems(Sound.Replace(right, wrong, StringComparison.Ordinal)));

    private static IEnumerable<string> Problems(string json) => RunPlan.Of(AnalysisRuns.Read(JsonNode.Parse(json)!.AsObject())!).Errors.Select(error => error.ToString());
}
