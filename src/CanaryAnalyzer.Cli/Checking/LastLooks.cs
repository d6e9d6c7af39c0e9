using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Rendering;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Checking;

/// <summary>What the controller's own last looks at this Rollout came to: whether it reached Prometheus is to be seen there alone.</summary>
internal sealed class LastLooks(ClusterFacts facts, DateTimeOffset now)
{
    /// <summary>Whether the controller's last look was answered.</summary>
    public static bool WereAnswered(ClusterFacts facts) => Read(facts) is { Count: > 0 } looks && looks.TrueForAll(look => !look.Failed);

    public IEnumerable<CheckLine> Lines()
    {
        const string Topic = "Metrics";
        var looks = Read(facts);
        if (looks.Count == 0)
            yield return new CheckLine(CheckState.Warning, Topic, "the controller has not looked for this Rollout yet: whether it reaches Prometheus can't be told, only whether this machine does");
        foreach (var look in looks)
        {
            var place = $"{look.Metric} (AnalysisRun {look.Run}{(look.At is { } at ? $", {HumanDuration.Format(now - at)} ago" : "")})";
            yield return look.Failed
                ? new CheckLine(CheckState.Bad, Topic, $"the controller's last look at {place} was not answered: {look.Message}", "mend what the message names; the controller asks again by itself")
                : new CheckLine(CheckState.Ok, Topic, $"the controller's last look at {place} was answered");
        }
    }

    private static List<Look> Read(ClusterFacts facts)
    {
        var runs = facts.View.OwnedBy(ResourceType.AnalysisRuns, facts.Rollout.Text("metadata", "uid") ?? "").OrderByDescending(run => run.Instant("metadata", "creationTimestamp"));
        return [.. runs.Select(Looks).FirstOrDefault(looks => looks.Count > 0) ?? []];
    }

    private static List<Look> Looks(JsonObject run) =>
    [
        .. from metric in run.Items("status", "metricResults")
           let last = metric.Items("measurements").LastOrDefault()
           let value = VerdictValue.Read(last.Text("value"), out _)
           where value is not null
           select new Look(
               run.Text("metadata", "name") ?? "", metric.Text("name") ?? "", value.Reason == VerdictReason.QueryError, last.Text("message") ?? "", value.At ?? last.Instant("finishedAt")),
    ];

    private sealed record Look(string Run, string Metric, bool Failed, string Message, DateTimeOffset? At);
}
