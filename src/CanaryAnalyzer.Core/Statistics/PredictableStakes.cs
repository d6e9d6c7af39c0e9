namespace CanaryAnalyzer.Core.Statistics;

/// <summary>
/// How what is invested in an interval is spread over the alternatives: by how many looks each would need at the traffic so far. One that would convict within a
/// look, or never within the pause, needs no stake; the others share it evenly in the logarithm of the looks.
/// </summary>
/// <param name="Need">Logarithm of evidence that convicts, about.</param>
/// <param name="Soonest">Looks within which every alternative is found anyway.</param>
/// <param name="Latest">Looks after which it is too late.</param>
/// <param name="Floor">The part that is spread by the default weights whatever is expected.</param>
public sealed record PredictableStakes(double Need, double Soonest, double Latest, double Floor)
{
    private const double Smallest = 1e-12;

    /// <summary>The weights of alternatives that are ordered by size.</summary>
    /// <param name="growth">What each is expected to add to the logarithm of evidence in a look, before the interval is known.</param>
    /// <param name="defaults">The default weights, which sum to 1.</param>
    /// <param name="weights">Receives the weights.</param>
    public void Ordered(ReadOnlySpan<double> growth, ReadOnlySpan<double> defaults, Span<double> weights)
    {
        double high = Math.Log(Latest), low = Math.Log(Soonest), before = high, sum = 0;
        var own = Looks(growth[0], low, high);
        for (var g = 0; g < weights.Length; g++)
        {
            var next = g + 1 < weights.Length ? Math.Min(own, Looks(growth[g + 1], low, high)) : own;
            var cut = g + 1 < weights.Length ? 0.5 * (own + next) : low;
            weights[g] = Math.Max(before - cut, 0);
            sum += weights[g];
            (before, own) = (cut, next);
        }

        for (var g = 0; g < weights.Length; g++)
            weights[g] = ((1 - Floor) * weights[g] / sum) + (Floor * defaults[g]);
    }

    private double Looks(double growth, double low, double high) => Math.Clamp(Math.Log(Need / Math.Max(growth, Smallest)), low, high);
}
