using CanaryAnalyzer.Client.Views;

namespace CanaryAnalyzer.Cli.Rendering;

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

    public static string Of(ViewState state) => state switch
    {
        ViewState.Ok => Ok,
        ViewState.Bad => Bad,
        ViewState.Progressing => Progressing,
        ViewState.Waiting => Waiting,
        ViewState.Paused => Paused,
        ViewState.Warning => Warning,
        ViewState.Unknown => Unknown,
        ViewState.Neutral => Neutral,
        _ => " ",
    };
}
