using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Observations;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>Makes effects come true in a world.</summary>
internal static class EffectMaker
{
    public static void Make(RolloutWorld world, Effect effect)
    {
        switch (effect)
        {
            case Effect.CreateReplicaSet create:
                world.Versions.Add(new WorldVersion(world.Wanted!, create.Hash, create.Revision, world.Now) { RolloutReplicas = world.Spec.Replicas, MinReadySeconds = world.Spec.MinReadySeconds });
                world.Versions[^1].Failure = world.Failures.GetValueOrDefault(world.Wanted!, "");
                world.Versions[^1].KeepsPods = world.KeptPods.Contains(world.Wanted!);
                if (create.Replicas > 0) world.Versions[^1].Scale(create.Replicas, world.Now, world.AvailableAfter.GetValueOrDefault(world.Wanted!, TimeSpan.FromSeconds(1)));
                break;
            case Effect.UpdateReplicaSet update:
                Update(world, update);
                break;
            case Effect.DeleteReplicaSet delete:
                world.Versions.RemoveAll(v => v.Name == delete.Name);
                break;
            case Effect.SelectVersion select:
                var service = select.Name == world.StableService.Name ? world.StableService : world.CanaryService;
                (service.Hash, service.ManagedBy) = (select.Hash, RolloutWorld.Name);
                break;
            case Effect.SetRouteWeight weight:
                var weights = new RouteWeights(weight.CanaryWeight, 100 - weight.CanaryWeight);
                world.Routes.Find(r => r.Reference == weight.Route)!.Write(weights, weights, world.Now);
                break;
            case Effect.ScaleWorkload scale:
                world.Workload = world.Workload! with
                {
                    Replicas = scale.Replicas,
                    Generation = world.Workload.Generation + 1,
                    Available = Math.Min(scale.Replicas, world.Workload.Available),
                };
                break;
            case Effect.SetReplicas set:
                world.Spec = world.Spec with { Replicas = set.Replicas };
                (world.UnsetReplicas, world.Generation) = (null, world.Generation + 1);
                break;
            case Effect.AnnotateRevision annotate:
                world.Revision = annotate.Revision;
                break;
            case Effect.CreateAnalysisRun create:
                var second = world.Now.AddTicks(-(world.Now.Ticks % TimeSpan.TicksPerSecond));
                world.Runs.Add(new WorldRun(create, second));
                if (world.QuickRuns is { } phase) world.Runs[^1].End(phase, "", world.Now);
                world.QuickRuns = null;
                break;
            case Effect.RecordRelease record:
                world.Versions.Find(v => v.Name == record.ReplicaSet)?.Record = record.Record;
                break;
            case Effect.TerminateAnalysisRun terminate:
                world.Run(terminate.Name).Terminate(world.Now);
                break;
            case Effect.DeleteAnalysisRun delete:
                world.Runs.Remove(world.Run(delete.Name));
                break;
            default:
                Own(world, effect);
                break;
        }
    }

    /// <summary>What begins and ends that something is the Rollout's.</summary>
    private static void Own(RolloutWorld world, Effect effect)
    {
        switch (effect)
        {
            case Effect.AdoptReplicaSet adopt:
                world.Versions.Find(v => v.Name == adopt.Name)!.IsOrphan = false;
                break;
            case Effect.ReleaseReplicaSet stray:
                world.Versions.Find(v => v.Name == stray.Name)!.IsOrphan = true;
                break;
            case Effect.ReleaseService release:
                var released = release.Name == world.StableService.Name ? world.StableService : world.CanaryService;
                (released.Hash, released.ManagedBy) = ("", "");
                break;
            case Effect.AddFinalizer:
                world.HasFinalizer = true;
                break;
            case Effect.RemoveFinalizer:
                world.HasFinalizer = false;
                if (world.DeletedAt is not null) world.Collect();
                break;
            default:
                throw new NotSupportedException($"The world knows no {effect}.");
        }
    }

    private static void Update(RolloutWorld world, Effect.UpdateReplicaSet update)
    {
        var version = world.Versions.Find(v => v.Name == update.Name)!;
        if (update.Revision is { } revision) (version.Revision, version.History) = revision;
        if (update.Deadline.IsChange) version.Deadline = update.Deadline.Deadline;
        version.RolloutReplicas = update.RolloutReplicas ?? version.RolloutReplicas;
        version.MinReadySeconds = update.MinReadySeconds ?? version.MinReadySeconds;
        if (update.Replicas is { } replicas) version.Scale(replicas, world.Now, world.AvailableAfter.GetValueOrDefault(version.Template, TimeSpan.FromSeconds(1)));
    }
}
