using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>What came of putting templates together.</summary>
/// <param name="Spec">The spec of a run; null where anything is wrong.</param>
/// <param name="Errors">What is wrong; empty where nothing is.</param>
public sealed record Composition(AnalysisRunSpec? Spec, ImmutableArray<SpecError> Errors);
