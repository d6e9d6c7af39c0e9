using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Hashing;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Rollouts.Strategies.Canary;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>
/// A small cluster: one Rollout and what belongs to it. Decisions are made come true in it, each effect checked against what must never happen; time goes
/// on only when told to.
/// </summary>
internal sealed class RolloutWorld
{
    public const string Name = "web";
    public const string Namespace = "shop";
    private const int MostPasses = 60;
    private static readonly ImmutableSortedDictionary<string, string> Labels = ImmutableSortedDictionary<string, string>.Empty.Add("app", Name);

    public static DateTimeOffset Begin { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Begin;

    public RolloutSpec Spec { get; set; } = new()
    {
        MatchLabels = Labels,
        SelectorText = "app=web",
        Replicas = 1,
        Strategy = new CanaryStrategy { CanaryService = "web-canary", StableService = "web-stable", Routes = [WorldRoute.Named("web")] },
    };

    public CanaryStrategy Canary => (CanaryStrategy)Spec.Strategy;

    /// <summary>What the controller would write for <c>spec.replicas</c>; null where the Rollout has one.</summary>
    public int? UnsetReplicas { get; set; }

    public RolloutStatus Status { get; set; } = new();

    public long Generation { get; set; } = 1;

    /// <summary>The wanted template; null where the workload is missing.</summary>
    public string? Wanted { get; set; }

    public int Revision { get; set; }

    public List<WorldVersion> Versions { get; } = [];

    public List<WorldRun> Runs { get; } = [];

    public WorldService CanaryService { get; } = new("web-canary");

    public WorldService StableService { get; } = new("web-stable");

    public List<WorldRoute> Routes { get; } = [new("web")];

    public List<PolicyObservation> Policies { get; } = [];

    public WorkloadObservation? Workload { get; set; }

    public bool IsNamespaceHeld { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public bool IsNamespaceDeleting { get; set; }

    public bool HasFinalizer { get; set; }

    /// <summary>Whether it was deleted, and nothing held that back any more.</summary>
    public bool IsGone { get; set; }

    public List<SpecError> Errors { get; } = [];

    public List<PodProblem> PodProblems { get; } = [];

    public List<string> UnknownFields { get; } = [];

    /// <summary>Names of ReplicaSets that belong to somebody else.</summary>
    public HashSet<string> TakenNames { get; } = new(StringComparer.Ordinal);

    /// <summary>How long the pods of a template take to be available; null for ever.</summary>
    public Dictionary<string, TimeSpan?> AvailableAfter { get; } = new(StringComparer.Ordinal);

    /// <summary>Templates whose pods cannot be made, and why.</summary>
    public Dictionary<string, string> Failures { get; } = new(StringComparer.Ordinal);

    /// <summary>Templates whose pods never end.</summary>
    public HashSet<string> KeptPods { get; } = new(StringComparer.Ordinal);

    public List<(DateTimeOffset At, RolloutEvent Event)> Events { get; } = [];

    /// <summary>How many effects the next pass makes before the controller is killed; null for all, and the status.</summary>
    public int? CrashAfter { get; set; }

    /// <summary>How many statuses in a row may wait for what follows, where they have no news; zero writes each.</summary>
    public int MostWaiting { get; set; }

    /// <summary>Told of each pass before it begins, with its number at this instant.</summary>
    public Action<int>? BeforePass { get; set; }

    /// <summary>How the next run ends, as soon as it is made; null lets it go on.</summary>
    public AnalysisPhase? QuickRuns { get; set; }

    /// <summary>How many statuses waited so far.</summary>
    public int Waited { get; private set; }

    private int waiting;

    public RolloutDecision? Last { get; private set; }

    public int HighestWeight => Routes.Max(r => r.HighestWeight);

    public WorldVersion? Version(string hash) => Versions.Find(v => v.Hash == hash);

    public WorldRun Run(string name) => Runs.Find(r => r.Made.Name == name) ?? throw new InvalidOperationException($"There is no run {name}: {string.Join(", ", Runs.Select(r => r.Made.Name))}.");

    public RolloutObservation Observe()
    {
        var hash = Wanted + (Status.CollisionCount > 0 ? $"x{Status.CollisionCount}" : "");
        return new RolloutObservation
        {
            Identity = new RolloutIdentity
            {
                Namespace = Namespace,
                Name = Name,
                Uid = "uid",
                Generation = Generation,
                Annotations = Revision == 0 ? ImmutableSortedDictionary<string, string>.Empty
                    : ImmutableSortedDictionary<string, string>.Empty.Add("rollout.argoproj.io/revision", $"{Revision}"),
                Resource = JsonDocument.Parse("""{"metadata":{"labels":{"team":"a"}}}""").RootElement,
                DeletedAt = DeletedAt,
                IsNamespaceDeleting = IsNamespaceDeleting,
                HasFinalizer = HasFinalizer,
            },
            Spec = Spec,
            UnsetReplicas = UnsetReplicas,
            Errors = [.. Errors],
            UnknownFields = [.. UnknownFields],
            Status = Status,
            Template = Wanted is null ? null : new PodTemplate("{}", hash, Labels),
            StepHash = PodHash.OfText(string.Join('|', Canary.Steps)),
            IsNameTaken = TakenNames.Contains($"{Name}-{hash}") || Versions.Exists(v => v.Hash == hash && (v.IsOrphan || !v.IsSelected)),
            Workload = Workload,
            ReplicaSets = [.. Versions.Where(v => !v.IsOrphan && v.IsSelected).Select(v => v.Observe(Wanted ?? "", Now))],
            Orphans = [.. Versions.Where(v => v.IsOrphan && v.IsSelected).Select(v => v.Name)],
            Strays = [.. Versions.Where(v => !v.IsOrphan && !v.IsSelected).Select(v => v.Name)],
            PodProblems = [.. PodProblems],
            CanaryService = CanaryService.Observe(),
            StableService = StableService.Observe(),
            Routes = [.. Routes.Select(r => r.Observe(Now))],
            Runs = [.. Runs.Select(r => r.Observe())],
            Policies = [.. Policies],
            IsNamespaceHeld = IsNamespaceHeld,
        };
    }

    /// <summary>Decides and makes it come true, unless the controller is killed on the way.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Pass()
    {
        if (IsGone) return false;
        var decision = RolloutDecider.Decide(Observe(), Now);
        Last = decision;
        var crash = CrashAfter;
        CrashAfter = null;
        foreach (var effect in decision.Effects.Take(crash ?? int.MaxValue))
        {
            Safety.Check(this, effect);
            EffectMaker.Make(this, effect);
        }

        if (crash is not null) return true;
        decision = decision with { NextStatus = Verified(decision) };
        if (waiting < MostWaiting && StatusText.Of(WrittenStatus.Of(decision.NextStatus)) != StatusText.Of(Status) && WaitingStatus.May(Status, decision))
        {
            waiting++;
            Waited++;
            return true;
        }

        waiting = 0;
        Events.AddRange(decision.Events.Select(e => (Now, e)));
        if (IsGone) return true;
        var before = StatusText.Of(Status);
        Status = WrittenStatus.Of(decision.NextStatus);
        return decision.Effects.Length > 0 || StatusText.Of(Status) != before;
    }

    // As the controller, which has the routes' answers before it writes.
    private RolloutStatus Verified(RolloutDecision decision)
    {
        var next = decision.NextStatus;
        var isVerified = decision.Effects.Any(e => e is Effect.SetRouteWeight) && Routes.TrueForAll(r => r.Observe(Now) is { IsAccepted: true } now && now.Carries(next.Weights!.Canary));
        return isVerified ? next with { Weights = next.Weights! with { Verified = true } } : next;
    }

    /// <summary>The object is gone, and the garbage collector takes what it owned.</summary>
    public void Collect()
    {
        IsGone = true;
        Versions.RemoveAll(v => !v.IsOrphan);
    }

    /// <summary>Passes until nothing is left to do at this instant.</summary>
    public void Settle()
    {
        foreach (var route in Routes) route.Tick(Now);
        for (var i = 0; i < MostPasses; i++)
        {
            BeforePass?.Invoke(i);
            if (!Pass()) return;
        }

        throw new InvalidOperationException($"No end after {MostPasses} passes; the last wanted {string.Join(", ", Last!.Effects)} and {StatusText.Of(Last.NextStatus)}.");
    }

    /// <summary>Lets time go on, with a pass at each instant at which something happens.</summary>
    public void AdvanceTo(DateTimeOffset end)
    {
        Settle();
        while (NextInstant() is { } next && next <= end)
        {
            Now = next;
            Settle();
        }

        Now = end;
        Settle();
    }

    public DateTimeOffset? NextInstant()
    {
        if (!IsGone && Last is { LookAgainAt: { } again } && again <= Now) throw new InvalidOperationException($"At {Now:T} nothing is left to do, and yet it wants to look again at {again:T}.");
        DateTimeOffset?[] instants =
        [
            IsGone ? null : Last?.LookAgainAt,
            .. Versions.SelectMany(v => v.Pods).Select(p => p.AvailableAt).Where(a => a > Now),
            .. Routes.Select(r => r.NextInstant(Now)),
        ];
        return instants.Min();
    }
}
