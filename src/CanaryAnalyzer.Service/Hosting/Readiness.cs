namespace CanaryAnalyzer.Service.Hosting;

/// <summary>Whether the controller knows the cluster.</summary>
internal sealed class Readiness
{
    private volatile bool isReady;

    /// <summary>Whether everything that must be known is known.</summary>
    public bool IsReady
    {
        get => isReady;
        set => isReady = value;
    }
}
