namespace CanaryAnalyzer.Core.Effects;

/// <summary>Names the object that owns others: they are deleted with it.</summary>
/// <param name="ApiVersion">Its API version, such as <c>argoproj.io/v1alpha1</c>.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its uid.</param>
public sealed record OwnerReference(string ApiVersion, string Kind, string Name, string Uid);
