namespace CanaryAnalyzer.Client;

/// <summary>A user can't be shown, or can't do, what was asked for.</summary>
/// <param name="message">Why, and what to do, for the user.</param>
public sealed class ClientException(string message) : Exception(message);
