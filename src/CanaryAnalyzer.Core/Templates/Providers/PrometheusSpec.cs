using System.Text.Json;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>The provider <c>prometheus</c>: one PromQL query, at an instant or over a range.</summary>
public sealed record PrometheusSpec
{
    /// <summary>The Prometheus to ask.</summary>
    public required PrometheusConnection Connection { get; init; }

    /// <summary>The query in PromQL.</summary>
    public required string Query { get; init; }

    /// <summary>The range to ask for; null means the instant of the measurement.</summary>
    public PrometheusRange? Range { get; init; }

    /// <summary>Reads what stands under <c>provider.prometheus</c>.</summary>
    /// <param name="json">The provider's object.</param>
    /// <param name="path">Its path from the resource's root.</param>
    /// <param name="errors">Everything that is wrong is added here.</param>
    /// <returns>The spec; null where anything is wrong.</returns>
    public static PrometheusSpec? TryParse(JsonElement json, string path, ICollection<SpecError> errors)
    {
        var found = new List<SpecError>();
        var reader = SpecReader.Open(json, path, found);
        PrometheusSpec? spec = null;
        if (reader is not null)
        {
            var connection = ConnectionParser.Read(reader);
            var query = reader.Text("query", "a PromQL query");
            var range = ReadRange(reader.Child("rangeQuery"));
            reader.Close();
            spec = new PrometheusSpec { Connection = connection, Query = query ?? "", Range = range };
        }

        foreach (var error in found) errors.Add(error);
        return found.Count == 0 ? spec : null;
    }

    private static PrometheusRange? ReadRange(SpecReader? reader)
    {
        if (reader is null) return null;
        var start = reader.Text("start", "an expression such as now() - duration(\"1h\")");
        var end = reader.Text("end", "an expression such as now()");
        if (!reader.Has("step")) reader.Refuse("step", "is required; write a duration such as 1m");
        var step = reader.Duration("step", TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(1));
        reader.Close();
        return new PrometheusRange(start ?? "", end ?? "", step);
    }
}
