namespace CanaryAnalyzer.Core.Analysis.Judging.Measures;

/// <summary>When an interval was, since the start of the run.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end.</param>
internal readonly record struct LookTime(TimeSpan From, TimeSpan To)
{
    /// <summary>The interval that ends at an instant.</summary>
    public static LookTime Of(TimeSpan elapsed, TimeSpan? span, MeasureSetup setup) => new(elapsed - (span ?? setup.Interval), elapsed);

    /// <summary>A window of this interval alone.</summary>
    public HarmWindow Window(double drift) => new((float)drift) { Start = (long)Math.Floor(From.TotalSeconds), End = (long)Math.Ceiling(To.TotalSeconds) };
}
