using CanaryAnalyzer.Core.Analysis.Judging.Deciding;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;

namespace CanaryAnalyzer.Core.Analysis.Judging.Remembering;

/// <summary>A written state whose measures haven't been matched with settings yet.</summary>
/// <param name="Settings">The version under which it began.</param>
/// <param name="LastLook">Its last look.</param>
/// <param name="BestSafe">The highest weakest evidence of safety.</param>
/// <param name="BestHarm">The highest evidence of harm.</param>
/// <param name="Planned">Which planned looks were taken.</param>
/// <param name="Measures">Each measure's mark of settings, and the bytes of its state.</param>
internal sealed record StoredState(SeqSettings Settings, int LastLook, double BestSafe, double BestHarm, PlannedLooks Planned, List<(ulong Mark, byte[] Body)> Measures)
{
    private const int ChecksumLength = 8;

    /// <summary>Reads a text; null and a problem where it is none.</summary>
    public static StoredState? Read(string? text, out string problem)
    {
        problem = "";
        var space = text?.IndexOf(' ', StringComparison.Ordinal) ?? -1;
        if (text is null || space < 0)
        {
            problem = "There is no saved state of the judge.";
            return null;
        }

        if (SeqSettings.Find(text.AsSpan(0, space)) is not { } settings)
        {
            problem = $"The saved state is of another version of the judge than {string.Join(" or ", JudgeVersions.All)}.";
            return null;
        }

        var stored = Decode(text.AsSpan(space + 1)) is { } bytes ? Read(settings, new StateReader(bytes)) : null;
        if (stored is null)
            problem = "The judge's saved state is damaged.";
        return stored;
    }

    private static StoredState? Read(SeqSettings settings, StateReader from)
    {
        var lastLook = from.Count();
        var (bestSafe, bestHarm) = (from.Number(), from.Number());
        var planned = settings.PlansSafety ? new PlannedLooks(new(from.Count()), from.Count() is > 0 and var ended ? new(ended) : null) : PlannedLooks.None;
        var measures = new List<(ulong Mark, byte[] Body)>();
        for (var left = from.Length(); left > 0 && !from.Failed; left--)
            measures.Add((from.Mark(), from.Block()));
        return from.Failed || !from.AtEnd || lastLook is < 0 or > int.MaxValue ? null : new(settings, (int)lastLook, bestSafe, bestHarm, planned, measures);
    }

    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64Chars(text, buffer, out var length) || length <= ChecksumLength)
            return null;

        // The last character has bits that decode to nothing: of all texts with the same bytes one alone was written.
        if (!text.SequenceEqual(Convert.ToBase64String(buffer.AsSpan(0, length))))
            return null;
        var body = buffer[..(length - ChecksumLength)];
        return new StateReader(buffer[(length - ChecksumLength)..length]).Mark() == Fingerprint.Of(body) ? body : null;
    }
}
