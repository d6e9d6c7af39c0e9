using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Judging.Histograms;
using CanaryAnalyzer.Core.Statistics;
using CanaryAnalyzer.Core.Tests.Statistics;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>seq/2 against the traces of its reference implementation: evidence at every look, p-value and level at every planned one.</summary>
public sealed class PlannedReferenceTests
{
    private const double Tolerance = 1e-6;
    private static readonly JsonElement Streams = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "Judge", "seq2-traces.json"))).RootElement.GetProperty("streams");

    public static IEnumerable<TheoryDataRow<string>> Traced => Names(stream => stream.TryGetProperty("logEvidence", out _));

    public static IEnumerable<TheoryDataRow<string>> All => Names(_ => true);

    [Theory]
    [MemberData(nameof(Traced))]
    public void Evidence_and_planned_tests_equal_the_reference(string scenario)
    {
        var expected = Of(scenario);
        var states = Run(scenario, PromoteWhen.WhenSafe);
        foreach (var (state, report) in states)
        {
            var at = report.Look - 1;
            Vectors.AssertClose(expected.GetProperty("logEvidence")[at].GetDouble(), report.LogEvidence, Tolerance, $"{scenario} at look {report.Look}");
            foreach (var component in expected.GetProperty("components").EnumerateObject())
                Vectors.AssertClose(component.Value.GetProperty("logEvidence")[at].GetDouble(), Harm(state, component.Name), Tolerance, $"{scenario} {component.Name} at look {report.Look}");
        }

        AssertTests(scenario, expected.GetProperty("plannedLooks"), states);
        AssertTests(scenario, expected.GetProperty("endLook"), Run(scenario, PromoteWhen.AtEnd));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Decisions_equal_the_reference(string scenario)
    {
        foreach (var (promote, name) in new[] { (PromoteWhen.WhenSafe, "whenSafe"), (PromoteWhen.AtEnd, "atEnd") })
        {
            var decided = Run(scenario, promote).First(look => look.Report.Verdict != JudgeVerdict.Continue).Report;
            var expected = Of(scenario).GetProperty(name);
            Assert.Equal((expected.GetProperty("decision").GetString(), expected.GetProperty("look").GetInt32()), (decided.Verdict.ToString().ToLowerInvariant(), decided.Look));
        }
    }

    private static void AssertTests(string scenario, JsonElement expected, List<(JudgeState State, LookReport Report)> states)
    {
        Assert.NotEqual(0, expected.GetArrayLength());
        foreach (var look in expected.EnumerateArray())
        {
            var (number, part) = (look.GetProperty("look").GetInt32(), look.GetProperty("part").GetString()!);
            var test = Test(states[number - 1].State, part);
            Vectors.AssertClose(look.Number("p"), test.P, Tolerance, $"{scenario} p of {part} at look {number}");
            Vectors.AssertClose(look.Number("level"), test.Level, Tolerance, $"{scenario} level of {part} at look {number}");

            // Small numbers are to agree relatively, too: what is tested is whether one is below the other.
            if (look.Number("p") > 1e-12)
                Assert.Equal(look.Number("p"), test.P, 1e-6 * look.Number("p"));
            Assert.Equal(look.Number("level"), test.Level, 1e-6 * look.Number("level"));
        }
    }

    private static double Harm(JudgeState state, string component)
    {
        var latency = (HistogramState)state.Measures[1];
        return component switch
        {
            "error" => Errors(state).Harm.LogEvidence,
            "tail0.1" => latency.Rates[0].Harm.LogEvidence,
            "tail0.01" => latency.Rates[1].Harm.LogEvidence,
            "tail0.001" => latency.Rates[2].Harm.LogEvidence,
            "body" => latency.Body.Harm.LogEvidence,
            "shape" => latency.Shape.Harm.LogEvidence,
            _ => throw new ArgumentOutOfRangeException(nameof(component), component, "Not a component."),
        };
    }

    private static PlannedTest Test(JudgeState state, string part)
    {
        var latency = (HistogramState)state.Measures[1];
        return part switch
        {
            "error" => Errors(state).Test!,
            "tail0.1" => latency.Rates[0].Test!,
            "tail0.01" => latency.Rates[1].Test!,
            _ => latency.Rates[3].Test!,
        };
    }

    [Fact]
    public void Next_version_is_the_same_where_both_halves_have_requests() => Assert.All(
        Directory.GetFiles(ScenarioFile.Folder, "p*.json").Select(Path.GetFileNameWithoutExtension),
        scenario => Assert.Equal(
            Run(scenario!, PromoteWhen.WhenSafe).Select(look => (look.Report.Verdict, look.Report.LogEvidence)),
            Run(scenario!, PromoteWhen.WhenSafe, JudgeVersions.Seq3).Select(look => (look.Report.Verdict, look.Report.LogEvidence))));

    private static RateState Errors(JudgeState state) => ((HistogramState)state.Measures[0]).Rates[0];

    private static List<(JudgeState State, LookReport Report)> Run(string scenario, PromoteWhen promote, string version = JudgeVersions.Seq2)
    {
        var file = ScenarioFile.Load(scenario + ".json");
        var options = ScenarioFile.Options with { Version = version, Promote = promote };
        var state = JudgeState.Start(options, file.History);
        var looks = new List<(JudgeState State, LookReport Report)>();
        foreach (var look in file.Looks())
        {
            var result = SequentialJudge.Look(state, look, options);
            state = result.State;
            looks.Add((state, result.Report));
        }

        return looks;
    }

    private static JsonElement Of(string scenario) => Streams.EnumerateArray().Single(stream => stream.GetProperty("scenario").GetString() == scenario);

    private static IEnumerable<TheoryDataRow<string>> Names(Func<JsonElement, bool> which) =>
        Streams.EnumerateArray().Where(which).Select(stream => new TheoryDataRow<string>(stream.GetProperty("scenario").GetString()!));
}
