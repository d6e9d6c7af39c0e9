using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

public sealed class JudgeStateTests
{
    private static readonly MeasureCounts Bad = Stream.Counts(3000, 40, 9000, 45);

    [Fact]
    public void Write_begins_with_the_version_of_the_judge() => Assert.All(
        JudgeVersions.All, version => Assert.StartsWith(version + " ", JudgeState.Start(Stream.Both with { Version = version }, []).Write(), StringComparison.Ordinal));

    [Theory]
    [InlineData(null, "no saved state")]
    [InlineData("", "no saved state")]
    [InlineData("seq/9 AAAA", "another version")]
    [InlineData("seq/2 AAAA", "damaged")]
    [InlineData("seq/1 ", "damaged")]
    [InlineData("seq/1 AAAA", "damaged")]
    [InlineData("seq/1 not base 64!", "damaged")]
    public void TryRead_of_something_else_says_why(string? text, string problem)
    {
        Assert.False(JudgeState.TryRead(text, Stream.Both, out var state, out var why));
        Assert.Null(state);
        Assert.Contains(problem, why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JudgeVersions.Seq1)]
    [InlineData(JudgeVersions.Seq2)]
    [InlineData(JudgeVersions.Seq3)]
    public void TryRead_of_a_changed_text_is_refused(string version)
    {
        var text = JudgeState.Start(Stream.Both with { Version = version }, []).Write();
        for (var i = 6; i < text.Length; i++)
        {
            var changed = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            Assert.False(JudgeState.TryRead(changed, Stream.Both, out _, out var problem));
            Assert.NotEmpty(problem);
        }
    }

    [Fact]
    public void TryRead_under_other_settings_names_the_measure()
    {
        var text = JudgeState.Start(Stream.Both, []).Write();
        var other = Stream.Both with { Measures = [Stream.Both.Measures[0], Stream.Both.Measures[1] with { MinEffect = 0.6 }] };
        Assert.False(JudgeState.TryRead(text, other, out _, out var problem));
        Assert.Contains("latency", problem, StringComparison.Ordinal);
        Assert.False(JudgeState.TryRead(text, Stream.Both with { FalseRollback = 0.005 }, out _, out _));
        Assert.False(JudgeState.TryRead(text, Stream.Errors, out _, out _));
        Assert.True(JudgeState.TryRead(text, Stream.Both with { MaxDuration = TimeSpan.FromHours(1), MinRequests = 7 }, out _, out _));
    }

    [Theory]
    [InlineData(0, 3, JudgeVersions.Seq1)]
    [InlineData(5, 2, JudgeVersions.Seq1)]
    [InlineData(15, 0, JudgeVersions.Seq1)]
    [InlineData(0, 3, JudgeVersions.Seq2)]
    [InlineData(5, 2, JudgeVersions.Seq2)]
    [InlineData(15, 0, JudgeVersions.Seq2)]
    [InlineData(0, 3, JudgeVersions.Seq3)]
    [InlineData(5, 2, JudgeVersions.Seq3)]
    [InlineData(15, 0, JudgeVersions.Seq3)]
    public void Write_of_as_many_measures_as_fit_is_at_most_9_KiB(int errors, int latencies, string version)
    {
        var options = Many(errors, latencies) with { Version = version };
        Assert.True(options.StateFits);

        // A canary that is much worse has more to remember, and so has a stable pod that is compared with its own past.
        var errorCounts = new MeasureCounts(SideCounts.OfErrors(3_000_000, 300_000), SideCounts.OfErrors(9_000_000, 300_000), SideCounts.None);
        var fast = SideCounts.OfBuckets([.. Enumerable.Range(1, 61).Select(i => 2_000_000_000L / i)]);
        var slow = SideCounts.OfBuckets([.. Enumerable.Range(1, 61).Select(i => 2_000_000_000L / (62 - i))]);
        var latency = new MeasureCounts(slow, fast, SideCounts.None) { BucketBounds = [.. Enumerable.Range(1, 60).Select(i => i * 0.01)] };
        var stream = new Stream(options);
        for (var look = 0; look < 61; look++)
            stream.Look([.. options.Measures.Select(m => m.Kind == MeasureKind.ErrorRate ? errorCounts : latency)]);
        Assert.InRange(stream.State.Write().Length, 4000, 9216);
    }

