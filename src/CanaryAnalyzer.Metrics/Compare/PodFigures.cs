using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Explaining;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Sums up what each pod did, so that one that is broken can be named. What is remembered has its place in a resource's status, and must stay small.</summary>
internal static class PodFigures
{
    /// <summary>How many pods are remembered one by one: those with the most errors. All others are remembered as one, so that sums stay right.</summary>
    public const int Most = 20;

    /// <summary>The sums with one more look.</summary>
    public static ImmutableArray<PodSums> Add(ImmutableArray<PodSums> before, IReadOnlyList<CountedLook> looks)
    {
        var now = looks.SelectMany((look, i) => look.Intervals.SelectMany(interval => interval.Targets).Select(target => new PodSums(i, target.IsCanary, target.Target, target.Requests, target.Errors)));
        var sums = Sum(before.Concat(now)).OrderByDescending(pod => pod.T.Length > 0).ThenByDescending(pod => pod.E).ThenByDescending(pod => pod.C).ThenBy(pod => pod.M).ThenBy(pod => pod.T, StringComparer.Ordinal).ToList();
        var kept = sums.TakeWhile((pod, i) => i < Most && pod.T.Length > 0).ToList();
        return [.. kept, .. Sum(sums.Skip(kept.Count).Select(pod => pod with { T = "" }))];
    }

    /// <summary>The pods in numbers, those that stand out marked, and a sentence for each of these.</summary>
    public static (ImmutableArray<TargetFigures> Pods, IEnumerable<string> Sentences) Of(CompareMemory memory, CompareSpec spec)
    {
        var marked = Outliers.Mark(memory.Pods.Where(pod => pod.M < spec.Measures.Length).Select(pod => new TargetFigures(spec.Measures[pod.M].Name, pod.C, pod.T, pod.R, pod.E, false)));
        return ([.. marked.Where(pod => pod.Target.Length > 0)], Outliers.Sentences(marked));
    }

    private static IEnumerable<PodSums> Sum(IEnumerable<PodSums> pods) =>
        pods.GroupBy(pod => (pod.M, pod.C, pod.T)).Select(pod => new PodSums(pod.Key.M, pod.Key.C, pod.Key.T, pod.Sum(one => one.R), pod.Sum(one => one.E)));
}
