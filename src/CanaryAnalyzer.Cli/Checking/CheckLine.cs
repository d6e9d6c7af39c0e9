namespace CanaryAnalyzer.Cli.Checking;

/// <summary>One link of the chain.</summary>
/// <param name="State">How it came out.</param>
/// <param name="Topic">The group that it belongs to.</param>
/// <param name="Text">What was seen.</param>
/// <param name="Remedy">What mends it; empty where nothing has to be mended.</param>
internal sealed record CheckLine(CheckState State, string Topic, string Text, string Remedy = "");
