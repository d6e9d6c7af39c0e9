namespace CanaryAnalyzer.Cli.Demo;

/// <summary>Why the demo cannot go on: one clear line for the person who started it.</summary>
internal sealed class DemoFailure(string message, Exception? cause = null) : Exception(message, cause);
