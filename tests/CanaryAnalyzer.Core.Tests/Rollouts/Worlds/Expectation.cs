using System.Text.Json;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Rollouts.Decisions;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>Compares a world with a line of a scenario.</summary>
internal static class Expectation
{
    /// <returns>The differences, each in words; none where the world is as expected.</returns>
    public static List<string> Check(RolloutWorld world, IReadOnlyList<RolloutEvent> events, string line)
    {
        var words = new Words(line);
        if (words.TryTake("message")) return Compare("message", words.Rest(), world.Status.Message);
        if (words.TryTake("event")) return Event(events, words.Next(), words.Rest());
        if (words.TryTake("events")) return Compare("events", words.Rest(), events.Count == 0 ? "none" : string.Join(", ", events.Select(e => e.Reason)));
        if (words.TryTake("no")) return Absent(world, events, words);
        if (words.TryTake("condition")) return Condition(world, words);
        if (words.TryTake("run")) return Run(world, words);
        if (words.TryTake("record")) return Record(world, words);
        var differences = new List<string>();
        while (!words.AtEnd) differences.AddRange(Field(world, words));
        return differences;
    }

    private static List<string> Compare(string what, string expected, string actual) => expected == actual ? [] : [$"{what}: expected {expected}\n    but it is {actual}"];

    private static List<string> Event(IReadOnlyList<RolloutEvent> events, string reason, string text)
    {
        var same = events.Where(e => e.Reason == reason).ToList();
        if (same.Count == 0) return [$"event {reason}: expected, but there are {string.Join(", ", events.Select(e => e.Reason))}"];
        return text.Length == 0 || same.Exists(e => e.Message == text) ? [] : Compare($"event {reason}", text, string.Join(" | ", same.Select(e => e.Message)));
    }

    private static List<string> Absent(RolloutWorld world, IReadOnlyList<RolloutEvent> events, Words words)
    {
        var kind = words.Next();
        var name = words.Next();
        var isThere = kind switch
        {
            "event" => events.Any(e => e.Reason == name),
            "condition" => world.Status.Condition(name) is not null,
            "run" => world.Runs.Exists(r => r.Made.Name == name),
            "version" => world.Version(name) is not null,
            _ => throw new FormatException($"expect no {kind}"),
        };
        return isThere ? [$"{kind} {name}: expected to be absent, but it is there"] : [];
    }

    private static List<string> Condition(RolloutWorld world, Words words)
    {
        var condition = world.Status.Condition(words.Next());
        var expected = words.Rest();
        var actual = condition is null ? "absent" : $"{condition.Status} {condition.Reason} {condition.Message}";
        return actual.StartsWith(expected, StringComparison.Ordinal) ? [] : Compare("condition", expected, actual);
    }

    private static List<string> Run(RolloutWorld world, Words words)
    {
        var name = words.Next();
        var run = world.Runs.Find(r => r.Made.Name == name);
        if (run is null) return [$"run {name}: expected, but there are {string.Join(", ", world.Runs.Select(r => r.Made.Name))}"];
        var differences = new List<string>();
        while (!words.AtEnd)
        {
            var word = words.Next();
            var actual = word switch
            {
                "terminated" => run.IsTerminated ? word : "not terminated",
                "deadline" => $"deadline {Ago(run.Made.Deadline)}",
                "continues" => $"continues {(run.Made.Continues.Length > 0 ? run.Made.Continues : run.Made.Anew.Length > 0 ? $"nothing: {run.Made.Anew}" : "nothing")}",
                "lastPause" => run.Made.IsLastPause ? word : "not lastPause",
                _ when word.Contains('=', StringComparison.Ordinal) => $"{word.Split('=')[0]}={run.Made.Analysis.Arguments.FirstOrDefault(a => a.Name == word.Split('=')[0])?.Value}",
                _ => $"{run.Phase}",
            };
            differences.AddRange(Compare($"run {name}", word is "deadline" or "continues" ? $"{word} {words.Next()}" : word, actual));
        }

        return differences;
    }

    /// <summary><c>record VERSION name=value …</c>: what the version's last release left behind.</summary>
    private static List<string> Record(RolloutWorld world, Words words)
    {
        var text = world.Version(words.Next())?.Record ?? "";
        if (words.TryTake("none")) return Compare("record", "", text);
        if (text.Length == 0) return ["record: expected, but there is none"];
        using var record = JsonDocument.Parse(text);
        var differences = new List<string>();
        while (!words.AtEnd)
        {
            var (name, value) = words.Next().Split('=', 2) is [var key, var wanted] ? (key, wanted) : throw new FormatException("record VERSION name=value …");
            var actual = record.RootElement.TryGetProperty(name, out var found) ? Text(found) : "absent";
            differences.AddRange(Compare($"record's {name}", value, actual));
        }

        return differences;
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Array ? string.Join(", ", value.EnumerateArray()) : value.ToString();

    private static List<string> Field(RolloutWorld world, Words words)
    {
        var key = words.Next();
        if (key.Split('=') is [var hash, var pods]) return Compare(hash, pods, Pods(world, hash, pods.Contains('/', StringComparison.Ordinal)));
        var status = world.Status;
        var actual = key switch
        {
            "phase" => $"{status.Phase}",
            "step" => status.CurrentStepIndex is { } index ? $"{index}/{world.Canary.Steps.Length}" : "none",
            "weight" => $"{world.Routes.Max(r => Math.Max(r.First.Canary, r.Second.Canary))}",
            "verified" => status.Weights?.Verified == true ? "yes" : "no",
            "stable" => status.StableHash,
            "stableService" => Selected(world.StableService),
            "canaryService" => Selected(world.CanaryService),
            "abort" => status.Abort ? "yes" : "no",
            "workload" => $"{world.Workload?.Replicas}",
            "rollout" => world.IsGone ? "gone" : world.HasFinalizer ? "guarded" : "unguarded",
            "runs" => $"{world.Runs.Count}",
            "running" => $"{world.Runs.Count(r => r.CompletedAt is null)}",
            "gate" => Gate(status.Gate),
            "changes" => $"{status.WeightChanges.Length}",
            "revision" => $"{world.Revision}",
            "collisions" => $"{status.CollisionCount}",
            "lookAgain" => Ago(world.Last?.LookAgainAt),
            "earliest" => Ago(status.Gate?.Earliest),
            "watch" => status.Release?.Run?.Name ?? "none",
            "stepSince" => Ago(status.Release?.StepSince),
            "waitingSince" => Ago(status.Gate?.WaitingSince),
            "gateDeadline" => Ago(status.Gate?.Deadline),
            "history" => world.Version(words.Next())?.History ?? "absent",
            "deadline" => Ago(world.Version(words.Next())?.Deadline),
            _ => throw new FormatException($"Nothing is known as {key}."),
        };
        return Compare(key, words.Next(), actual);
    }

    private static string Pods(RolloutWorld world, string hash, bool withAvailable) => world.Version(hash) is not { } version ? "absent"
        : withAvailable ? $"{version.Desired}/{version.Available(world.Now)}" : $"{version.Desired}";

    private static string Selected(WorldService service) => service.Hash.Length == 0 ? "nothing" : service.Hash;

    private static string Gate(GateStatus? gate) => gate is null ? "none" : gate.WaitingReason.Length == 0 ? "judging" : gate.WaitingReason;

    private static string Ago(DateTimeOffset? instant) => instant is { } at ? $"{(at - RolloutWorld.Begin).TotalSeconds}s" : "none";
}
