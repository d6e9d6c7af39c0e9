using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Hashing;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>The words about PromotionPolicies and AnalysisRuns.</summary>
internal static class PolicyCommands
{
    /// <summary><c>policy NAME gone</c>, <c>policy NAME invalid</c>, or the policy's fields as <c>name=value</c>.</summary>
    public static void Policy(RolloutWorld world, Words words)
    {
        var name = words.Next();
        var text = words.Rest();
        world.Policies.RemoveAll(p => p.Name == name);
        if (text == "gone") return;
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('=')).ToDictionary(f => f[0], f => f[^1], StringComparer.Ordinal);
        world.Policies.Add(new PolicyObservation
        {
            Name = name,
            Spec = Spec(fields),
            Errors = fields.ContainsKey("invalid") ? [new SpecError("spec.templates[0]", "AnalysisTemplate \"errors\" not found")] : [],
            Fingerprint = PodHash.OfText(text),
            ComparisonInterval = Duration(fields, "looks"),
            Watches = fields.ContainsKey("looks"),
            PromotesAtEnd = fields.ContainsKey("atEnd"),
            PromotesByDefault = fields.ContainsKey("byDefault"),
            ComparisonMinDuration = Duration(fields, "minDuration"),
            ComparisonMaxDuration = Duration(fields, "comparisonMaxDuration"),
        });
    }

    /// <summary><c>run NAME PHASE [message]</c>.</summary>
    public static void Run(RolloutWorld world, Words words)
    {
        var run = world.Run(words.Next());
        var phase = words.Next();
        if (phase == "unproven") run.ProvesSuccess = false;
        run.End(phase == "unproven" ? AnalysisPhase.Successful : Enum.Parse<AnalysisPhase>(phase), words.Rest(), world.Now);
    }

    /// <summary><c>judge NAME reason=… look=… evidence=… at=… next=… ratio=… requests=no "sentence"</c>: the latest look of a run's comparison.</summary>
    public static void Judge(RolloutWorld world, Words words)
    {
        var run = world.Run(words.Next());
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var sentence = "";
        while (!words.AtEnd)
        {
            var word = words.Next();
            if (word.Split('=') is [var key, var value]) fields[key] = value;
            else sentence = word;
        }

        if (fields.TryGetValue("next", out var next)) run.NextLookAt = RolloutWorld.Begin + Words.DurationOf(next);
        run.Verdict = new JudgedVerdict(
            sentence,
            Enum.Parse<VerdictReason>(fields.GetValueOrDefault("reason", nameof(VerdictReason.InBetween))),
            (int)Number(fields, "look", 1),
            Number(fields, "evidence", 1),
            100,
            fields.TryGetValue("at", out var at) ? RolloutWorld.Begin + Words.DurationOf(at) : world.Now,
            fields.ContainsKey("ratio") ? Number(fields, "ratio", 0) : null,
            fields.GetValueOrDefault("requests") != "no");
    }

    private static PromotionPolicySpec Spec(Dictionary<string, string> fields) => new()
    {
        Analysis = new RolloutAnalysis { Templates = [new AnalysisTemplateReference("errors", false)], Arguments = [new AnalysisArgument("team", null, FieldPath: "metadata.labels['team']")] },
        Mode = fields.ContainsKey("observe") ? PolicyMode.Observe : PolicyMode.Enforce,
        Suspend = fields.ContainsKey("suspend"),
        MaxDuration = Duration(fields, "maxDuration") ?? TimeSpan.FromMinutes(30),
        OnSuccessful = Action(fields, "onSuccessful", GateAction.Promote),
        OnFailed = Action(fields, "onFailed", GateAction.Abort),
        OnInconclusive = Enum.GetValues<UndecidedReason>().ToImmutableSortedDictionary(r => r, r => Action(fields, $"{char.ToLowerInvariant($"{r}"[0])}{$"{r}"[1..]}", GateAction.Wait)),
        AcceptUndetected = fields.ContainsKey("acceptUndetected") ? Number(fields, "acceptUndetected", 0) : null,
    };

    private static TimeSpan? Duration(Dictionary<string, string> fields, string name) => fields.TryGetValue(name, out var text) ? Words.DurationOf(text) : null;

    private static GateAction Action(Dictionary<string, string> fields, string name, GateAction otherwise) =>
        fields.TryGetValue(name, out var text) ? Enum.Parse<GateAction>(text) : otherwise;

    private static double Number(Dictionary<string, string> fields, string name, double otherwise) =>
        fields.TryGetValue(name, out var text) ? double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;
}
