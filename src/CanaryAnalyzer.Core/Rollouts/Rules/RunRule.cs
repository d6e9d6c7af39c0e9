using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Ends every run that the update no longer follows; and how a run is begun.</summary>
internal static class RunRule
{
    public static void Apply(DecisionDraft draft)
    {
        string?[] followed = [draft.Status.StepRun?.Name, draft.Status.BackgroundRun?.Name, draft.Status.Release?.Run?.Name];
        foreach (var run in draft.Seen.Runs)
        {
            if (run.Kind == AnalysisRunKind.Other || run.IsCompleted || run.IsTerminated || followed.Contains(run.Name)) continue;

            if (draft.EndsRunsLater && IsLeft(draft, run.Name)) draft.LookAgain(draft.Now);
            else draft.Do(new Effect.TerminateAnalysisRun(run.Name));
        }
    }

    /// <summary>Follows a run that already stands for this place and still measures, or makes one.</summary>
    /// <param name="draft">The decision so far.</param>
    /// <param name="wanted">The run as it would be made; its name may get a number behind it.</param>
    public static AnalysisRunReference AdoptOrCreate(DecisionDraft draft, Effect.CreateAnalysisRun wanted)
    {
        var same = draft.Seen.Runs.Where(r => r.Kind == wanted.Kind && r.PodHash == wanted.PodHash && r.StepIndex == wanted.StepIndex).ToList();
        var running = same.FirstOrDefault(r => !r.IsCompleted && !r.IsTerminated && r.Fingerprint == wanted.Fingerprint && !IsLeft(draft, r.Name));
        if (running is not null) return new AnalysisRunReference(running.Name, running.Phase, running.Message);
        var name = wanted.Name;
        for (var i = 1; IsLeft(draft, name) || draft.Seen.Runs.Any(r => r.Name == name); i++) name = $"{wanted.Name}.{i}";
        draft.Do(wanted with { Name = name });
        return new AnalysisRunReference(name, AnalysisPhase.Pending, "");
    }

    // A run that was followed until now and no longer is belongs to steps or settings that have changed.
    private static bool IsLeft(DecisionDraft draft, string run)
    {
        var before = draft.Seen.Status;
        return run == before.StepRun?.Name || run == before.BackgroundRun?.Name || run == before.Release?.Run?.Name;
    }

    /// <summary>Gives every argument its value.</summary>
    public static RolloutAnalysis WithValues(DecisionDraft draft, RolloutAnalysis analysis, IEnumerable<KeyValuePair<string, string>> more)
    {
        var given = analysis.Arguments
            .Select(a => a with { Value = ArgumentValues.Of(a, draft.Seen.Identity.Resource, draft.Status.StableHash, draft.Status.CurrentPodHash) ?? "" })
            .Select(a => new AnalysisArgument(a.Name, a.Value)).ToImmutableArray();
        var added = more.Where(m => given.All(g => g.Name != m.Key)).Select(m => new AnalysisArgument(m.Key, m.Value));
        return analysis with { Arguments = given.AddRange(added) };
    }

    /// <summary>The name of a run, without a number behind it.</summary>
    public static string Name(DecisionDraft draft, int? stepIndex) =>
        $"{draft.Seen.Identity.Name}-{draft.Status.CurrentPodHash}-{draft.Revision}" + (stepIndex is { } index ? $"-{index}" : "");

    /// <summary>A run as it is made for the version at work.</summary>
    public static Effect.CreateAnalysisRun Wanted(DecisionDraft draft, RolloutAnalysis analysis, AnalysisRunKind kind, int? stepIndex) => new()
    {
        Name = Name(draft, stepIndex),
        Kind = kind,
        PodHash = draft.Status.CurrentPodHash,
        Revision = draft.Revision,
        StepIndex = stepIndex,
        Analysis = WithValues(draft, analysis, Placeholders(draft)),
    };

    /// <summary>The arguments that the controller knows by itself; a template takes those that it declares.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Placeholders(DecisionDraft draft)
    {
        var rollout = draft.Seen.Identity;
        var canaryWeight = draft.Status.Weights?.Canary ?? 0;
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["rollout"] = rollout.Name,
            ["namespace"] = rollout.Namespace,
            ["canary-hash"] = draft.Status.CurrentPodHash,
            ["stable-hash"] = draft.Status.StableHash,
            ["canary-pods"] = PodNames.Pattern(draft.Current!.Name),
            ["stable-pods"] = PodNames.Pattern(draft.Stable!.Name),
            ["canary-service"] = draft.Spec.Strategy.Services.Canary,
            ["stable-service"] = draft.Spec.Strategy.Services.Stable,
            ["canary-weight"] = $"{canaryWeight}",
        };
    }
}
