using System.Diagnostics;

namespace CanaryAnalyzer.LocalCluster.Tests.Kubectl;

/// <summary>Runs a kubectl, unmodified, on one kubeconfig and with no other configuration.</summary>
internal sealed class KubectlRunner(string binary, string kubeconfig, string cacheFolder)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Standard output; the command must end with the exit code.</summary>
    public async Task<string> RunAsync(string arguments, string? input = null, int exitCode = 0)
    {
        using var process = Start(arguments);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == exitCode, $"kubectl {arguments}: exit code {process.ExitCode}\n{await output}{await error}");
        return exitCode == 0 ? await output : await output + await error;
    }

    /// <summary>Runs again and again until there is no output; <c>wait --for=delete</c> fails where nothing is left to wait for.</summary>
    public async Task UntilNothingAsync(string arguments)
    {
        var watch = Stopwatch.StartNew();
        while ((await RunAsync(arguments)).Length > 0)
            Assert.True(watch.Elapsed < Limit, $"kubectl {arguments} still prints something");
    }

    /// <summary>Runs until a line of its output is as wanted.</summary>
    public async Task UntilLineAsync(string arguments, Func<string, bool> wanted, Func<Task> afterFirstLine)
    {
        using var process = Start(arguments);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var isFirst = true;
        try
        {
            while (true)
            {
                var line = await process.StandardOutput.ReadLineAsync(limit.Token);
                Assert.True(line is not null, $"kubectl {arguments} ended without the line that was waited for");
                if (wanted(line))
                    return;
                if (isFirst)
                    await afterFirstLine();
                isFirst = false;
            }
        }
        finally
        {
            process.Kill();
        }
    }

    private Process Start(string arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"exec '{binary}' --kubeconfig '{kubeconfig}' --cache-dir '{cacheFolder}' {arguments}");
        return Process.Start(start)!;
    }
}
