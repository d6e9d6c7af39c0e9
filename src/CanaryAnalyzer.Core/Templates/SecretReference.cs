namespace CanaryAnalyzer.Core.Templates;

/// <summary>One entry of a Secret.</summary>
/// <param name="Name">The Secret's name, in the namespace of the run that asks.</param>
/// <param name="Key">The entry's key.</param>
public sealed record SecretReference(string Name, string Key);
