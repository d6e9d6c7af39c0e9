using System.Globalization;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>Judges whether a canary that has no series of the errors, where they are a metric of their own, can have had none.</summary>
public static class AbsentErrors
{
    /// <summary>How many errors stable's rate must promise before none at all is taken for errors that can't be seen: chance alone does so once in 20,000 times.</summary>
    private const double Most = 10;

    /// <summary>Why it can't, for people; null where it can.</summary>
    /// <param name="canary">The canary's requests.</param>
    /// <param name="stable">Stable's requests.</param>
    /// <param name="errors">Stable's errors.</param>
    public static string? Implausible(SeriesTable canary, SeriesTable stable, SeriesTable errors)
    {
        if (!errors.IsEmpty && stable.Targets.Keys.All(errors.Targets.ContainsKey) && All(errors).Any(series => series.Samples[^1].Value == 0) && Total(canary) > 0)
            return "stable's begin at 0 with the pod";
        var expected = Math.Min(Ratio(Total(errors), Total(stable)), Ratio(Grown(errors), Grown(stable))) * Total(canary);
        return expected >= Most ? string.Create(CultureInfo.InvariantCulture, $"at stable's rate its requests would have had {Math.Floor(expected):#,0} errors") : null;
    }

    private static double Ratio(double errors, double requests) => requests > 0 ? errors / requests : 0;

    private static double Total(SeriesTable table) => All(table).Sum(series => series.Samples[^1].Value);

    private static double Grown(SeriesTable table) => All(table).Sum(series => Math.Max(0, series.Samples[^1].Value - series.Samples[0].Value));

    private static IEnumerable<RawSeries> All(SeriesTable table) => table.Targets.Values.SelectMany(target => target.All).Where(series => !series.Samples.IsEmpty && double.IsFinite(series.Samples[^1].Value));
}
