namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>User and password of HTTP basic authentication.</summary>
/// <param name="Username">The user.</param>
/// <param name="Password">The password; a secret.</param>
public sealed record BasicCredentials(string Username, string Password);
