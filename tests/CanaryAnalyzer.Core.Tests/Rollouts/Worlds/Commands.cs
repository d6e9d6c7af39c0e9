using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Rollouts.Commands;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>What people, pods and gateways do to a world, as scenario files write it.</summary>
internal static class Commands
{
    private static readonly Dictionary<string, Action<RolloutWorld, Words>> Known = new(StringComparer.Ordinal)
    {
        ["deploy"] = (world, words) => (world.Wanted, world.Generation) = (words.Next(), world.Generation + 1),
        ["spec"] = SpecCommands.Set,
        ["promote"] = Promote,
        ["abort"] = (world, _) => Give(world, SimpleCommands.Abort),
        ["plugin"] = Plugin,
        ["retry"] = (world, _) => Give(world, SimpleCommands.Retry),
        ["pods"] = Pods,
        ["delete"] = (world, words) => Delete(world, words.Next()),
        ["route"] = Route,
        ["service"] = Service,
        ["workload"] = Workload,
        ["policy"] = PolicyCommands.Policy,
        ["run"] = PolicyCommands.Run,
        ["judge"] = PolicyCommands.Judge,
        ["terminate"] = (world, words) => world.Run(words.Next()).Terminate(world.Now),
        ["namespace"] = (world, words) => world.IsNamespaceHeld = words.Next() == "held",
        ["crash"] = (world, words) => world.CrashAfter = words.Number(),
        ["quick"] = (world, words) => world.QuickRuns = Enum.Parse<AnalysisPhase>(words.Next()),
        ["invalid"] = (world, words) => world.Errors.Add(new SpecError(words.Next(), words.Rest())),
        ["healed"] = (world, _) => world.Errors.Clear(),
        ["unknown"] = (world, words) => world.UnknownFields.Add(words.Rest()),
        ["rollout"] = Rollout,
        ["taken"] = (world, words) => world.TakenNames.Add(words.Next()),
    };

    public static void Do(RolloutWorld world, string command)
    {
        var words = new Words(command);
        var name = words.Next();
        if (!Known.TryGetValue(name, out var known)) throw new FormatException($"There is no command {name}; known are {string.Join(", ", Known.Keys)}.");
        known(world, words);
        if (!words.AtEnd) throw new FormatException($"Too many words in: {command}");
    }

    private static void Promote(RolloutWorld world, Words words)
    {
        var isFull = words.TryTake("--full");
        Give(world, state => isFull ? Promotion.Full(state) : Promotion.Next(state, new SeenStep(null, world.Now)));
    }

    /// <summary>What the plugin of Argo Rollouts writes (reference §5): it knows no step that a user saw, and aborts whatever there is to abort.</summary>
    private static void Plugin(RolloutWorld world, Words words)
    {
        var status = world.Status;
        if (words.Next() == "abort")
        {
            world.Status = status with { Abort = true };
            return;
        }

        world.Spec = world.Spec with { Paused = false };
        var next = status.CurrentStepIndex is { } index && index < world.Canary.Steps.Length ? index + 1 : status.CurrentStepIndex;
        world.Status = status switch
        {
            _ when status.PauseConditions.Any(p => p.Reason == PauseCondition.InconclusiveAnalysis) => status with { PauseConditions = [], ControllerPause = false, CurrentStepIndex = next },
            { PauseConditions.IsEmpty: false } => status with { PauseConditions = [] },
            _ => status with { CurrentStepIndex = next },
        };
    }

    // What our own tools write.
    private static void Give(RolloutWorld world, Func<CommandState, CommandOutcome> command)
    {
        if (command(CommandState.Of("web", world.Status, world.Canary.Steps.Length, world.Spec.Paused)) is not CommandOutcome.Change change) return;
        world.Status = change.Status?.ApplyTo(world.Status) ?? world.Status;
        world.Spec = world.Spec with { Paused = change.Paused ?? world.Spec.Paused };
    }

