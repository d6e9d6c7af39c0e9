using System.Diagnostics;

namespace CanaryAnalyzer.Benchmarks.Processes;

/// <summary>Waits for what other processes do.</summary>
internal static class Waiting
{
    /// <summary>Asks every 50 ms until it holds, and returns how long that took; a limit that passes is a failure that names <paramref name="what"/>.</summary>
    public static async Task<TimeSpan> UntilAsync(Func<Task<bool>> holds, TimeSpan limit, string what, CancellationToken token)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > limit) throw new TimeoutException($"Waited {limit.TotalSeconds:0} s in vain for {what}");
            await Task.Delay(50, token);
        }

        return Stopwatch.GetElapsedTime(started);
    }
}
