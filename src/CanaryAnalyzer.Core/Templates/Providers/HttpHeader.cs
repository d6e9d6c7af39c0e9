namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>A header that goes with each request to a metric backend.</summary>
/// <param name="Key">The header's name.</param>
/// <param name="Value">Its value; may be a secret.</param>
public sealed record HttpHeader(string Key, string Value);
