using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Analysis.Explaining;

/// <summary>Says which requests are slow where single pods are told apart: those that take longer than the stable side's slowest hundredth.</summary>
public static class SlowBound
{
    private const double Share = 0.01;

    /// <summary>With fewer requests their slowest hundredth is no more than chance.</summary>
    private const int LeastRequests = 500;

    /// <summary>The bucket's upper bound in seconds; null where the requests are too few to tell, or the buckets too coarse.</summary>
    /// <param name="stable">Counts of the stable side, of any intervals and halves.</param>
    /// <param name="bounds">Upper bounds of their buckets in seconds, without +Inf.</param>
    public static double? Of(IEnumerable<SideCounts> stable, ImmutableArray<double> bounds)
    {
        var upTo = new long[bounds.Length];
        var requests = 0L;
        foreach (var counts in stable)
        {
            requests += counts.Requests;
            for (var (i, sum) = (0, 0L); i < Math.Min(bounds.Length, counts.Buckets.Length); i++) upTo[i] += sum += counts.Buckets[i];
        }

        var index = requests < LeastRequests ? -1 : Array.FindIndex(upTo, one => requests - one <= 1.5 * Share * requests);
        return index < 0 ? null : bounds[index];
    }
}
