using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Judging.Histograms;
using CanaryAnalyzer.Core.Tests.Statistics;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>The judge against the reference implementation's traces, and against recorded comparisons whose truth is known.</summary>
public sealed class ReferenceTests
{
    public static IEnumerable<TheoryDataRow<string>> Traces => Vectors.Ids("judge-trace");

    public static IEnumerable<TheoryDataRow<string, string, PromoteWhen>> Scenarios =>
        from file in Directory.GetFiles(ScenarioFile.Folder, "p*.json").Order(StringComparer.Ordinal)
        from version in JudgeVersions.All
        from promote in new[] { PromoteWhen.WhenSafe, PromoteWhen.AtEnd }
        select new TheoryDataRow<string, string, PromoteWhen>(Path.GetFileName(file), version, promote);

    [Theory]
    [MemberData(nameof(Traces))]
    public void Trace_equals_that_of_the_reference(string id)
    {
        var file = ScenarioFile.Load(Path.GetFileName(Vectors.Inputs(id).GetProperty("scenario").GetString()!));
        var expected = Vectors.Case(id).GetProperty("expected");
        var options = ScenarioFile.Options with { Version = JudgeVersions.Seq1 };
        var state = JudgeState.Start(options, file.History);
        var got = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        (JudgeVerdict Verdict, int Look)? decided = null;
        foreach (var look in file.Looks().Take(20))
        {
            var result = SequentialJudge.Look(state, look, options);
            state = result.State;
            Add(got, "logHarm", result.Report.LogEvidence);
            var errors = ((HistogramState)state.Measures[0]).Rates[0];
            Add(got, "harm/error", errors.Harm.LogEvidence);
            Add(got, "safe/error", errors.Safe.LogEvidence);
            var latency = ((HistogramState)state.Measures[1]).Rates;
            Add(got, "harm/tail0.1", latency[0].Harm.LogEvidence);
            Add(got, "harm/tail0.01", latency[1].Harm.LogEvidence);
            Add(got, "harm/tail0.001", latency[2].Harm.LogEvidence);
            Add(got, "safe/tail0.1", latency[0].Safe.LogEvidence);
            Add(got, "safe/tail0.01", latency[1].Safe.LogEvidence);
            Add(got, "safe/body", latency[3].Safe.LogEvidence);
            Add(got, "harm/body", ((HistogramState)state.Measures[1]).Body.Harm.LogEvidence);
            if (result.Verdict != JudgeVerdict.Continue)
                decided ??= (result.Verdict, look.Number);
        }

        Vectors.AssertExpected(id, "logHarm", [.. got["logHarm"]]);
        foreach (var side in new[] { "harm", "safe" })
        {
            foreach (var component in expected.GetProperty(side).EnumerateObject())
            {
                for (var i = 0; i < 20; i++)
                    Vectors.AssertClose(component.Value[i].GetDouble(), got[$"{side}/{component.Name}"][i], 1e-6, $"{id} {side} {component.Name}[{i}]");
            }
        }

        Assert.Equal((JudgeVerdict.Rollback, expected.GetProperty("interval").GetInt32()), decided);
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Scenario_is_decided_acceptably(string name, string version, PromoteWhen promote)
    {
        var file = ScenarioFile.Load(name);
        var options = ScenarioFile.Options with { Version = version, Promote = promote };
        var state = JudgeState.Start(options, file.History);
        LookResult? result = null;
        foreach (var look in file.Looks())
        {
            result = SequentialJudge.Look(state, look, options);
            state = result.State;
            if (result.Verdict != JudgeVerdict.Continue)
                break;
        }

        Assert.NotNull(result);
        Assert.Contains(result.Verdict.ToString().ToLowerInvariant(), file.Acceptable);
        Assert.True(file.Onset is null || result.Report.Look >= file.Onset, $"rolled back at {result.Report.Look}, before the regression began at {file.Onset}");
    }

    [Fact]
    public void All_scenarios_are_there() => Assert.Equal(12 * JudgeVersions.All.Length * 2, Scenarios.Count());

    private static void Add(Dictionary<string, List<double>> to, string key, double value)
    {
        if (!to.TryGetValue(key, out var list))
            to[key] = list = [];
        list.Add(value);
    }
}
