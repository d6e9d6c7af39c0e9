using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>Something about a template that its author should know.</summary>
/// <param name="Error">The place and what to write instead.</param>
/// <param name="IsWarning">Whether the template works all the same.</param>
public sealed record TemplateFinding(SpecError Error, bool IsWarning);
