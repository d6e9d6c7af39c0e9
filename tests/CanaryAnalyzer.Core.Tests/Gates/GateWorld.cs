using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Specs;

namespace CanaryAnalyzer.Core.Tests.Gates;

/// <summary>Facts about one pause, as an engine's adapter would give them: it began at <see cref="Begin"/>, and times are counted from there.</summary>
internal static class GateWorld
{
    public const string Version = "v2";

    public static DateTimeOffset Begin { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static PromotionPolicySpec Spec { get; } = new()
    {
        Analysis = new RolloutAnalysis { Templates = [new AnalysisTemplateReference("errors", false)] },
        OnInconclusive = ImmutableSortedDictionary<UndecidedReason, GateAction>.Empty,
    };

    public static PolicyObservation Policy { get; } = new() { Name = "web", Spec = Spec, Fingerprint = "a" };

    public static PolicyObservation Comparison { get; } = Policy with { ComparisonInterval = TimeSpan.FromSeconds(30) };

    public static GateFacts Facts { get; } = new() { Pause = new PauseFacts(1, Begin, null, IsLast: true), Version = Version, Policies = [Policy] };

    public static DateTimeOffset At(double seconds) => Begin + TimeSpan.FromSeconds(seconds);

    public static GateAnswer Decide(GateFacts facts, double seconds) => Gate.Decide(facts, At(seconds));

    public static PolicyObservation With(this PolicyObservation policy, Func<PromotionPolicySpec, PromotionPolicySpec> change) =>
        policy with { Spec = change(policy.Spec!) };

    public static PolicyObservation On(this PolicyObservation policy, UndecidedReason reason, GateAction action) =>
        policy.With(s => s with { OnInconclusive = s.OnInconclusive.SetItem(reason, action) });

    public static GateFacts Under(this GateFacts facts, params PolicyObservation[] policies) => facts with { Policies = [.. policies] };

    /// <summary>A run that the status names.</summary>
    public static GateFacts Following(this GateFacts facts, AnalysisRunObservation run) =>
        facts with { Runs = facts.Runs.Add(run), Followed = run.Name, FollowedBefore = run.Name };

    /// <summary>Another decision on the status that one left.</summary>
    public static GateFacts After(this GateFacts facts, GateAnswer answer, double shownAt = 0) =>
        facts with { Status = answer.Status, ReasonShownAt = answer.Status?.WaitingReason.Length > 0 ? At(shownAt) : null };

    public static AnalysisRunObservation Run(AnalysisPhase phase = AnalysisPhase.Running, double from = 0, double? to = null, string name = "run-1") => new()
    {
        Name = name,
        Kind = AnalysisRunKind.Pause,
        PodHash = Version,
        StepIndex = 1,
        Fingerprint = "a",
        Phase = phase,
        CreatedAt = At(from),
        CompletedAt = phase is AnalysisPhase.Running or AnalysisPhase.Pending ? null : At(to ?? from),
        ProvesSuccess = phase == AnalysisPhase.Successful,
    };

    public static AnalysisRunObservation Saying(
        this AnalysisRunObservation run, VerdictReason reason, double? at = null, double? evidence = 1, double? ratio = null, bool hasRequests = true) =>
        run with { Verdict = new JudgedVerdict("errors as usual", reason, 3, evidence, 100, at is { } seconds ? At(seconds) : null, ratio, hasRequests) };
}
