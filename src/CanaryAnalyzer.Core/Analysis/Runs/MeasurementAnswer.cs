using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>What a provider answered, not yet part of the run's status.</summary>
/// <param name="Slot">The question.</param>
/// <param name="Measurement">The answer; Running with <see cref="Measurement.ResumeAt"/> where it wants to go on later.</param>
/// <param name="MetricMetadata">What the provider says about all measurements of the metric.</param>
/// <param name="ReceivedAt">When it came. All that follows from the answer counts from here, so that it doesn't matter when the status takes it in.</param>
public sealed record MeasurementAnswer(
    MeasurementSlot Slot, Measurement Measurement, ImmutableSortedDictionary<string, string> MetricMetadata, DateTimeOffset ReceivedAt);
