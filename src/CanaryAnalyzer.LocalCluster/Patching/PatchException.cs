namespace CanaryAnalyzer.LocalCluster.Patching;

/// <summary>A patch that cannot be applied to this object.</summary>
internal sealed class PatchException(string message, bool malformed = false) : Exception(message)
{
    /// <summary>The patch itself is no patch, whatever the object is.</summary>
    public bool Malformed => malformed;
}
