using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Client.Views;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Dashboard.Authorisation;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CanaryAnalyzer.Dashboard.Explanations;

/// <summary>Answers why a verdict is what it is: the last looks, whole.</summary>
internal sealed class ExplanationEndpoints(ExplanationStore store, ReleaseHistory history, IClusterView view, RequestAuthoriser authoriser)
{
    private const string Root = "/api/v1/namespaces/{ns}";

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet($"{Root}/analysisruns/{{name}}/explanation", (HttpContext http, string ns, string name) => RunAsync(http, ns, name));
        app.MapGet($"{Root}/rollouts/{{name}}/explanation", (HttpContext http, string ns, string name) => RolloutAsync(http, ns, name));
    }

    private async Task<IResult> RunAsync(HttpContext http, string inNamespace, string name) =>
        await authoriser.RefuseAsync(http, inNamespace) ?? Explain(http, new ResourceKey(inNamespace, name));

    private async Task<IResult> RolloutAsync(HttpContext http, string inNamespace, string name)
    {
        if (await authoriser.RefuseAsync(http, inNamespace) is { } refusal) return refusal;
        if (view.Get(ResourceType.Rollouts, new ResourceKey(inNamespace, name)) is not { } rollout)
            return Answers.Problem(StatusCodes.Status404NotFound, "NotFound", $"There is no Rollout {name} in namespace {inNamespace}");
        var last = history.Last(rollout);
        if (!RunState.IsReleasing(rollout) && last.Text("run") is { } judged) return Explain(http, new ResourceKey(inNamespace, judged), name, last);
        return JudgingRun.Last(rollout) is { } run ? Explain(http, new ResourceKey(inNamespace, run), name) : NotJudged(rollout, name, last);
    }

    private IResult Explain(HttpContext http, ResourceKey key, string? rollout = null, JsonObject? release = null)
    {
        var (looks, source) = Looks(key, release is not null);
        if (source is null) return Nothing(key);
        if (http.Request.Query["metric"].FirstOrDefault() is { Length: > 0 } metric)
        {
            if (!looks.TryGetValue(metric, out var one))
                return Answers.Problem(StatusCodes.Status404NotFound, "NoSuchMetric", $"AnalysisRun {key.Name} has no explained metric {metric}; it has {string.Join(", ", looks.Keys)}");
            looks = new Dictionary<string, IReadOnlyList<KeptLook>>(StringComparer.Ordinal) { [metric] = one };
        }

        var body = new JsonObject { ["namespace"] = key.Namespace, ["analysisRun"] = key.Name };
        if (rollout is not null) body["rollout"] = rollout;
        if (release is not null)
        {
            body["message"] = ReleaseHistory.Sentence(release);
            body["release"] = release.DeepClone();
        }

        if (source.Length > 0) body["source"] = source;
        body["metrics"] = new JsonArray([.. looks.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => Metric(m.Key, m.Value))]);
        return Answers.Json(StatusCodes.Status200OK, body);
    }

    /// <summary>The looks and where they are from: empty for this controller's memory, null where there are none.</summary>
    private (IReadOnlyDictionary<string, IReadOnlyList<KeptLook>> Looks, string? Source) Looks(ResourceKey key, bool hasRecord)
    {
        var looks = store.Of(key);
        if (looks.Count > 0) return (looks, "");
        if (view.Get(ResourceType.AnalysisRuns, key) is { } run && RunState.HasEnded(run)) looks = RunState.ShortLooks(run);
        return (looks, looks.Count > 0 ? "status" : hasRecord ? "record" : null);
    }

    private static IResult NotJudged(JsonObject rollout, string name, JsonObject? last)
    {
        var before = last is null ? "" : $". {ReleaseHistory.Sentence(last)}" + (last.Text("run") is { } run ? $"; it was judged by AnalysisRun {run}" : ", and no AnalysisRun judged it");
        var message = RunState.IsReleasing(rollout) || last is null ? $"No AnalysisRun judges Rollout {name} now: ask again at its next pause" : $"No AnalysisRun judges Rollout {name}: no release is under way";
        return Answers.Problem(StatusCodes.Status404NotFound, "NotJudged", message + before);
    }

    private IResult Nothing(ResourceKey key)
    {
        if (view.Get(ResourceType.AnalysisRuns, key) is not { } run)
            return Answers.Problem(StatusCodes.Status404NotFound, "NotFound", $"There is no AnalysisRun {key.Name} in namespace {key.Namespace}");
        if (RunState.HasEnded(run))
            return Answers.Problem(StatusCodes.Status404NotFound, "Forgotten", $"AnalysisRun {key.Name} has ended, and its looks are not kept any more; its status has the short form");
        var next = RunState.NextLookAt(run);
        return Answers.Problem(
            StatusCodes.Status404NotFound,
            "NotLookedYet",
            $"This controller has not looked for AnalysisRun {key.Name} since it started or began to lead, or the run compares nothing; "
            + (next is { } at ? $"the next look is at {KubernetesTime.Format(at)}" : "no next look is planned yet"),
            next);
    }

    private static JsonObject Metric(string name, IReadOnlyList<KeptLook> looks) => new()
    {
        ["name"] = name,
        ["looks"] = new JsonArray([.. looks.Select(l => new JsonObject { ["at"] = KubernetesTime.Format(l.At), ["explanation"] = Parse(l.Explanation) })]),
    };

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
