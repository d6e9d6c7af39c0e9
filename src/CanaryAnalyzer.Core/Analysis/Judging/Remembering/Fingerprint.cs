using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;

namespace CanaryAnalyzer.Core.Analysis.Judging.Remembering;

/// <summary>Short marks of settings (FNV-1a, 64 bits), by which a change of them is noticed.</summary>
internal static class Fingerprint
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The mark of everything that a measure's evidence depends on.</summary>
    public static ulong Of(MeasureSetup setup)
    {
        var options = setup.Options;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{setup.Settings.Version}|{options.Name}|{options.Kind}|{setup.Weight:R}|{setup.FalseRollback:R}|{setup.Interval.Ticks}|{options.MarginRatio:R}|{options.MarginAbsolute:R}|{options.ToleranceRatio:R}|{options.EffectiveToleranceAbsolute:R}|{List(options.Tails)}|{options.MinEffect:R}|{options.EffectiveWarmup.Ticks}|{options.LimitMax:R}|{options.SeriesMargin:R}|{options.LowerIsWorse}");
        if (!options.Bounds.IsEmpty)
            text += $"|{List(options.Bounds)}";
        if (options.Source.Length > 0)
            text += $"|{options.Source}";
        return Of(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The mark of some bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Offset;
        foreach (var b in bytes)
            hash = unchecked((hash ^ b) * Prime);
        return hash;
    }

    private static string List(ImmutableArray<double> numbers) => string.Join(',', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
}