    private static void Pods(RolloutWorld world, Words words)
    {
        var template = words.Next();
        var version = world.Version(template);
        switch (words.Next())
        {
            case "after":
                world.AvailableAfter[template] = words.Duration();
                break;
            case "never":
                world.AvailableAfter[template] = null;
                break;
            case "relabelled":
                version!.IsSelected = false;
                break;
            case "quota":
                world.Failures[template] = words.Rest();
                break;
            case "ending":
                world.KeptPods.Add(template);
                break;
            case "lose":
                version!.Change(words.Number(), isAvailable: false, world.Now);
                break;
            case "break":
                world.AvailableAfter[template] = null;
                version?.Change(int.MaxValue, isAvailable: false, world.Now);
                break;
            case "crash":
                version!.Change(1, isAvailable: false, world.Now);
                world.PodProblems.Clear();
                world.PodProblems.Add(new PodProblem
                {
                    Pod = $"{version.Name}-x2x",
                    Hash = version.Hash,
                    Kind = PodProblemKind.Crashed,
                    Container = "app",
                    Reason = "CrashLoopBackOff",
                    ExitCode = 137,
                    ExitReason = "OOMKilled",
                    Restarts = words.Number(),
                    EndedAt = world.Now,
                });
                break;
            case "heal":
                world.AvailableAfter[template] = TimeSpan.FromSeconds(1);
                version?.Change(words.AtEnd ? int.MaxValue : words.Number(), isAvailable: true, world.Now);
                break;
            default:
                throw new FormatException("pods VERSION after DURATION | never | relabelled | quota WHY | ending | lose N | crash TIMES | break | heal [N]");
        }
    }

    private static void Delete(RolloutWorld world, string name)
    {
        world.Versions.RemoveAll(v => v.Hash == name);
        world.Runs.RemoveAll(r => r.Made.Name == name);
    }

    private static void Route(RolloutWorld world, Words words)
    {
        var route = world.Routes[0];
        switch (words.Next())
        {
            case "weights":
                var canary = words.Number();
                route.Write(new RouteWeights(canary, 100 - canary), words.AtEnd ? new RouteWeights(canary, 100 - canary) : new RouteWeights(words.Number(), 100), world.Now);
                break;
            case "slow":
                route.AcceptedAfter = words.TryTake("never") ? null : words.Duration();
                break;
            case "refused":
                route.Complaint = words.Rest();
                break;
            case "fine":
                (route.Complaint, route.AcceptedAfter) = ("", TimeSpan.Zero);
                route.Write(route.First, route.Second, world.Now);
                break;
            case "missing":
                route.Exists = false;
                break;
            case "back":
                route.Exists = true;
                break;
            default:
                throw new FormatException("route weights N | slow DURATION | refused WHY | fine | missing | back");
        }
    }

    private static void Service(RolloutWorld world, Words words)
    {
        var service = words.Next() == "stable" ? world.StableService : world.CanaryService;
        switch (words.Next())
        {
            case "selects":
                service.Hash = words.TryTake("nothing") ? "" : words.Next();
                break;
            case "reapplied":
                (service.Hash, service.ManagedBy) = ("", "");
                break;
            case "missing":
                service.Exists = false;
                break;
            case "back":
                service.Exists = true;
                break;
            case "managed":
                service.ManagedBy = words.Next();
                break;
            case "app":
                service.App = words.Next();
                break;
            default:
                throw new FormatException("service stable|canary selects HASH | reapplied | missing | back | managed NAME | app NAME");
        }
    }

    private static void Rollout(RolloutWorld world, Words words)
    {
        switch (words.Next())
        {
            case "deleted":
                world.DeletedAt = world.Now;
                if (words.TryTake("orphaning")) world.Versions.ForEach(v => v.IsOrphan = true);
                world.IsNamespaceDeleting = words.TryTake("namespace");
                if (!world.HasFinalizer) world.Collect();
                break;
            case "applied":
                (world.IsGone, world.DeletedAt, world.Status, world.Revision) = (false, null, new RolloutStatus(), 0);
                break;
            case "unguarded":
                world.HasFinalizer = false;
                break;
            default:
                throw new FormatException("rollout deleted [orphaning | namespace] | applied | unguarded");
        }
    }

    private static void Workload(RolloutWorld world, Words words)
    {
        if (words.TryTake("missing")) (world.Wanted, world.Workload) = (null, null);
        else if (words.TryTake("available")) world.Workload = world.Workload! with { Available = words.Number() };
        else world.Workload = world.Workload! with { Replicas = words.Number(), Generation = world.Workload.Generation + 1 };
    }
}
