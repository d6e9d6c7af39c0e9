namespace CanaryAnalyzer.Cli.Hosting;

/// <summary>Where a command runs: what it writes to, what time it is, and under which name it was called.</summary>
internal sealed record CliHost
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether a person looks at a screen: only then there are colours, and a watch redraws in place.</summary>
    public required bool IsTerminal { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The name to use in help: <c>canaryctl</c>, or <c>kubectl argo rollouts</c> where it is called as kubectl's plugin.</summary>
    public required string CommandName { get; init; }

    public static CliHost OfProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        IsTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
        Time = TimeProvider.System,
        CommandName = CallName.Read(),
    };
}
