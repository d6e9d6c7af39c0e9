using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Judging;
using CsCheck;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

public sealed class JudgePropertyTests
{
    private static readonly Gen<long> Count = Gen.Frequency((6, Gen.Long[0, 3000]), (2, Gen.Const(0L)), (1, Gen.Long[-5, 5]), (1, Gen.Const(long.MaxValue)));
    private static readonly Gen<SideCounts> Errors = Gen.Select(Count, Count, (n, k) => new SideCounts(n, k, []));
    private static readonly Gen<SideCounts> Buckets =
        Gen.Select(Count.Array[6].Select(b => b.ToImmutableArray()), Count.Array[0, 9].Select(b => b.ToImmutableArray()), Gen.Int[0, 9], (good, odd, which) => new SideCounts(0, 0, which == 0 ? odd : good));

    private static readonly Gen<MeasureCounts?> ErrorLook = Gen.Frequency(
        (5, Gen.Select(Errors, Errors, Errors, (c, a, b) => (MeasureCounts?)new MeasureCounts(c, a, b))), (1, Gen.Const((MeasureCounts?)null)));

    private static readonly Gen<MeasureCounts?> LatencyLook = Gen.Frequency(
        (5, Gen.Select(Buckets, Buckets, Buckets, (c, a, b) => (MeasureCounts?)new MeasureCounts(c, a, b) { BucketBounds = Stream.Bounds })), (1, Gen.Const((MeasureCounts?)null)));

    private static readonly Gen<(MeasureCounts?, MeasureCounts?)[]> Looks = Gen.Select(ErrorLook, LatencyLook).Array[1, 25];

    private static readonly JudgeOptions AllKinds = new()
    {
        Measures =
        [
            .. Stream.Both.Measures,
            new() { Name = "memory", Kind = MeasureKind.Series },
            new() { Name = "slo", Kind = MeasureKind.Limit },
            new() { Name = "traffic", Kind = MeasureKind.Traffic },
        ],
    };

    private static readonly double[] Odd = [0, -1, double.NaN, double.PositiveInfinity, double.MaxValue, double.MinValue, double.Epsilon];
    private static readonly double?[] Shares = [0.1, 0.5, null, 0, 1, double.NaN];

    private static readonly Gen<double> Value = Gen.Frequency(
        (8, Gen.Double[0.5, 2]), (1, Gen.Int[0, 6].Select(i => Odd[i])));

    private static readonly Gen<MeasureCounts?> SeriesLook = Gen.Frequency(
        (8, Gen.Select(Value.Array[0, 3], Value.Array[0, 3], (c, s) => (MeasureCounts?)new MeasureCounts(SideCounts.None, SideCounts.None, SideCounts.None) { Values = new([.. c], [.. s]) })),
        (1, Gen.Const((MeasureCounts?)null)));

    private static readonly Gen<MeasureCounts?> StratifiedLook = Gen.Select(ErrorLook, ErrorLook.Where(one => one is not null).Array[0, 3], (all, strata) => all is null ? null : all with { Strata = [.. strata!] });

    private static readonly Gen<MeasureCounts?> TrafficLook = Gen.Select(ErrorLook, Gen.Int[0, 5].Select(i => Shares[i]), (counts, share) => counts is null ? null : counts with { ExpectedShare = share });

    private static readonly Gen<ImmutableArray<MeasureCounts?>[]> AllLooks = Gen.Select(
        StratifiedLook, LatencyLook, SeriesLook, ErrorLook, TrafficLook, (e, l, s, m, t) => ImmutableArray.Create(e, l, s, m, t)).Array[1, 25];

    private static readonly Gen<ImmutableArray<MeasureHistory>> Histories = Gen.Select(
        Gen.Select(Errors, Errors, (a, b) => new AaInterval(a, b)).Array[0, 5],
        Gen.Select(Buckets, Buckets, (a, b) => new AaInterval(a, b)).Array[0, 5],
        (errors, latency) => ImmutableArray.Create(new MeasureHistory([.. errors], []), new MeasureHistory([.. latency], Stream.Bounds)));

    private static readonly Gen<ImmutableArray<MeasureHistory>> AllHistories = Gen.Select(
        Histories, Value.Array[70].Array[0, 3], (two, pods) => two.Add(MeasureHistory.Empty with { Pods = [.. pods.Select(pod => pod.ToImmutableArray())] }));

