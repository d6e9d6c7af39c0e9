namespace CanaryAnalyzer.Dashboard.Authorisation;

/// <summary>Whose a token is, and whether its owner may read a namespace's AnalysisRuns.</summary>
/// <param name="User">The owner's name; null where the cluster does not know the token.</param>
/// <param name="IsAllowed">Whether the owner may.</param>
internal sealed record Access(string? User, bool IsAllowed);
