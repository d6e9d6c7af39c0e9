using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Cli.Judging;

/// <summary>Judges one scenario from its first look to the verdict.</summary>
/// <param name="options">How to judge; the distance of the looks and the longest duration are the scenario's.</param>
/// <param name="source">What of the scenario to judge.</param>
internal sealed class ScenarioJudge(JudgeOptions options, ScenarioSource source)
{
    /// <summary>What is compared unless more is said: errors and latency, by the defaults.</summary>
    public static JudgeOptions Defaults { get; } = new()
    {
        Measures = [new() { Name = "errors", Kind = MeasureKind.ErrorRate }, new() { Name = "latency", Kind = MeasureKind.Latency }],
    };

    /// <summary>Judges a line; the answer is <c>{"id", "decision", "interval"}</c>.</summary>
    /// <exception cref="ScenarioException">The line is no scenario, or lacks what is to be judged.</exception>
    public string Answer(string line)
    {
        var scenario = Scenario.Read(line);
        var (verdict, look) = Judge(scenario);
        var decision = verdict switch
        {
            JudgeVerdict.Rollback => "rollback",
            JudgeVerdict.Promote => "promote",
            _ => "inconclusive",
        };
        return $"{{\"id\": {JsonSerializer.Serialize(scenario.Id)}, \"decision\": \"{decision}\", \"interval\": {look}}}";
    }

    private (JudgeVerdict Verdict, int Look) Judge(Scenario scenario)
    {
        var intervals = scenario.Document.Intervals;
        var how = options with { Interval = scenario.Interval, MaxDuration = intervals * scenario.Interval };
        var state = JudgeState.Start(how, RecordedLooks.History(scenario));
        var number = 0;
        foreach (var counts in UsesCounters(scenario) ? CountedLooks.Of(scenario) : RecordedLooks.Of(scenario))
        {
            number++;
            var result = SequentialJudge.Look(state, new LookInput(number, number * how.Interval, counts, number == intervals), how);
            if (result.Verdict != JudgeVerdict.Continue)
                return (result.Verdict, number);
            state = result.State;
        }

        return (JudgeVerdict.Inconclusive, number);
    }

    private bool UsesCounters(Scenario scenario)
    {
        if (source == ScenarioSource.Data && scenario.Document.Data is null)
            throw new ScenarioException("data", "is missing");
        if (source == ScenarioSource.Counters && scenario.Document.Counted is null)
            throw new ScenarioException("counters", "is missing");
        return source == ScenarioSource.Counters || scenario.Document.Data is null;
    }
}
