namespace CanaryAnalyzer.LocalCluster.Workloads;

/// <summary>Brings the cluster nearer to what its objects ask for. A pass reads everything anew, and one with nothing to do changes nothing.</summary>
internal interface IController
{
    /// <summary>One pass; returns when to look again if nothing changes before, or null.</summary>
    DateTimeOffset? Reconcile(DateTimeOffset now);
}