    [Theory]
    [InlineData(MeasureKind.Limit)]
    [InlineData(MeasureKind.Traffic)]
    [InlineData(MeasureKind.Series)]
    public void Write_of_as_many_measures_of_a_kind_as_fit_is_at_most_9_KiB(MeasureKind kind)
    {
        var one = new MeasureOptions { Name = "one", Kind = kind, LimitMax = 0.01 };
        var options = new JudgeOptions { MaxDuration = null, Measures = [one] };
        while ((options with { Measures = options.Measures.Add(one) }).StateFits)
            options = options with { Measures = options.Measures.Add(one) };

        // A share that is wrong, an error rate over its limit, and series that are far apart.
        var counts = new MeasureCounts(SideCounts.OfErrors(3_000_000_000, 300_000_000), SideCounts.OfErrors(5_000_000_000, 100), SideCounts.None)
        {
            ExpectedShare = 0.5,
            Values = new([1e9, 2e9], [1, 2, 3]),
        };
        var stream = new Stream(options);
        for (var look = 0; look < 61; look++)
            stream.Look([.. options.Measures.Select(_ => counts)]);
        Assert.InRange(stream.State.Write().Length, 4000, 9216);
    }

    [Fact]
    public void A_single_pod_that_waits_for_its_next_interval_is_written_and_read()
    {
        var alone = Bad with { StableA = SideCounts.OfErrors(9000, 45), StableB = SideCounts.None };
        var stream = new Stream(Stream.Errors with { FalseRollback = 1e-9 });
        stream.Until(3, alone);
        Assert.True(JudgeState.TryRead(stream.State.Write(), Stream.Errors with { FalseRollback = 1e-9 }, out var read, out _));
        var input = new LookInput(4, TimeSpan.FromMinutes(2), [alone]);
        var (before, after) = (stream.State, read!);
        for (var i = 0; i < 3; i++)
        {
            var (one, other) = (SequentialJudge.Look(before, input, Stream.Errors), SequentialJudge.Look(after, input, Stream.Errors));
            Assert.Equal(one.State.Write(), other.State.Write());
            (before, after) = (one.State, other.State);
        }
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(6, 2)]
    [InlineData(16, 0)]
    public void StateFits_is_false_for_more_than_that(int errors, int latencies) => Assert.False(Many(errors, latencies).StateFits);

    private static JudgeOptions Many(int errors, int latencies) => new()
    {
        Measures =
        [
            .. Enumerable.Range(0, errors).Select(i => new MeasureOptions { Name = $"errors{i}", Kind = MeasureKind.ErrorRate }),
            .. Enumerable.Range(0, latencies).Select(i => new MeasureOptions { Name = $"latency{i}", Kind = MeasureKind.Latency }),
        ],
    };

    [Fact]
    public void StartAfter_goes_on_with_harm_and_begins_safety_and_sums_anew()
    {
        var first = new Stream(Stream.Errors);
        var before = first.Until(4, Bad).Report;
        var state = JudgeState.StartAfter(Stream.Errors, [], first.State.Write(), out var note);
        Assert.Empty(note);
        var next = SequentialJudge.Look(state, new LookInput(1, TimeSpan.FromSeconds(30), [null]), Stream.Errors).Report;
        Assert.True(before.LogEvidence > 1);
        Assert.Equal(before.LogEvidence, next.LogEvidence, 1e-9);
        Assert.Equal(double.NegativeInfinity, next.Measures[0].Safe[0].LogEvidence);
        Assert.Equal(new SideTotals(0, 0), next.Measures[0].Canary);
        Assert.Null(next.Measures[0].Low);
    }

