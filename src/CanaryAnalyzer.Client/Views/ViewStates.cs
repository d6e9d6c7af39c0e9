namespace CanaryAnalyzer.Client.Views;

/// <summary>Which state the phases of objects mean, as Argo Rollouts' command line shows them.</summary>
public static class ViewStates
{
    /// <summary>Of a Rollout's phase.</summary>
    public static ViewState OfRollout(string phase) => phase switch
    {
        "Progressing" => ViewState.Progressing,
        "Paused" => ViewState.Paused,
        "Healthy" => ViewState.Ok,
        "Degraded" => ViewState.Bad,
        _ => ViewState.Unknown,
    };

    /// <summary>Of a ReplicaSet's health.</summary>
    public static ViewState OfReplicaSet(string status) => status switch
    {
        "Progressing" => ViewState.Progressing,
        "Healthy" => ViewState.Ok,
        "ReplicaFailure" => ViewState.Bad,
        "ScaledDown" => ViewState.Neutral,
        _ => ViewState.None,
    };

    /// <summary>Of the phase of an AnalysisRun, an Experiment or a Job.</summary>
    public static ViewState OfAnalysis(string phase) => phase switch
    {
        "Successful" => ViewState.Ok,
        "Failed" => ViewState.Bad,
        "Inconclusive" => ViewState.Unknown,
        "Running" => ViewState.Progressing,
        "Pending" => ViewState.Waiting,
        "Error" => ViewState.Warning,
        _ => ViewState.None,
    };

    /// <summary>Of a pod's state, as kubectl names it.</summary>
    public static ViewState OfPod(string status) => status switch
    {
        _ when status.StartsWith("Init:", StringComparison.Ordinal) => ViewState.Progressing,
        _ when status.StartsWith("Signal:", StringComparison.Ordinal) || status.StartsWith("ExitCode:", StringComparison.Ordinal) => ViewState.Bad,
        _ when status.EndsWith("Error", StringComparison.Ordinal) || status.StartsWith("Err", StringComparison.Ordinal) => ViewState.Warning,
        "Pending" or "Terminating" or "ContainerCreating" => ViewState.Progressing,
        "Running" or "Completed" => ViewState.Ok,
        "Failed" or "InvalidImageName" or "CrashLoopBackOff" => ViewState.Bad,
        "ImagePullBackOff" or "RegistryUnavailable" => ViewState.Warning,
        "Unknown" => ViewState.Unknown,
        _ => ViewState.None,
    };
}
