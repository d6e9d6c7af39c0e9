using System.CommandLine;
using System.Globalization;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>The options of <c>backtest</c>.</summary>
internal sealed class BacktestCommandOptions
{
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(366);

    private readonly Option<string> _file = new("--filename", "-f") { Description = "File with the AnalysisTemplate", Required = true };
    private readonly Option<string?> _metric = new("--metric") { Description = "The comparison, where the template has several" };
    private readonly Option<string?> _address = new("--address") { Description = "The Prometheus; default: the template's" };
    private readonly Option<string?> _stable = new("--stable") { Description = "Matchers of the service's pods, all versions: 'pod=~\"web-.*\"'" };
    private readonly Option<string[]> _arguments = new("--arg") { Description = "An argument of the template, name=value", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> _from = new("--from") { Description = "Beginning of the range, such as 2026-03-01 or 2026-03-01T08:00Z" };
    private readonly Option<string?> _to = new("--to") { Description = "End of the range; default: now" };
    private readonly Option<string> _last = new("--last") { Description = "Length of the range, such as 7d or 36h", DefaultValueFactory = _ => "7d" };
    private readonly Option<string> _share = new("--share") { Description = "The canary's share of the traffic", DefaultValueFactory = _ => "10%" };
    private readonly Option<int?> _pods = new("--pods") { Description = "The canary's number of pods, with all of their traffic; default: by --share" };
    private readonly Option<int> _splits = new("--splits") { Description = "How often the pods of each window are split anew", DefaultValueFactory = _ => 4 };
    private readonly Option<long> _seed = new("--seed") { Description = "Seed of all chance: the same seed gives the same numbers", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _format = new("--output", "-o") { Description = "json" };
    private readonly Option<string?> _html = new("--html") { Description = "Also write a report with pictures to this file" };
    private readonly Option<string?> _cache = new("--cache") { Description = "Folder that keeps what was read; default: canaryctl/backtest in the user's cache" };
    private readonly Option<bool> _noCache = new("--no-cache") { Description = "Keep nothing, and read everything anew" };

    public BacktestCommandOptions() => _format.AcceptOnlyFromAmong("json");

    public Option<string?> Rollout { get; } = new("--rollout") { Description = "A Rollout of the cluster, whose pods and namespace are taken" };

    public IEnumerable<Option> All => [_file, _metric, _address, _stable, _arguments, Rollout, _from, _to, _last, _share, _pods, _splits, _seed, _format, _html, _cache, _noCache];

    /// <exception cref="CliException">An option makes no sense; the message says what to write.</exception>
    public BacktestOptions Read(ParseResult parsed, DateTimeOffset now)
    {
        var to = parsed.GetValue(_to) is { } end ? Instant("--to", end) : now;
        var from = parsed.GetValue(_from) is { } start ? Instant("--from", start) : to - Length(parsed.GetValue(_last)!);
        if (from >= to) throw new CliException("--from must be before --to");
        if (to - from > LongestRange) throw new CliException("the range is longer than a year: ask for less");
        var pods = parsed.GetValue(_pods);
        var splits = parsed.GetValue(_splits);
        if (pods is < 1) throw new CliException("--pods must be at least 1");
        if (splits is < 1 or > 100) throw new CliException("--splits must be from 1 to 100");
        if (!Share.TryParse(parsed.GetValue(_share), out var share) || share.Value is not (> 0 and <= 0.5)) throw new CliException($"--share must be a share up to 50%, such as 10%, not {parsed.GetValue(_share)}");
        return new BacktestOptions
        {
            File = parsed.GetRequiredValue(_file),
            Metric = parsed.GetValue(_metric),
            Address = parsed.GetValue(_address) is { } address ? AddressOf(address) : null,
            Stable = parsed.GetValue(_stable),
            Arguments = (parsed.GetValue(_arguments) ?? []).Select(Argument).GroupBy(one => one.Key).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal),
            From = from,
            To = to,
            Share = share.Value,
            Pods = pods,
            Splits = splits,
            Seed = parsed.GetValue(_seed),
            Json = parsed.GetValue(_format) == "json",
            Html = parsed.GetValue(_html),
            Cache = parsed.GetValue(_noCache) ? null : parsed.GetValue(_cache) ?? DefaultCache(),
        };
    }

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : throw new CliException($"--address must be an http or https address, not {text}");

    private static KeyValuePair<string, string> Argument(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? new(text[..at], text[(at + 1)..]) : throw new CliException($"--arg must be name=value, not {text}");

    private static DateTimeOffset Instant(string option, string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at : throw new CliException($"{option} must be a time such as 2026-03-01T08:00Z, not {text}");

    private static TimeSpan Length(string text)
    {
        if (text.EndsWith('d') && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 366) return TimeSpan.FromDays(days);
        return GoDuration.TryParse(text, out var length) && length > TimeSpan.Zero ? length : throw new CliException($"--last must be a duration such as 7d or 36h, not {text}");
    }

    private static string DefaultCache()
    {
        var root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set ? set : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(root, "canaryctl", "backtest");
    }
}