    [Fact]
    public void A_run_goes_on_under_the_version_with_which_it_began()
    {
        var old = Stream.Errors with { Version = JudgeVersions.Seq1 };
        var before = new Stream(old);
        before.Until(4, Bad);
        var text = before.State.Write();
        Assert.True(JudgeState.TryRead(text, Stream.Errors, out var state, out _));
        Assert.Equal(JudgeVersions.Seq1, state!.Version);
        var report = SequentialJudge.Look(state, new LookInput(5, TimeSpan.FromSeconds(150), [Bad]), Stream.Errors).Report;
        Assert.Equal((JudgeVersions.Seq1, null), (report.Version, report.NextPlannedLook));

        // What one version gathered says nothing under another.
        JudgeState.StartAfter(Stream.Errors, [], text, out var note);
        Assert.Equal("the evidence begins anew: it was gathered by the judge seq/1, this is seq/3", note);
    }

    [Theory]
    [InlineData(2, "")]
    [InlineData(1.5, "requests_total{job=\"web\"}")]
    public void StartAfter_with_other_settings_or_of_other_counters_begins_anew(double margin, string source)
    {
        var first = new Stream(Stream.Errors);
        first.Until(4, Bad);
        var other = Stream.Errors with { Measures = [Stream.Errors.Measures[0] with { MarginRatio = margin, Source = source }] };
        var state = JudgeState.StartAfter(other, [], first.State.Write(), out var note);
        Assert.Equal("the evidence of errors begins anew: the settings have changed", note);
        Assert.Equal(JudgeState.Start(other, []).Write(), state.Write());
    }

    [Fact]
    public void StartAfter_goes_on_with_the_measures_that_are_the_same_and_names_the_others()
    {
        var slow = Stream.Slow([10, 10, 10, 10, 10, 50], [600, 1000, 300, 80, 16, 4]);
        var first = new Stream(Stream.Both with { FalseRollback = 1e-9 });
        first.Until(6, Bad, slow);
        var other = Stream.Both with { FalseRollback = 1e-9, Measures = [Stream.Both.Measures[1], Stream.Both.Measures[0] with { MarginAbsolute = 0.01 }] };
        var state = JudgeState.StartAfter(other, [], first.State.Write(), out var note);
        Assert.Equal("the evidence of errors begins anew: the settings have changed", note);
        var report = SequentialJudge.Look(state, new LookInput(1, TimeSpan.FromSeconds(30), [null, null]), other).Report;
        Assert.True(report.Measures[0].LogEvidence > 1);
        Assert.Equal(0, report.Measures[1].LogEvidence, 1e-9);
        Assert.True(report.BudgetSpent > 0);
    }

    [Fact]
    public void StartAfter_a_run_that_never_left_its_warm_up_begins_with_what_the_past_says()
    {
        var half = SideCounts.OfBuckets([300, 500, 150, 40, 8, 2]);
        var history = new MeasureHistory([.. Enumerable.Repeat(new AaInterval(half, half), 30)], Stream.Bounds);
        var options = Stream.Both with { Measures = [Stream.Both.Measures[1]] };
        var unknown = JudgeState.Start(options, []);
        Assert.Equal(JudgeState.Start(options, [history]).Write(), JudgeState.StartAfter(options, [history], unknown.Write(), out var note).Write());
        Assert.Empty(note);
    }

    [Theory]
    [InlineData("seq/9 AAAA", "the evidence begins anew: The saved state is of another version")]
    [InlineData("seq/1 AAAA", "the evidence begins anew: The judge's saved state is damaged")]
    [InlineData("nonsense", "the evidence begins anew: There is no saved state")]
    [InlineData(null, "")]
    [InlineData("", "")]
    public void StartAfter_what_cannot_be_read_begins_anew_and_says_so(string? text, string expected)
    {
        var state = JudgeState.StartAfter(Stream.Both, [], text, out var note);
        Assert.Equal(JudgeState.Start(Stream.Both, []).Write(), state.Write());
        Assert.StartsWith(expected, note, StringComparison.Ordinal);
        Assert.Equal(expected.Length == 0, note.Length == 0);
    }

    [Fact]
    public void Start_under_a_version_that_is_not_there_is_refused() =>
        Assert.Contains("seq/1", Assert.Throws<ArgumentException>(() => JudgeState.Start(Stream.Errors with { Version = "seq/0" }, [])).Message, StringComparison.Ordinal);
}
