using System.CommandLine;
using System.Globalization;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary>The options that say which shares of slow requests are watched, as <c>tails</c> and <c>bounds</c> of a template do.</summary>
internal sealed class WatchOptions
{
    private const int Most = 5;

    private readonly Option<string?> _tails = new("--tails") { Description = "Shares of the slowest requests to watch, such as 10%,1%; default: 10%, 1% and 0.1%, none with --bounds" };
    private readonly Option<string?> _bounds = new("--bounds") { Description = "Response times above which shares are watched, such as 250ms,1s" };

    public void AddTo(Command command)
    {
        command.Add(_tails);
        command.Add(_bounds);
    }

    /// <summary>The same with what the options say about latency.</summary>
    /// <exception cref="CliException">One of them is no such list.</exception>
    public JudgeOptions Apply(JudgeOptions options, ParseResult parsed)
    {
        var bounds = Words(parsed.GetValue(_bounds), "--bounds")?.Select(Bound).ToList();
        var tails = Words(parsed.GetValue(_tails), "--tails")?.Select(Tail).ToList() ?? (bounds is null ? null : []);
        if (bounds is not null && options.Measures.FirstOrDefault(measure => measure is { Kind: MeasureKind.Latency, Unit: LatencyUnit.Unknown }) is { } unitless)
            throw new CliException($"--bounds can't be looked up for {unitless.Name}: nothing says what the unit of its histogram is; write latency.unit: ms (or s) into the template");
        return options with
        {
            Measures =
            [
                .. options.Measures.Select(measure => measure.Kind != MeasureKind.Latency ? measure : measure with
                {
                    Tails = tails is null ? measure.Tails : TailsParser.InOrder(tails),
                    Bounds = bounds is null ? measure.Bounds : BoundsParser.InOrder(bounds),
                }),
            ],
        };
    }

    private static string[]? Words(string? text, string option)
    {
        if (text is null)
            return null;
        var words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return words.Length is >= 1 and <= Most
            ? words
            : throw new CliException(string.Create(CultureInfo.InvariantCulture, $"{option} must name one to {Most}, parted by commas, not {words.Length}"));
    }

    private static double Bound(string word) => BoundsParser.TryParse(word) ?? throw new CliException($"--bounds must be durations above 0s and up to 24h such as 250ms,1s, not {word}");

    private static double Tail(string word) => TailsParser.TryParse(word) ?? throw new CliException($"--tails must be shares above 0% and up to 50% such as 10%,1%, not {word}");
}
