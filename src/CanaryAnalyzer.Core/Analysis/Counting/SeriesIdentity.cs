namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>Takes series for equal whose labels are.</summary>
/// <param name="aside">A label that may differ; null: none may.</param>
internal sealed class SeriesIdentity(string? aside) : IEqualityComparer<RawSeries>
{
    public static SeriesIdentity OfSeries { get; } = new(null);

    /// <summary>The bucket series of one histogram are equal.</summary>
    public static SeriesIdentity OfHistogram { get; } = new("le");

    public bool Equals(RawSeries? one, RawSeries? other)
    {
        if (one is null || other is null) return one == other;
        if (one.Labels.Count != other.Labels.Count) return false;
        foreach (var (label, value) in one.Labels)
        {
            if (label != aside && !(other.Labels.TryGetValue(label, out var same) && same == value)) return false;
        }

        return true;
    }

    public int GetHashCode(RawSeries series)
    {
        // Labels have no order, so that their hashes are summed.
        var hash = 0;
        foreach (var (label, value) in series.Labels)
        {
            if (label != aside) hash = unchecked(hash + HashCode.Combine(label, value));
        }

        return hash;
    }
}
