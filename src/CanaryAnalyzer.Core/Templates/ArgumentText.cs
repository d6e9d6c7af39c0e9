using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>A text of a template that asks for arguments.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Names">The arguments' names.</param>
/// <param name="IsWhole">Whether it is nothing else than what it asks for.</param>
internal sealed record ArgumentText(string Path, ImmutableArray<string> Names, bool IsWhole);
