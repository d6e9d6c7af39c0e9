using System.Diagnostics;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Cli.Tests;

/// <summary>Runs command lines against an API server in the process, at a fixed time.</summary>
public sealed class CliRun : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly SignallingWriter _out = new();
    private readonly StringWriter _error = new();

    private CliRun(InProcessApiServer server) => Server = server;

    internal InProcessApiServer Server { get; }

    internal FakeTimeProvider Time { get; } = new(SeedStory.Now);

    /// <summary>The clock of the commands; null: <see cref="Time"/>.</summary>
    internal TimeProvider? Clock { get; set; }

    internal SeedStory Story => new(Server.Store);

    internal bool IsTerminal { get; set; }

    internal string Out => _out.ToString();

    internal string Error => _error.ToString();

    public static async Task<CliRun> StartAsync() => new(await InProcessApiServer.StartAsync());

    /// <summary>Runs a command line; kubeconfig and namespace are given.</summary>
    internal Task<int> RunAsync(params string[] arguments) =>
        RunBareAsync([.. arguments, "--kubeconfig", Server.Kubeconfig, "--namespace", SeedStory.Namespace]);

    internal Task<int> RunBareAsync(params string[] arguments) => RunBareAsync("canaryctl", arguments);

    internal Task<int> RunBareAsync(string commandName, string[] arguments)
    {
        var clock = Clock ?? Time;
        var host = new CliHost
        {
            Out = _out, Error = _error, IsTerminal = IsTerminal, HasColours = IsTerminal, Time = clock, Started = clock.GetUtcNow(), CommandName = commandName,
        };
        return Cli.Commands.Cli.RunAsync(host, arguments, TestContext.Current.CancellationToken);
    }

    /// <summary>Moves the clock step by step until the command has written such a text.</summary>
    internal async Task UntilWrittenAsync(string text)
    {
        var watch = Stopwatch.StartNew();
        while (!Out.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(watch.Elapsed < Deadline, $"The command didn't write '{text}' but: {Out}{Error}");
            Time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(_out.NextWrite(), Task.Delay(10, TestContext.Current.CancellationToken));
        }
    }

    /// <summary>Moves the clock step by step until a command has ended; its exit code.</summary>
    internal async Task<int> UntilEndAsync(Task<int> running)
    {
        var watch = Stopwatch.StartNew();
        while (!running.IsCompleted)
        {
            Assert.True(watch.Elapsed < Deadline, $"The command didn't end. It wrote: {Out}{Error}");
            Time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(running, Task.Delay(10, TestContext.Current.CancellationToken));
        }

        return await running;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
