using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>What a comparison must know at its next look, kept in the measurement's metadata; a restart begins with nothing else.</summary>
internal sealed record CompareMemory
{
    private const int MostCharacters = 8192;
    private static readonly JsonSerializerOptions Compact = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The number of the next instant of the grid; 0 is the start.</summary>
    public int Next { get; init; }

    /// <summary>The distance of the samples in milliseconds; null before any were seen.</summary>
    public long? Scrape { get; init; }

    /// <summary>How the sides are told apart, for each measure.</summary>
    public ImmutableArray<SideRule> Sides { get; init; } = [];

    /// <summary>For each measure the instant from which the next look counts, in milliseconds since 1970.</summary>
    public ImmutableArray<long?> Accepted { get; init; } = [];

    /// <summary>For each measure of latency the bound in seconds over which a pod's requests are slow; null where none is chosen yet.</summary>
    public ImmutableArray<double?> Slow { get; init; } = [];

    /// <summary>The halves in which the stable side's targets are counted, as <see cref="StableHalves.Write"/> gives them; null before any was seen.</summary>
    public string? Halves { get; init; }

    /// <summary>What pods did since the first look.</summary>
    public ImmutableArray<PodSums> Pods { get; init; } = [];

    /// <summary>The judge's state; null before history was read.</summary>
    public string? Judge { get; init; }

    /// <summary>Why the last look that was taken decided nothing; null before the first, and where that is unknown.</summary>
    public VerdictReason? Reason { get; init; }

    /// <summary>The places of the measures for which that look had no data.</summary>
    public ImmutableArray<int> Without { get; init; } = [];

    /// <summary>For each measure what <see cref="SightMemory"/> knows of errors without series, as it writes that; 0 where it knows nothing.</summary>
    public ImmutableArray<int> Sights { get; init; } = [];

    /// <summary>The beginning.</summary>
    public static CompareMemory Begin(int measures, int next = 0) => new()
    {
        Next = next,
        Sides = [.. Enumerable.Repeat(SideRule.Unknown, measures)],
        Accepted = [.. Enumerable.Repeat<long?>(null, measures)],
    };

    /// <summary>The memory as text; where that would be longer than a status has room for, without the pods, which no verdict needs.</summary>
    public string Write() => JsonSerializer.Serialize(this, Compact) is { Length: <= MostCharacters } whole ? whole : JsonSerializer.Serialize(this with { Pods = [] }, Compact);

    /// <summary>The entry of <see cref="Slow"/> of a measure.</summary>
    public double? SlowFrom(int measure) => measure < Slow.Length ? Slow[measure] : null;

    /// <summary>The entry of <see cref="Sights"/> of a measure.</summary>
    public int SightOf(int measure) => measure < Sights.Length ? Sights[measure] : 0;

    /// <summary>The same with what is known now of a measure's errors without series.</summary>
    public CompareMemory WithSight(int measure, int known) => SightOf(measure) == known ? this : this with { Sights = [.. Enumerable.Range(0, Math.Max(Sights.Length, measure + 1)).Select(i => i == measure ? known : SightOf(i))] };

    /// <summary>The same after intervals were counted, each of which may have placed targets that were new.</summary>
    public CompareMemory WithHalves(IEnumerable<CountedInterval> intervals) => intervals.LastOrDefault() is { } last ? this with { Halves = last.Halves.Write() is { Length: > 0 } halves ? halves : null } : this;

    /// <summary>The same with the bounds that further counts of the stable side allow to choose; one that is chosen stays, as sums of different bounds mean nothing.</summary>
    public CompareMemory WithSlow(IEnumerable<double?> chosen) => this with { Slow = [.. chosen.Select((bound, i) => SlowFrom(i) ?? bound)] };

    /// <summary>Reads what <see cref="Write"/> wrote; null where it is damaged or of other measures.</summary>
    public static CompareMemory? TryRead(string? text, int measures)
    {
        var memory = TryRead(text);
        var fits = memory is { Next: >= 0, Sides.IsDefault: false, Accepted.IsDefault: false, Pods.IsDefault: false, Slow.IsDefault: false, Without.IsDefault: false, Sights.IsDefault: false } && memory.Sides.Length == measures && memory.Accepted.Length == measures;
        return fits ? memory : null;
    }

    /// <summary>Reads the judge's state in what another run wrote, whatever its measures; null where it had none yet.</summary>
    /// <returns>Whether the text can be read.</returns>
    public static bool TryReadJudge(string text, out string? judge)
    {
        var memory = TryRead(text);
        judge = memory?.Judge;
        return memory is not null;
    }

    private static CompareMemory? TryRead(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<CompareMemory>(text, Compact);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
