using System.Text.Json;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Core.Expressions;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>The provider <c>prometheus</c>: one PromQL query, at an instant or over a range.</summary>
public sealed partial record PrometheusSpec : ProviderSpec
{
    private static readonly string[] OfScalars = ["time", "pi", "inf", "nan", "bool"];

    /// <summary>The Prometheus to ask.</summary>
    public required PrometheusConnection Connection { get; init; }

    /// <summary>The query in PromQL.</summary>
    public required string Query { get; init; }

    /// <summary>The range to ask for; null means the instant of the measurement.</summary>
    public PrometheusRange? Range { get; init; }

    /// <summary>What a condition's <c>result</c> is. A range gives an array whatever the query is.</summary>
    public override ResultShape Shape => Range is not null || GivesVector(Query) ? ResultShape.Numbers : ResultShape.NumberOrNumbers;

    /// <inheritdoc/>
    public override Uri? Address => Connection.Address;

    /// <summary>A little more than that of the query, which says more about what went wrong.</summary>
    public override TimeSpan TimeLimit => Connection.Timeout + TimeSpan.FromSeconds(5);

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
            if (range is not null) CheckRange(range, path, found);
            spec = new PrometheusSpec { Connection = connection, Query = query ?? "", Range = range };
        }

        foreach (var error in found) errors.Add(error);
        return found.Count == 0 ? spec : null;
    }

    // A scalar is made of numbers, time(), pi() and scalar() alone: whatever else is in it makes it a vector. Where there is a scalar(…), it isn't told what is around it.
    private static bool GivesVector(string query)
    {
        var bare = TextsAndComments().Replace(query, " ");
        var names = Names().Matches(bare).Select(match => match.Value).ToList();
        return !names.Contains("scalar", StringComparer.OrdinalIgnoreCase)
            && (bare.Contains('{', StringComparison.Ordinal) || names.Exists(name => !OfScalars.Contains(name, StringComparer.OrdinalIgnoreCase)));
    }

    [GeneratedRegex("""\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`[^`]*`|\#[^\n]*""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TextsAndComments();

    [GeneratedRegex("""(?<![\w.:])[A-Za-z_:][\w:]*""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();

    private static void CheckRange(PrometheusRange range, string path, List<SpecError> errors)
    {
        foreach (var (field, text) in new[] { ("start", range.Start), ("end", range.End) })
        {
            if (text.Length > 0 && !Expression.TryParseInstant(text, out _, out var error)) errors.Add(new SpecError($"{path}.rangeQuery.{field}", error.ToString()));
        }
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
