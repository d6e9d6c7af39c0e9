using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>A text of a template that asks for arguments.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Names">The arguments' names.</param>
internal sealed record ArgumentText(string Path, ImmutableArray<string> Names);
