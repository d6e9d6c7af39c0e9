namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>Takes the bucket series of one histogram for equal: those that differ in nothing but <c>le</c>.</summary>
internal sealed class HistogramIdentity : IEqualityComparer<RawSeries>
{
    public static HistogramIdentity Comparer { get; } = new();

    public bool Equals(RawSeries? one, RawSeries? other)
    {
        if (one is null || other is null) return one == other;
        if (one.Labels.Count != other.Labels.Count) return false;
        foreach (var (label, value) in one.Labels)
        {
            if (label != "le" && !(other.Labels.TryGetValue(label, out var same) && same == value)) return false;
        }

        return true;
    }

    public int GetHashCode(RawSeries series)
    {
        // Labels have no order, so that their hashes are summed.
        var hash = 0;
        foreach (var (label, value) in series.Labels)
        {
            if (label != "le") hash = unchecked(hash + HashCode.Combine(label, value));
        }

        return hash;
    }
}
