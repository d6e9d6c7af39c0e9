using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Runs;

namespace CanaryAnalyzer.Core.Tests.Analysis.Runs;

public sealed class RunStatusJsonTests
{
    /// <summary>As Argo Rollouts writes it (reference fields of AnalysisRun.status).</summary>
    private const string Argos = """
        {"phase":"Failed","message":"Metric \"m\" assessed Failed due to failed (2) > failureLimit (1)","startedAt":"2024-05-17T09:30:00Z","completedAt":"2024-05-17T09:32:00Z",
        "metricResults":[{"name":"m","phase":"Failed","message":"x","dryRun":true,"count":3,"successful":1,"failed":2,"error":1,"consecutiveSuccess":1,
        "metadata":{"ResolvedPrometheusQuery":"up"},
        "measurements":[{"phase":"Successful","startedAt":"2024-05-17T09:30:00Z","finishedAt":"2024-05-17T09:30:00Z","value":"[1]"},
        {"phase":"Running","message":"m","startedAt":"2024-05-17T09:31:00Z","metadata":{"a":"b"},"resumeAt":"2024-05-17T09:33:00Z"}]}],
        "runSummary":{"count":1,"failed":1},"dryRunSummary":{}}
        """;

    [Fact]
    public void Status_of_argo_is_read_and_written_the_same()
    {
        using var document = JsonDocument.Parse(Argos);
        var status = RunStatusJson.Read(document.RootElement);
        Assert.Equal("m", status.Result("m")?.Name);
        Assert.Equal(2, status.Result("m")?.Failed);
        using var written = JsonDocument.Parse(RunStatusJson.Write(status).ToJsonString());
        Assert.True(JsonElement.DeepEquals(document.RootElement, written.RootElement), written.RootElement.GetRawText());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"phase": "Unheard", "metricResults": [3, {}, {"name": "x", "count": "y"}], "runSummary": 4}""")]
    public void Status_that_makes_no_sense_is_read_as_new(string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(AnalysisPhase.Pending, RunStatusJson.Read(document.RootElement).Phase);
    }

    [Fact]
    public void Spec_is_written_as_it_was_read()
    {
        const string Spec = """
            {"metrics":[{"name":"m","provider":{"prometheus":{"query":"up{a=\"{{args.a}}\"}"}}}],
            "args":[{"name":"a","value":"1"},{"name":"b","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}],
            "dryRun":[{"metricName":"m"}],"measurementRetention":[{"metricName":"m","limit":3}],"terminate":true,"ttlStrategy":{"secondsAfterFailure":4}}
            """;
        using var document = JsonDocument.Parse($$"""{"metadata": {"name": "r", "labels": {"rollout-type": "Pause"} }, "spec": {{Spec}} }""");
        Assert.True(AnalysisRunJson.TryRead(document.RootElement, out var run));
        Assert.Empty(run.FormErrors);
        Assert.Equal(RunPurpose.Pause, run.Purpose);
        Assert.Equal(ImmutableArray.Create(3), run.Spec.MeasurementRetention.Select(rule => rule.Limit));
        using var written = JsonDocument.Parse(AnalysisRunJson.Write(run.Spec).ToJsonString());
        Assert.True(JsonElement.DeepEquals(document.RootElement.GetProperty("spec"), written.RootElement), written.RootElement.GetRawText());
    }
}
