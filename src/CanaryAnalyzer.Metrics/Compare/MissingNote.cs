using System.Text.Json;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Why a side of a measure has no series, as it was found out at a look.</summary>
/// <param name="Measure">The measure's place.</param>
/// <param name="Look">The look.</param>
/// <param name="Side">canary, stable, or both.</param>
/// <param name="Text">The sentence.</param>
internal sealed record MissingNote(int Measure, int Look, string Side, string Text)
{
    /// <summary>Notes as text.</summary>
    public static string Write(IEnumerable<MissingNote> notes) => JsonSerializer.Serialize(notes);

    /// <summary>Reads what <see cref="Write"/> wrote; none where it is damaged.</summary>
    public static IReadOnlyList<MissingNote> Read(string? text)
    {
        try
        {
            return text is null ? [] : [.. (JsonSerializer.Deserialize<MissingNote?[]>(text) ?? []).OfType<MissingNote>().Where(note => note is { Side: not null, Text: not null })];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
