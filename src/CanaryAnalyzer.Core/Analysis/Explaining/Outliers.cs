using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging.Reporting;

namespace CanaryAnalyzer.Core.Analysis.Explaining;

/// <summary>Finds the pods that are worse than the others of their side: one that is broken says little about a version.</summary>
public static class Outliers
{
    /// <summary>How probable it may be that any pod of a side that is like the others is named.</summary>
    private const double Chance = 0.01;

    /// <summary>So many times the others' share of errors a pod has at least: with enough requests any small lasting difference between nodes is beyond chance.</summary>
    private const double Times = 2;

    /// <summary>Marks the pods whose share of their side's errors, or slow requests, exceeds their share of its requests beyond chance.</summary>
    /// <param name="targets">The pods of any measures and sides.</param>
    public static ImmutableArray<TargetFigures> Mark(IEnumerable<TargetFigures> targets) =>
        [.. targets.GroupBy(target => (target.Measure, target.IsCanary)).SelectMany(side => MarkSide([.. side]))];

    /// <summary>A sentence for each pod that is marked: <c>errors: pod web-5 has 9 of the canary's 10 errors</c>.</summary>
    public static IEnumerable<string> Sentences(ImmutableArray<TargetFigures> targets)
    {
        foreach (var one in targets.Where(target => target.StandsOut))
        {
            var errors = targets.Where(target => target.Measure == one.Measure && target.IsCanary == one.IsCanary).Sum(target => target.Errors);
            var what = one.SlowFrom is { } bound ? $"requests over {Figures.Bound(bound, one.Unit)}" : "errors";
            yield return FormattableString.Invariant($"{one.Measure}: pod {one.Target} has {one.Errors} of {(one.IsCanary ? "the canary's" : "stable's")} {errors} {what}");
        }
    }

    private static IEnumerable<TargetFigures> MarkSide(IReadOnlyList<TargetFigures> side)
    {
        var (requests, errors) = (side.Sum(target => target.Requests), side.Sum(target => target.Errors));
        return side.Select(target => target with { StandsOut = side.Count > 1 && IsWorse(target, requests, errors, Chance / side.Count) });
    }

    /// <summary>
    /// Given the side's errors, those of a pod that is like the others are binomial with its share of the requests; the chance of so many is bounded by
    /// exp(-K KL(k/K, share)), Chernoff's bound.
    /// </summary>
    private static bool IsWorse(TargetFigures target, long requests, long errors, double chance)
    {
        if (errors == 0 || requests == 0) return false;
        var (part, share) = ((double)target.Errors / errors, (double)target.Requests / requests);
        if (part <= share || target.Errors * (double)(requests - target.Requests) < Times * (errors - target.Errors) * target.Requests) return false;
        if (share <= 0) return true;
        var divergence = (part * Math.Log(part / share)) + (part < 1 ? (1 - part) * Math.Log((1 - part) / (1 - share)) : 0);
        return -errors * divergence < Math.Log(chance);
    }
}
