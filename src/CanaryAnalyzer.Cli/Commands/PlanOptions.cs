using System.CommandLine;
using System.Globalization;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Cli.Planning;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary>The options that say for what traffic a plan is made.</summary>
internal sealed class PlanOptions
{
    private readonly Option<double?> _rps = new("--rps") { Description = "Requests a second, canary and stable together; default: 100, or what --address sees" };
    private readonly Option<string?> _errorRate = new("--error-rate") { Description = "Share of requests that fail, such as 0.5%" };
    private readonly Option<string?> _share = new("--canary-share") { Description = "The canary's share of the traffic, such as 10%; default: each step's weight" };
    private readonly Option<string?> _buckets = new("--buckets") { Description = "Upper bounds of the latency buckets in seconds, such as 0.1,0.25,0.5,1" };
    private readonly Option<string?> _median = new("--median") { Description = "Typical response time, such as 80ms; default: 100ms" };
    private readonly Option<string?> _address = new("--address") { Description = "A Prometheus to read rates and buckets from" };
    private readonly Option<string[]> _arguments = NamedValues.Option("--arg", "With --address: an argument's value, name=value");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_rps, _errorRate, _share, _buckets, _median, _address, _arguments])
            command.Add(option);
    }

    /// <summary>What the options say.</summary>
    /// <exception cref="CliException">One of them is no such value.</exception>
    public PlanTraffic Open(ParseResult parsed, CliHost host)
    {
        if (parsed.GetValue(_rps) is { } given && !(given > 0 && given < 1e7))
            throw new CliException("--rps must be a number above 0, such as 50");
        var median = TimeSpan.FromMilliseconds(100);
        if (parsed.GetValue(_median) is { } text && (!GoDuration.TryParse(text, out median) || median <= TimeSpan.Zero))
            throw new CliException($"--median must be a duration such as 80ms, not {text}");
        return new PlanTraffic(host, NamedValues.Address(parsed.GetValue(_address)), NamedValues.Read(parsed.GetValue(_arguments), "--arg"))
        {
            RequestsPerSecond = parsed.GetValue(_rps),
            ErrorRate = Part(parsed.GetValue(_errorRate), "--error-rate"),
            CanaryShare = Part(parsed.GetValue(_share), "--canary-share"),
            Bounds = Bounds(parsed.GetValue(_buckets)),
            Median = median,
        };
    }

    private static double? Part(string? text, string option)
    {
        if (text is null)
            return null;
        return Share.TryParse(text, out var share) && share.Value < 1 ? share.Value : throw new CliException($"{option} must be a share below 100 %, written like 5% or 0.05, not {text}");
    }

    private static double[]? Bounds(string? text)
    {
        if (text is null)
            return null;
        var bounds = new List<double>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(word => word != "+Inf"))
        {
            if (!double.TryParse(word, CultureInfo.InvariantCulture, out var bound) || !double.IsFinite(bound) || bound <= bounds.LastOrDefault())
                throw new CliException($"--buckets must be seconds above 0 in ascending order, such as 0.1,0.25,0.5,1, not {text}");
            bounds.Add(bound);
        }

        return bounds.Count > 0 ? [.. bounds] : throw new CliException("--buckets names no bound; write seconds such as 0.1,0.25,0.5,1");
    }
}
