using CanaryAnalyzer.Core.Rollouts.Decisions;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>
/// A scenario file. A line is a comment (<c>#</c>), <c>given COMMAND</c> before anything is decided, <c>at TIME [COMMAND; COMMAND]</c> (an instant since the
/// begin, or <c>+</c> a while after the last), or <c>expect …</c> of what is there then. Events are those since the last <c>at</c>.
/// </summary>
internal static class Scenario
{
    public static string Run(IEnumerable<string> lines)
    {
        var world = new RolloutWorld();
        var differences = new List<string>();
        var seen = 0;
        foreach (var (text, number) in lines.Select((l, i) => (l.Trim(), i + 1)))
        {
            try
            {
                var words = new Words(text);
                if (text.Length == 0 || text[0] == '#') continue;
                if (words.TryTake("given")) Do(world, words.Rest());
                else if (words.TryTake("at")) seen = At(world, words);
                else if (words.TryTake("expect")) differences.AddRange(Expect(world, seen, words.Rest()).Select(d => $"line {number}: {text}\n  {d}"));
                else throw new FormatException("A line begins with given, at or expect.");
            }
            catch (Exception exception) when (exception is FormatException or InvalidOperationException or UnsafeEffectException)
            {
                differences.Add($"line {number}: {text}\n  {exception.Message}");
                break;
            }

            if (differences.Count == 0) continue;
            differences.Add(State(world, seen));
            break;
        }

        return string.Join('\n', differences);
    }

    private static int At(RolloutWorld world, Words words)
    {
        var text = words.Next();
        var at = text[0] == '+' ? world.Now + Words.DurationOf(text[1..]) : RolloutWorld.Begin + Words.DurationOf(text);
        if (at < world.Now) throw new FormatException($"It is {world.Now - RolloutWorld.Begin} already.");
        var seen = world.Events.Count;
        if (at > world.Now) world.AdvanceTo(at);
        if (!words.AtEnd) seen = world.Events.Count;
        Do(world, words.Rest());
        world.Settle();
        return seen;
    }

    private static void Do(RolloutWorld world, string commands)
    {
        foreach (var command in commands.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) Commands.Do(world, command);
    }

    private static List<string> Expect(RolloutWorld world, int seen, string line) => Expectation.Check(world, Since(world, seen), line);

    private static List<RolloutEvent> Since(RolloutWorld world, int seen) => [.. world.Events.Skip(seen).Select(e => e.Event)];

    private static string State(RolloutWorld world, int seen) => $"""
          at {world.Now - RolloutWorld.Begin}: {world.Status.Phase} {world.Status.Message}
          step {world.Status.CurrentStepIndex}, pauses {string.Join(", ", world.Status.PauseConditions.Select(p => p.Reason))}, gate {world.Status.Gate}
          weights {string.Join(", ", world.Routes.Select(r => $"{r.First.Canary}:{r.First.Stable}"))}, stable Service {world.StableService.Hash}, canary Service {world.CanaryService.Hash}
          versions {string.Join(", ", world.Versions.Select(v => $"{v.Hash} r{v.Revision} {v.Desired}/{v.Available(world.Now)}"))}
          runs {string.Join(", ", world.Runs.Select(r => $"{r.Made.Name} {r.Phase}{(r.IsTerminated ? " terminated" : "")}"))}
          events {string.Join("\n         ", Since(world, seen).Select(e => $"{e.Reason}: {e.Message}"))}
        """;
}
