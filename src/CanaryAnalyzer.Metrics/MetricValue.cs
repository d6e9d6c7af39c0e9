using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Metrics;

/// <summary>A measured value as conditions see it; a closed set.</summary>
public abstract record MetricValue
{
    private MetricValue()
    {
    }

    /// <summary>The value as an AnalysisRun's status shows it, in Go's spelling: <c>0.95</c>, <c>[1,NaN,+Inf]</c>, <c>[]</c>.</summary>
    public abstract string Text { get; }

    /// <summary>The value as a condition's <c>result</c>: numbers, an array of them, or a JSON document.</summary>
    public abstract object? Result { get; }

    /// <summary>One number; may be NaN or infinite.</summary>
    /// <param name="Value">The number.</param>
    public sealed record Number(double Value) : MetricValue
    {
        /// <inheritdoc/>
        public override string Text => GoNumber.Format(Value);

        /// <inheritdoc/>
        public override object Result => Value;
    }

    /// <summary>The numbers of several series, or of one that came as a list; at least one.</summary>
    /// <param name="Values">The numbers, in the backend's order.</param>
    public sealed record Numbers(ImmutableArray<double> Values) : MetricValue
    {
        /// <inheritdoc/>
        public override string Text => "[" + string.Join(',', Values.Select(GoNumber.Format)) + "]";

        /// <inheritdoc/>
        public override object Result => Values;
    }

    /// <summary>An empty list: nothing matched.</summary>
    public sealed record Empty : MetricValue
    {
        /// <inheritdoc/>
        public override string Text => "[]";

        /// <inheritdoc/>
        public override object Result => Array.Empty<double>();
    }

    /// <summary>A JSON document, or a part of one.</summary>
    /// <param name="Document">The document.</param>
    public sealed record Json(JsonElement Document) : MetricValue
    {
        /// <inheritdoc/>
        public override string Text => JsonNode.Parse(Document.GetRawText())?.ToJsonString() ?? "null";

        /// <inheritdoc/>
        public override object Result => Document;
    }
}
