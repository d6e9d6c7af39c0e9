using CsCheck;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>A random course of events: a spec, then commands with time between them. Replayed, it goes the same way.</summary>
internal sealed record Script(string[] Given, (int Kind, int Pick, double Wait)[] Moves)
{
    private static readonly string[] Steps =
        ["weight 20", "weight 50", "weight 75", "weight 0", "weight 100", "pause", "pause 30s", "analysis"];

    private static readonly string[] Settings =
    [
        "spec scaleDownDelay 0s", "spec scaleDownDelay 20s", "spec scaleDownDelayRevisionLimit 1", "spec scaleDownDelayRevisionLimit 0", "spec abortScaleDownDelay 10s",
        "spec abortScaleDownDelay never", "spec progressDeadline 40s", "spec progressDeadlineAbort", "spec revisionHistoryLimit 1", "spec background 0", "spec background 1",
        "spec threshold 50", "spec minPods 2", "spec workload onsuccess 3", "spec workload progressively 3", "route slow 3s", "route slow 700ms", "pods v2 never", "pods v2 after 5s",
        "policy web maxDuration=1m", "policy web maxDuration=1m looks=5s inBetween=Promote noData=Abort", "policy web observe maxDuration=1m", "policy web onFailed=Wait onSuccessful=Wait",
        "policy web maxDuration=1m looks=5s", "policy web looks=1s onFailed=Wait", "policy web maxDuration=1m looks=5s inBetween=Promote",
        "spec unsuccessfulRuns 0", "spec successfulRuns 1", "taken web-v2", "spec minReadySeconds 3",
    ];

    private static readonly string[] Acts =
    [
        "deploy v1", "deploy v2", "deploy v3", "deploy v4", "promote", "promote", "plugin promote", "promote --full", "abort", "plugin abort", "retry", "retry", "spec replicas 0", "spec replicas 1",
        "spec replicas 3", "spec replicas 8", "spec paused true", "spec paused false", "spec paused false", "pods CURRENT break", "pods CURRENT heal", "pods CURRENT lose 1",
        "pods STABLE lose 1", "pods STABLE break", "pods STABLE heal", "pods STABLE heal", "route weights 0", "route weights 100", "route weights 30 70", "route refused by whom",
        "route fine", "route fine", "route slow never", "route slow 2s", "service canary reapplied", "service stable reapplied", "service canary selects STABLE", "service stable selects CURRENT",
        "workload 3", "delete STABLE", "delete CURRENT", "invalid spec.strategy wrong", "healed", "healed", "policy web gone", "policy web maxDuration=2m", "policy web suspend maxDuration=1m", "policy web looks=5s", "policy web observe looks=5s",
        "policy other maxDuration=1m", "policy other gone", "policy web invalid", "namespace held", "namespace free", "spec steps weight 30, pause, analysis", "spec steps", "spec minReadySeconds 1",
        "terminate RUN", "delete RUN", "judge RUN reason=InBetween evidence=2 look=3", "run RUN Successful", "run RUN Successful", "run RUN unproven", "run RUN Failed bad", "run RUN Error",
        "run RUN Inconclusive", "run RUN Successful", "run RUN Failed bad", "judge RUN reason=MinDuration evidence=1 look=4", "judge RUN reason=NoData next=1m look=4",
        "judge RUN reason=QueryError next=3m look=5",
    ];

    private static readonly Gen<string[]> SomeSpec =
        Gen.Select(Gen.Int[0, 6], OneOf(Steps).Array[0, 5], OneOf(Settings).Array[0, 4])
            .Select((replicas, steps, settings) => (string[])[$"spec replicas {replicas}", $"spec steps {string.Join(", ", steps)}", .. settings, "deploy v1"]);

    /// <summary>Any course. Commands come before the first version is up, while others are at work, and together.</summary>
    public static Gen<Script> Any { get; } =
        Gen.Select(SomeSpec, Gen.Select(Gen.Int[0, Acts.Length - 1], Gen.Int[0, 99], OneOf([0.0, 0.3, 1, 1.5, 2, 5, 12, 40, 90])).Array[1, 25])
            .Select((given, moves) => new Script(given, moves));

