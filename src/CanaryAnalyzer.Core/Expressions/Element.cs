namespace CanaryAnalyzer.Core.Expressions;

/// <summary>What <c>#</c>, <c>#index</c> and <c>#acc</c> stand for.</summary>
internal readonly record struct Element(object? Value, long Index, bool HasAccumulated = false, object? Accumulated = null);
