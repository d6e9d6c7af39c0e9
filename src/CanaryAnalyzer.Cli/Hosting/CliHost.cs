using System.Diagnostics;
using CanaryAnalyzer.Cli.Rendering;

namespace CanaryAnalyzer.Cli.Hosting;

/// <summary>Where a command runs: what it writes to, what time it is, and under which name it was called.</summary>
internal sealed record CliHost
{
    /// <summary>What a command reads that takes its input there.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether a person looks at a screen: only then a watch redraws in place.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>Whether there are colours: on a screen whose owner hasn't set NO_COLOR.</summary>
    public required bool HasColours { get; init; }

    /// <summary>In how many columns sentences are written.</summary>
    public int Width { get; init; } = WrappedText.Widest;

    public required TimeProvider Time { get; init; }

    /// <summary>When the command was started: its user has seen nothing that is newer. In the far future where that is not known.</summary>
    public DateTimeOffset Started { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>The name to use in help: <c>canaryctl</c>, or <c>kubectl argo rollouts</c> where it is called as kubectl's plugin.</summary>
    public required string CommandName { get; init; }

    public static CliHost OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new CliHost
        {
            In = new StreamReader(Console.OpenStandardInput(), bufferSize: 1 << 16),
            Out = Console.Out,
            Error = Console.Error,
            IsTerminal = isTerminal,
            HasColours = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Width = WrappedText.WidthOf(isTerminal ? Console.WindowWidth : 0),
            Time = TimeProvider.System,
            Started = StartOfProcess(),
            CommandName = CallName.Read(),
        };
    }

    private static DateTimeOffset StartOfProcess()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime);
    }
}
