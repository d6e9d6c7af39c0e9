using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging.Reporting;

/// <summary>What the required measures that compare both sides can show together.</summary>
internal static class MeasureReach
{
    /// <summary>The largest of their values; unknown as soon as one of them is, and where there is no such measure.</summary>
    public static T? Largest<T>(ImmutableArray<MeasureReport> measures, Func<MeasureReport, T?> value)
        where T : struct, IComparable<T>
    {
        T? largest = null;
        foreach (var measure in measures)
        {
            if (!measure.Required || measure.Kind is MeasureKind.Limit or MeasureKind.Traffic)
                continue;
            if (value(measure) is not { } one)
                return null;
            largest = largest is { } known && known.CompareTo(one) > 0 ? known : one;
        }

        return largest;
    }

    /// <summary>Whether both sides of every required measure had so many requests; a limit needs none of the stable side.</summary>
    public static bool HasMinRequests(ImmutableArray<MeasureReport> measures, long minRequests)
    {
        var hasAny = false;
        foreach (var measure in measures)
        {
            if (!measure.Required)
                continue;
            hasAny = true;
            if (measure.Canary.Requests < minRequests || (measure.Stable.Requests < minRequests && measure.Kind != MeasureKind.Limit))
                return false;
        }

        return hasAny;
    }
}