    /// <summary>
    /// Courses in which a pass more or less changes no instant: of whole seconds, with quick gateways, and never without pods (which complete an update in the
    /// pass that begins it).
    /// </summary>
    public static Gen<Script> WholeSeconds { get; } = Any.Select(s => new Script(
        [.. s.Given.Where(g => !DependsOnPasses(g))], [.. s.Moves.Where(m => !DependsOnPasses(Acts[m.Kind]) && !EndsWithItsPass(s, Acts[m.Kind])).Select(m => (m.Kind, m.Pick, Math.Ceiling(m.Wait)))]));

    /// <summary>A command for the world as it is; null where there is nothing that it could be done to.</summary>
    public static string? Command(RolloutWorld world, int kind, int pick)
    {
        var act = Acts[kind];
        var runs = world.Runs.Where(r => r.CompletedAt is null).ToList();
        if (act.Contains("RUN", StringComparison.Ordinal) && runs.Count == 0) return null;
        if (act.StartsWith("workload", StringComparison.Ordinal) && world.Workload is null) return null;
        var current = world.Status.CurrentPodHash;
        var stable = world.Status.StableHash;
        if (act.Contains("CURRENT", StringComparison.Ordinal) && world.Version(current) is null) return null;
        if (act.Contains("STABLE", StringComparison.Ordinal) && world.Version(stable) is null) return null;
        return act.Replace("RUN", runs.Count == 0 ? "" : runs[pick % runs.Count].Made.Name, StringComparison.Ordinal)
            .Replace("CURRENT", current, StringComparison.Ordinal).Replace("STABLE", stable, StringComparison.Ordinal);
    }

    /// <summary>Plays the course, and tells after each command's consequences, and after the time behind it.</summary>
    /// <param name="world">The world to play it in.</param>
    /// <param name="seen">Told of each command, empty for a while that passed, and of the canary's weight before it.</param>
    public void Play(RolloutWorld world, Action<string, int> seen)
    {
        foreach (var command in Given) Commands.Do(world, command);
        world.Settle();
        foreach (var (kind, pick, wait) in Moves)
        {
            var weight = world.HighestWeight;
            if (Command(world, kind, pick) is { } command)
            {
                Commands.Do(world, command);
                world.Settle();
                seen(command, weight);
            }

            world.AdvanceTo(world.Now + TimeSpan.FromSeconds(wait));
            seen("", weight);
        }
    }

    // An invalid Rollout is decided about only while it must go back: a full promotion ends that in the pass that takes it up, and whatever is left stays as it is.
    private static bool EndsWithItsPass(Script script, string command) =>
        command == "promote --full" && script.Moves.Any(m => Acts[m.Kind].StartsWith("invalid", StringComparison.Ordinal));

    private static bool DependsOnPasses(string command) => command == "spec replicas 0" || command.StartsWith("route slow", StringComparison.Ordinal);

    private static Gen<T> OneOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    public override string ToString()
    {
        var lines = Given.Select(g => $"given {g}").ToList();
        var world = new RolloutWorld();
        try
        {
            foreach (var command in Given) Commands.Do(world, command);
            world.Settle();
            foreach (var (kind, pick, wait) in Moves)
            {
                var command = Command(world, kind, pick);
                lines.Add($"at {(world.Now - RolloutWorld.Begin).TotalSeconds}s {command}");
                if (command is not null) Commands.Do(world, command);
                world.Settle();
                world.AdvanceTo(world.Now + TimeSpan.FromSeconds(wait));
            }

            lines.Add($"at {(world.Now - RolloutWorld.Begin).TotalSeconds}s");
        }
        catch (Exception exception) when (exception is InvalidOperationException or UnsafeEffectException)
        {
            lines.Add($"# {exception.Message}");
        }

        return string.Join('\n', lines);
    }
}
