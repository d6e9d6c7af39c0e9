namespace CanaryAnalyzer.Cli.Hosting;

/// <summary>A command can't do what it was asked to; the message, for the user, says why.</summary>
internal sealed class CliException(string message) : Exception(message);
