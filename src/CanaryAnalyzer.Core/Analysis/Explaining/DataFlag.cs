namespace CanaryAnalyzer.Core.Analysis.Explaining;

/// <summary>Something that is wrong or missing in a look's data.</summary>
/// <param name="Measure">The measure's name; empty where it concerns all.</param>
/// <param name="Code">A code in PascalCase, such as <c>NoSeries</c>.</param>
/// <param name="Detail">The particulars, for people; may be empty.</param>
public sealed record DataFlag(string Measure, string Code, string Detail);
