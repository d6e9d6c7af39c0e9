using System.Globalization;

namespace CanaryAnalyzer.Cli.Backtesting.Html;

/// <summary>Maps numbers to places in a picture, in equal steps.</summary>
/// <param name="From">The number at <paramref name="Start"/>.</param>
/// <param name="To">The number at <paramref name="End"/>; more than <paramref name="From"/>.</param>
/// <param name="Start">A place in pixels.</param>
/// <param name="End">The other end's.</param>
internal sealed record Scale(double From, double To, double Start, double End)
{
    public double At(double number) => Start + ((Math.Clamp(number, From, To) - From) / (To - From) * (End - Start));

    /// <summary>Round numbers, about as many as wanted.</summary>
    public IEnumerable<double> Ticks(int wanted)
    {
        var rough = (To - From) / Math.Max(1, wanted);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = new[] { 1.0, 2, 2.5, 5, 10 }.First(factor => factor * power >= rough * 0.999) * power;
        for (var i = Math.Ceiling((From / step) - 1e-9); i * step <= To + (1e-9 * step); i++) yield return (i * step) + 0.0;
    }

    /// <summary>A coordinate as SVG has it.</summary>
    public static string Text(double place) => place.ToString("0.##", CultureInfo.InvariantCulture);
}
