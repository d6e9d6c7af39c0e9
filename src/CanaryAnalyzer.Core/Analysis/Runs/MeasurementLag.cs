using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>How late the next measurement of a metric, or the next look of a comparison, is.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="IsLook">Whether it is a comparison's look.</param>
/// <param name="Lag">The time since it was due; zero if it is not due yet.</param>
/// <param name="Accepted">The lag above which it counts as late: two intervals, at least a minute.</param>
/// <param name="IsFailing">Whether the last try failed at its queries, so that the metrics backend is the cause.</param>
public sealed record MeasurementLag(string Metric, bool IsLook, TimeSpan Lag, TimeSpan Accepted, bool IsFailing)
{
    /// <summary>Whether it is so late that users must know.</summary>
    public bool IsLate => Lag > Accepted;

    /// <summary>The lag in whole seconds, such as <c>4m12s</c>.</summary>
    public string Duration => GoDuration.Format(TimeSpan.FromSeconds(Math.Floor(Lag.TotalSeconds)));

    /// <summary>How late it is and why, for an event.</summary>
    public override string ToString() =>
        $"metric {Metric}: the next {(IsLook ? "look" : "measurement")} is {Duration} late: " + (IsFailing ? "its queries fail" : "no answer has come in; the controller or the metrics backend is overloaded");
}
