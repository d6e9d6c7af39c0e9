using System.Diagnostics;

namespace CanaryAnalyzer.Benchmarks.Processes;

/// <summary>A command that has to succeed.</summary>
internal static class Command
{
    /// <summary>Runs it and returns what it wrote to standard output; a failure has the end of what it said.</summary>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken token)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;

        // Servers that it starts may keep the pipes: what it says is read while it runs, not until they close.
        var said = new System.Text.StringBuilder();
        var output = new System.Text.StringBuilder();
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(said, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.HasExited) await Task.Delay(50, token);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{Path.GetFileName(program)} ended with exit code {process.ExitCode}: {said}{output}");
        return output.ToString();
    }

    private static void Keep(System.Text.StringBuilder kept, string? line)
    {
        if (line is null) return;
        lock (kept) kept.AppendLine(line);
    }
}
