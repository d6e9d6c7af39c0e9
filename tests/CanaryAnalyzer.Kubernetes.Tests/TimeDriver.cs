using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Kubernetes.Tests;

/// <summary>Moves a fake clock while real connections do their part.</summary>
internal static class TimeDriver
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Advances step by step until the task is complete, whatever its outcome.</summary>
    public static Task AdvanceUntilAsync(FakeTimeProvider time, TimeSpan step, Task task) => AdvanceUntilAsync(time, step, () => task.IsCompleted);

    /// <summary>Advances step by step until the condition holds.</summary>
    public static async Task AdvanceUntilAsync(FakeTimeProvider time, TimeSpan step, Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Deadline, "The condition didn't come true.");
            time.Advance(step);
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits, without moving the clock, until the condition holds.</summary>
    public static Task WaitUntilAsync(Func<bool> condition) => AdvanceUntilAsync(new FakeTimeProvider(), TimeSpan.Zero, condition);
}
