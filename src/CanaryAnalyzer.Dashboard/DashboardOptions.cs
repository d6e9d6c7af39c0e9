namespace CanaryAnalyzer.Dashboard;

/// <summary>How the HTTP API is served.</summary>
/// <param name="AllowsAnonymous">Whether a connection over loopback needs no token.</param>
public sealed record DashboardOptions(bool AllowsAnonymous);
