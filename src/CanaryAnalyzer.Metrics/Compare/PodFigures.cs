using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Explaining;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Sums up what each pod did, so that one that is broken can be named. What is remembered has its place in a resource's status, and must stay small.</summary>
internal static class PodFigures
{
    /// <summary>How many pods are remembered one by one: those that are furthest above their side's share. All others are remembered as one, so that sums stay right.</summary>
    public const int Most = 20;

    /// <summary>Where sums stop: what an older version remembered of a counter that was none must not end a run by an overflow.</summary>
    private const long Largest = 100_000_000_000_000_000;

    /// <summary>The sums with one more look.</summary>
    public static ImmutableArray<PodSums> Add(ImmutableArray<PodSums> before, IReadOnlyList<CountedLook> looks)
    {
        var now = looks.SelectMany((look, i) => look.Intervals.SelectMany(interval => interval.Targets).Select(target => new PodSums(i, target.IsCanary, target.Target, target.Requests, target.Errors)));
        var sums = Sum(before.Concat(now)).GroupBy(pod => (pod.M, pod.C)).SelectMany(side => Ranked([.. side]))
            .OrderByDescending(pod => pod.Sums.T.Length > 0).ThenByDescending(pod => pod.Excess).ThenByDescending(pod => pod.Sums.C).ThenBy(pod => pod.Sums.M).ThenBy(pod => pod.Sums.T, StringComparer.Ordinal)
            .Select(pod => pod.Sums).ToList();
        var kept = sums.TakeWhile((pod, i) => i < Most && pod.T.Length > 0).ToList();
        return [.. kept, .. Sum(sums.Skip(kept.Count).Select(pod => pod with { T = "" }))];
    }

    /// <summary>The pods in numbers, those that stand out marked, and a sentence for each of these.</summary>
    public static (ImmutableArray<TargetFigures> Pods, IEnumerable<string> Sentences) Of(CompareMemory memory, CompareSpec spec)
    {
        var marked = Outliers.Mark(Sum(memory.Pods).Where(pod => pod.M < spec.Measures.Length).Select(pod => new TargetFigures(spec.Measures[pod.M].Name, pod.C, pod.T, pod.R, pod.E, false) { SlowFrom = memory.SlowFrom(pod.M), Unit = spec.Measures[pod.M] is MeasureSpec.Latency latency ? latency.Unit : default }));
        return ([.. marked.Where(pod => pod.Target.Length > 0)], Outliers.Sentences(marked));
    }

    /// <summary>By how many standard deviations of chance each pod has more than its share, so that measures with many slow requests don't displace those with few errors.</summary>
    private static IEnumerable<(PodSums Sums, double Excess)> Ranked(IReadOnlyList<PodSums> side)
    {
        var share = side.Sum(pod => (double)pod.E) / Math.Max(1, side.Sum(pod => (double)pod.R));
        return side.Select(pod => (pod, (pod.E - (share * pod.R)) / Math.Sqrt((share * pod.R) + 1)));
    }

    private static IEnumerable<PodSums> Sum(IEnumerable<PodSums> pods) =>
        pods.GroupBy(pod => (pod.M, pod.C, pod.T)).Select(pod => new PodSums(pod.Key.M, pod.Key.C, pod.Key.T, Total(pod.Select(one => one.R)), Total(pod.Select(one => one.E))));

    private static long Total(IEnumerable<long> counts) => counts.Aggregate(0L, (sum, one) => Math.Min(sum + Math.Min(one, Largest), Largest));
}
