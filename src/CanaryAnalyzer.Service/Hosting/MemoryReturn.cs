using System.Runtime;

namespace CanaryAnalyzer.Service.Hosting;

/// <summary>
/// Gives memory back to the system after each busy time: the collector alone does so when much is allocated, which is not when a fleet's update is over. Twice, since
/// the runtime's pools of buffers let go of what was not used between two collections.
/// </summary>
internal sealed class MemoryReturn(TimeProvider time) : BackgroundService
{
    /// <summary>How often it is looked whether there is a busy time.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    /// <summary>Who allocates more in a period, in bytes, is busy.</summary>
    public const long Busy = 16 * 1024 * 1024;

    // The pools keep what was used in the last minute.
    private const int SecondAfter = 5;

    private long allocated;
    private int quietPeriods;

    /// <summary>How often memory was given back.</summary>
    public int Returns { get; private set; }

    /// <summary>Looks once.</summary>
    /// <param name="total">Bytes allocated since the process began.</param>
    public void Look(long total)
    {
        quietPeriods = total - allocated > Busy ? 0 : quietPeriods + 1;
        allocated = total;
        if (quietPeriods is 1 or SecondAfter) Return();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) Look(GC.GetTotalAllocatedBytes());
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private void Return()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        NativeHeap.Trim();
        Returns++;
    }
}