    [Theory]
    [InlineData(JudgeVersions.Seq1)]
    [InlineData(JudgeVersions.Seq2)]
    [InlineData(JudgeVersions.Seq3)]
    public void Look_at_anything_gives_finite_numbers_a_sentence_and_small_texts(string version) =>
        Gen.Select(AllLooks, AllHistories).Sample((looks, history) =>
        {
            var stream = new Stream(AllKinds with { Version = version }, history);
            foreach (var look in looks)
            {
                var result = stream.Look(look);
                Assert.True(double.IsFinite(result.Report.LogEvidence));
                Assert.NotEmpty(VerdictSentence.Of(result.Report));
                var json = VerdictJson.Write(result.Report);
                Assert.InRange(Encoding.UTF8.GetByteCount(json), 2, 8192);
                Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(json).RootElement.ValueKind);
                Assert.InRange(stream.State.Write().Length, 1, 8192);
            }
        }, iter: 300);

    [Theory]
    [InlineData(JudgeVersions.Seq1)]
    [InlineData(JudgeVersions.Seq2)]
    [InlineData(JudgeVersions.Seq3)]
    public void Written_and_read_at_any_look_it_goes_on_with_the_same_bits(string version) =>
        Gen.Select(AllLooks, AllHistories).Sample((looks, history) =>
        {
            var options = AllKinds with { Version = version, MinDuration = TimeSpan.FromMinutes(2), MaxDuration = TimeSpan.FromMinutes(10) };
            var kept = JudgeState.Start(options, history);
            var restarted = kept;
            for (var i = 0; i < looks.Length; i++)
            {
                Assert.True(JudgeState.TryRead(restarted.Write(), options, out var read, out var problem), problem);
                var input = new LookInput(i + 1, TimeSpan.FromSeconds(30 * (i + 1)), looks[i]);
                var a = SequentialJudge.Look(kept, input, options);
                var b = SequentialJudge.Look(read!, input, options);
                Assert.Equal(a.State.Write(), b.State.Write());
                Assert.Equal(a.Verdict, b.Verdict);
                Assert.Equal(BitConverter.DoubleToInt64Bits(a.Report.LogEvidence), BitConverter.DoubleToInt64Bits(b.Report.LogEvidence));
                var (next, nextRead) = (JudgeState.StartAfter(options, history, a.State.Write(), out _), JudgeState.StartAfter(options, history, b.State.Write(), out _));
                Assert.Equal(next.Write(), nextRead.Write());
                Assert.Equal(VerdictSentence.Of(a.Report), VerdictSentence.Of(b.Report));
                (kept, restarted) = (a.State, b.State);
            }
        }, iter: 200);

    [Theory]
    [InlineData(JudgeVersions.Seq1)]
    [InlineData(JudgeVersions.Seq2)]
    [InlineData(JudgeVersions.Seq3)]
    public void Looks_without_data_never_promote_and_never_roll_back(string version) =>
        Gen.Select(Histories, Gen.Int[1, 80]).Sample((history, looks) =>
        {
            var stream = new Stream(Stream.Both with { Version = version }, history);
            for (var i = 0; i < looks; i++)
                Assert.Equal(i + 1 < 60 ? JudgeVerdict.Continue : JudgeVerdict.Inconclusive, stream.Look(null, null).Verdict);
        }, iter: 50);

    [Theory]
    [InlineData(JudgeVersions.Seq1)]
    [InlineData(JudgeVersions.Seq2)]
    [InlineData(JudgeVersions.Seq3)]
    public void A_look_without_data_after_others_never_promotes(string version) =>
        Gen.Select(Looks, Histories).Sample((looks, history) =>
        {
            var stream = new Stream(Stream.Both with { Version = version }, history);
            foreach (var (errors, latency) in looks)
            {
                stream.Look(errors, latency);
                Assert.NotEqual(JudgeVerdict.Promote, stream.Look(null, null).Verdict);
            }
        }, iter: 100);

    [Theory]
    [InlineData(JudgeVersions.Seq1)]
    [InlineData(JudgeVersions.Seq2)]
    [InlineData(JudgeVersions.Seq3)]
    public void More_canary_errors_never_make_the_next_look_less_suspicious(string version) =>
        Gen.Select(Gen.Long[0, 50], Gen.Long[1, 50], Gen.Long[100, 3000], Gen.Long[0, 60]).Sample((errors, more, requests, stable) =>
        {
            // A single look that is the first planned one, too.
            var options = Stream.Errors with { Version = version, MinDuration = TimeSpan.FromSeconds(30) };
            var few = new Stream(options).Look(Stream.Counts(requests, Math.Min(errors, requests), 9000, stable)).Report;
            var many = new Stream(options).Look(Stream.Counts(requests, Math.Min(errors + more, requests), 9000, stable)).Report;
            Assert.True(many.LogEvidence >= few.LogEvidence - 1e-12);
            Assert.True(many.Measures[0].Safe[0].LogEvidence <= few.Measures[0].Safe[0].LogEvidence + 1e-12);
        }, iter: 500);
}
