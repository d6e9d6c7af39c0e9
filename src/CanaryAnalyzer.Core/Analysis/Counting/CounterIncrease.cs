using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>How much a counter grew: the sum of its steps, where a drop is a restart from 0.</summary>
internal static class CounterIncrease
{
    /// <summary>Index of the last sample at or before an instant; -1 where there is none.</summary>
    public static int LastAt(ImmutableArray<RawSample> samples, long at)
    {
        int low = 0, high = samples.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (samples[middle].At <= at) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }

    /// <summary>The instants within the window at which the counter is smaller than before.</summary>
    public static IEnumerable<long> Resets(ImmutableArray<RawSample> samples, CountingWindow window)
    {
        var last = LastAt(samples, window.To);
        for (var i = Math.Max(1, BaselineAt(samples, window) + 1); i <= last; i++)
        {
            if (samples[i].At > window.From && samples[i].Value < samples[i - 1].Value) yield return samples[i].At;
        }
    }

    /// <summary>The increase within the window.</summary>
    /// <param name="samples">The counter's samples, oldest first.</param>
    /// <param name="window">The interval; without a fresh sample at its beginning the counter counts from 0.</param>
    /// <param name="resets">Instants, ascending, at which the whole unit restarted even where this counter didn't drop.</param>
    public static double Within(ImmutableArray<RawSample> samples, CountingWindow window, ReadOnlySpan<long> resets)
    {
        var baseline = BaselineAt(samples, window);
        var (before, at) = baseline < 0 ? (0, window.From) : (samples[baseline].Value, samples[baseline].At);
        var sum = 0.0;
        for (var i = LastAt(samples, window.From) + 1; i < samples.Length && samples[i].At <= window.To; i++)
        {
            var sample = samples[i];
            sum += sample.Value < before || HasReset(resets, at, sample.At) ? sample.Value : sample.Value - before;
            (before, at) = (sample.Value, sample.At);
        }

        return sum;
    }

    /// <summary>Index of the sample that is the counter's value at the window's beginning; -1 where none is fresh.</summary>
    public static int BaselineAt(ImmutableArray<RawSample> samples, CountingWindow window)
    {
        var index = LastAt(samples, window.From);
        return index >= 0 && samples[index].At >= window.From - window.MaxAge && samples[index].At > window.NotBefore ? index : -1;
    }

    private static bool HasReset(ReadOnlySpan<long> resets, long after, long until)
    {
        foreach (var reset in resets)
        {
            if (reset > after && reset <= until) return true;
        }

        return false;
    }
}
