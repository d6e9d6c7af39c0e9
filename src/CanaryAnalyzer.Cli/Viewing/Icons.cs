namespace CanaryAnalyzer.Cli.Viewing;

/// <summary>The signs of Argo Rollouts' command line.</summary>
internal static class Icons
{
    public const string Ok = "✔";
    public const string Bad = "✖";
    public const string Progressing = "◌";
    public const string Waiting = "◷";
    public const string Paused = "॥";
    public const string Warning = "⚠";
    public const string Unknown = "?";
    public const string Neutral = "•";

    public const string Rollout = "⟳";
    public const string Revision = "#";
    public const string ReplicaSet = "⧉";
    public const string Pod = "□";
    public const string Job = "⊞";
    public const string Experiment = "Σ";
    public const string AnalysisRun = "α";

    public static string OfRollout(string phase) => phase switch
    {
        "Progressing" => Progressing,
        "Paused" => Paused,
        "Healthy" => Ok,
        "Degraded" => Bad,
        _ => Unknown,
    };

    public static string OfReplicaSet(string status) => status switch
    {
        "Progressing" => Progressing,
        "Healthy" => Ok,
        "ReplicaFailure" => Bad,
        "ScaledDown" => Neutral,
        _ => " ",
    };

    public static string OfAnalysis(string phase) => phase switch
    {
        "Successful" => Ok,
        "Failed" => Bad,
        "Inconclusive" => Unknown,
        "Running" => Progressing,
        "Pending" => Waiting,
        "Error" => Warning,
        _ => " ",
    };

    public static string OfPod(string status) => status switch
    {
        _ when status.StartsWith("Init:", StringComparison.Ordinal) => Progressing,
        _ when status.StartsWith("Signal:", StringComparison.Ordinal) || status.StartsWith("ExitCode:", StringComparison.Ordinal) => Bad,
        _ when status.EndsWith("Error", StringComparison.Ordinal) || status.StartsWith("Err", StringComparison.Ordinal) => Warning,
        "Pending" or "Terminating" or "ContainerCreating" => Progressing,
        "Running" or "Completed" => Ok,
        "Failed" or "InvalidImageName" or "CrashLoopBackOff" => Bad,
        "ImagePullBackOff" or "RegistryUnavailable" => Warning,
        "Unknown" => Unknown,
        _ => " ",
    };
}
