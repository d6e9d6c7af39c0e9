namespace CanaryAnalyzer.Client.Views;

/// <summary>How an object is doing, at a glance: what a sign or a colour shows.</summary>
public enum ViewState
{
    /// <summary>Nothing is known, and nothing is to be shown.</summary>
    None,

    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Failed.</summary>
    Bad,

    /// <summary>On its way.</summary>
    Progressing,

    /// <summary>Not begun.</summary>
    Waiting,

    /// <summary>Paused.</summary>
    Paused,

    /// <summary>In trouble that may pass.</summary>
    Warning,

    /// <summary>Undecided, or unknown.</summary>
    Unknown,

    /// <summary>Neither good nor bad.</summary>
    Neutral,
}
