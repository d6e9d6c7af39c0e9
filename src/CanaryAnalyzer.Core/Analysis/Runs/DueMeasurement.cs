namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>A question to a metric's provider, and when to ask it.</summary>
/// <param name="Slot">The question.</param>
/// <param name="At">The instant; one in the past means now.</param>
public sealed record DueMeasurement(MeasurementSlot Slot, DateTimeOffset At);
