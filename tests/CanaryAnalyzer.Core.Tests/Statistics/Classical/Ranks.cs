namespace CanaryAnalyzer.Core.Tests.Statistics.Classical;

/// <summary>Ranks of two samples put together.</summary>
/// <param name="First">The sum of the first sample's ranks; ties share the mean of theirs.</param>
/// <param name="Ties">Σ (t³ - t) over the groups of t equal values.</param>
internal readonly record struct Ranks(double First, double Ties)
{
    /// <summary>Ranks two samples.</summary>
    public static Ranks Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var values = new double[x.Length + y.Length];
        x.CopyTo(values);
        y.CopyTo(values.AsSpan(x.Length));
        var places = new int[values.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = i;
        Array.Sort(values, places);
        double first = 0, ties = 0;
        for (var from = 0; from < values.Length;)
        {
            var to = from + 1;
            while (to < values.Length && values[to].Equals(values[from]))
                to++;
            double group = to - from, rank = (from + to + 1) / 2.0;
            for (var i = from; i < to; i++)
                first += places[i] < x.Length ? rank : 0;
            ties += (group * group * group) - group;
            from = to;
        }

        return new(first, ties);
    }
}
