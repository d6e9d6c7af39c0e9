namespace CanaryAnalyzer.EndToEnd.Tests.Stages;

/// <summary>Opens the stage for the first story that asks for it, and closes it after the last.</summary>
public sealed class Theatre : IAsyncDisposable
{
    private readonly Lazy<Task<Stage>> stage = new(() => Task.Run(() => Stage.OpenAsync(CancellationToken.None)));

    /// <summary>The stage; skips the test where it cannot be set up on this machine.</summary>
    internal Task<Stage> StageAsync()
    {
        Assert.SkipWhen(Stage.Prometheus is null, "there is no Prometheus: deploy/tools/get-prometheus.sh cannot find or fetch one");
        return stage.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (stage.IsValueCreated) await (await stage.Value).DisposeAsync();
    }
}
