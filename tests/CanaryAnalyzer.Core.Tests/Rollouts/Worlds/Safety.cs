using CanaryAnalyzer.Core.Effects;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>What no effect may ever do, whatever the world.</summary>
internal static class Safety
{
    public static void Check(RolloutWorld world, Effect effect)
    {
        var fault = effect switch
        {
            Effect.CreateReplicaSet create when world.Versions.Exists(v => v.Name == create.Name) || world.TakenNames.Contains(create.Name) => "makes a ReplicaSet whose name is taken",
            Effect.UpdateReplicaSet update => Update(world, update),
            Effect.DeleteReplicaSet delete when world.Versions.Find(v => v.Name == delete.Name)!.Pods.Count > 0 => "deletes a version with pods",
            Effect.SelectVersion select => Select(world, select),
            Effect.SetRouteWeight set => Weigh(world, set),
            Effect.CreateAnalysisRun create => Create(world, create),
            Effect.ScaleWorkload { Replicas: < 0 } => "scales the workload below zero",
            _ => null,
        };
        if (fault is not null) throw new UnsafeEffectException($"At {(world.Now - RolloutWorld.Begin).TotalSeconds} s: {effect} {fault}.");
    }

    private static string? Update(RolloutWorld world, Effect.UpdateReplicaSet update)
    {
        var version = world.Versions.Find(v => v.Name == update.Name);
        if (version is null) return "changes a ReplicaSet that is not there";
        if (update.Replicas is not { } replicas || replicas >= version.Desired) return null;
        if (replicas < 0) return "scales below zero";
        var needed = Needed(world, version.Hash);
        return replicas < Math.Min(needed, version.Available(world.Now)) ? $"leaves {replicas} pods to a version whose share of the traffic needs {needed}" : null;
    }

    /// <summary>The pods that a version's share of the traffic needs, by what is written or still in force.</summary>
    private static int Needed(RolloutWorld world, string hash)
    {
        var replicas = world.Spec.Replicas;
        if (world.StableService.ManagedBy.Length > 0 && world.StableService.Hash == hash && world.HighestWeight < 100) return replicas;
        var isCanary = world.CanaryService.ManagedBy.Length > 0 && world.CanaryService.Hash == hash;
        return isCanary ? (int)Math.Ceiling(world.HighestWeight * replicas / 100.0) : 0;
    }

    private static string? Select(RolloutWorld world, Effect.SelectVersion select)
    {
        var isAvailable = world.Version(select.Hash)?.Available(world.Now) > 0;
        var isCanary = select.Name == world.CanaryService.Name;
        if (isAvailable) return null;
        return isCanary && world.Routes.TrueForAll(r => r.First.Canary == 0 && r.Second.Canary == 0) ? null : "points a Service with traffic at a version without available pods";
    }

    private static string? Weigh(RolloutWorld world, Effect.SetRouteWeight set)
    {
        var route = world.Routes.Find(r => r.Reference == set.Route)!;
        if (set.CanaryWeight is < 0 or > 100) return "sets a weight that is no share";
        var isRaised = set.CanaryWeight > Math.Min(route.First.Canary, route.Second.Canary);
        if (isRaised && !(world.Version(world.CanaryService.Hash)?.Available(world.Now) > 0)) return "gives weight to a canary without available pods";
        var isLowered = set.CanaryWeight < Math.Max(route.First.Canary, route.Second.Canary);
        var isStableServing = world.StableService.ManagedBy.Length == 0 || world.Version(world.StableService.Hash)?.Available(world.Now) > 0;
        var isCanaryServing = world.Version(world.CanaryService.Hash)?.Available(world.Now) > 0;
        if (isLowered && !isStableServing && isCanaryServing) return "gives weight to a stable version without available pods, away from a canary that serves";
        return null;
    }

    private static string? Create(RolloutWorld world, Effect.CreateAnalysisRun create)
    {
        if (world.Runs.Exists(r => r.Made.Name == create.Name)) return "makes a run whose name is taken";
        return world.Runs.Exists(r => r.CompletedAt is null && !r.IsTerminated && r.Made.Kind == create.Kind && r.Made.PodHash == create.PodHash
            && r.Made.StepIndex == create.StepIndex && r.Made.Fingerprint == create.Fingerprint && r.Made.Name != world.Status.StepRun?.Name && r.Made.Name != world.Status.BackgroundRun?.Name)
            ? "makes a second run beside one that measures the same" : null;
    }
}
