using System.Diagnostics;

namespace CanaryAnalyzer.Cli.Demo;

/// <summary>
/// A child that ends with this process, however that ends: a shell waits on a pipe from us and terminates the child when the pipe closes, which the
/// kernel does even after <c>kill -9</c>. The shell ignores the terminal's signals, so that they reach the child only through us.
/// </summary>
internal sealed class GuardedProcess : IAsyncDisposable
{
    /// <summary>The shell's script: its first argument is the log, the others are the command.</summary>
    internal const string Guard = """
        trap '' HUP INT
        log=$1; shift
        exec 3<&0 </dev/null
        "$@" >"$log" 2>&1 3<&- &
        child=$!
        ( read -r _ <&3; kill -TERM $child 2>/dev/null ) &
        guard=$!
        wait $child; code=$?
        kill $guard 2>/dev/null
        exit $code
        """;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(12);
    private readonly Process _shell;
    private readonly string _name;

    private GuardedProcess(Process shell, string name, string log) => (_shell, _name, Log) = (shell, name, log);

    public string Log { get; }

    public bool HasExited => _shell.HasExited;

    public static GuardedProcess Start(string name, string log, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])["-c", Guard, name, log, program, .. arguments])
            start.ArgumentList.Add(argument);
        return new GuardedProcess(Process.Start(start) ?? throw new DemoFailure($"{name} cannot be started: there is no /bin/sh"), name, log);
    }

    /// <summary>Completes when the child has ended by itself, with what it said last.</summary>
    public async Task<DemoFailure> DiedAsync(CancellationToken token)
    {
        await _shell.WaitForExitAsync(token);
        var last = File.Exists(Log) ? File.ReadLines(Log).LastOrDefault(l => l.Length > 0) : null;
        return new DemoFailure($"{_name} ended with exit code {_shell.ExitCode}: {last ?? "it said nothing"}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_shell.HasExited)
        {
            _shell.StandardInput.Close();
            using var limit = new CancellationTokenSource(EndLimit);
            try
            {
                await _shell.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _shell.Kill(entireProcessTree: true);
            }
        }

        _shell.Dispose();
    }
}
