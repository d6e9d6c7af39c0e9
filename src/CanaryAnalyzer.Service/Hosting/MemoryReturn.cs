using System.Runtime;

namespace CanaryAnalyzer.Service.Hosting;

/// <summary>
/// Gives memory back to the system once after each busy time: the collector alone does so when much is allocated, which is not when a fleet's update is over.
/// </summary>
internal sealed class MemoryReturn(TimeProvider time) : BackgroundService
{
    /// <summary>How often it is looked whether there is a busy time.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    /// <summary>Who allocates more in a period, in bytes, is busy.</summary>
    public const long Busy = 16 * 1024 * 1024;

    private long allocated;
    private bool wasBusy = true;

    /// <summary>How often memory was given back.</summary>
    public int Returns { get; private set; }

    /// <summary>Looks once.</summary>
    /// <param name="total">Bytes allocated since the process began.</param>
    public void Look(long total)
    {
        var isBusy = total - allocated > Busy;
        allocated = total;
        if (!isBusy && wasBusy) Return();
        wasBusy = isBusy;
    }

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
        Returns++;
    }
}
