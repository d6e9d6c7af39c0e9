using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>A <see cref="JudgeState"/> as text: the judge's version, a space, and the numbers with a checksum in base 64.</summary>
internal static class JudgeStateText
{
    private const int ChecksumLength = 8;

    /// <summary>The text.</summary>
    public static string Write(JudgeState state)
    {
        var body = new StateWriter();
        body.Count(state.LastLook);
        body.Number(state.BestSafe);
        body.Count(state.Measures.Length);
        foreach (var measure in state.Measures)
            Write(body, measure);
        body.Mark(Fingerprint.Of(body.Written));
        return $"{SeqSettings.Version} {Convert.ToBase64String(body.Written)}";
    }

    /// <summary>The state; null and a problem if it cannot be used.</summary>
    public static JudgeState? Read(string? text, JudgeOptions options, out string problem)
    {
        var bytes = Decode(text, out problem);
        if (bytes is null)
            return null;
        var reader = new StateReader(bytes[..^ChecksumLength]);
        var lastLook = reader.Count();
        var bestSafe = reader.Number();
        var measures = new MeasureState[reader.Length()];
        for (var i = 0; i < measures.Length && !reader.Failed; i++)
            measures[i] = Read(reader);
        if (reader.Failed || !reader.AtEnd || lastLook is < 0 or > int.MaxValue)
        {
            problem = "The judge's saved state is damaged.";
            return null;
        }

        var state = new JudgeState { LastLook = (int)lastLook, BestSafe = bestSafe, Measures = [.. measures] };
        problem = Mismatch(state, options);
        return problem.Length == 0 ? state : null;
    }

    private static byte[]? Decode(string? text, out string problem)
    {
        problem = "";
        var space = text?.IndexOf(' ', StringComparison.Ordinal) ?? -1;
        if (text is null || space < 0)
        {
            problem = "There is no saved state of the judge.";
            return null;
        }

        if (!text.AsSpan(0, space).SequenceEqual(SeqSettings.Version))
        {
            problem = $"The saved state is of another version of the judge than {SeqSettings.Version}.";
            return null;
        }

        var buffer = new byte[text.Length];
        if (Convert.TryFromBase64Chars(text.AsSpan(space + 1), buffer, out var length) && length > ChecksumLength)
        {
            var bytes = buffer[..length];
            if (new StateReader(bytes[^ChecksumLength..]).Mark() == Fingerprint.Of(bytes.AsSpan(0, length - ChecksumLength)))
                return bytes;
        }

        problem = "The judge's saved state is damaged.";
        return null;
    }

    private static string Mismatch(JudgeState state, JudgeOptions options)
    {
        if (state.Measures.Length != options.Measures.Length)
            return "The saved state is of other settings: the measures have changed.";
        for (var i = 0; i < state.Measures.Length; i++)
        {
            var measure = options.Measures[i];
            var weight = options.WeightOf(measure);
            if (state.Measures[i].Settings != Fingerprint.Of(measure, weight, options))
                return $"The saved state is of other settings: those of the measure {measure.Name} have changed.";
            if (!Fits(state.Measures[i], measure, weight))
                return "The judge's saved state is damaged.";
        }

        return "";
    }

    private static bool Fits(MeasureState state, MeasureOptions options, double weight)
    {
        var buckets = options.Kind == MeasureKind.ErrorRate ? 2 : state.Bounds.Length + 1;
        ImmutableArray<ImmutableArray<long>> histograms = [state.Baseline, state.PastStable, state.Canary, state.Stable];
        if (histograms.Any(h => h.Length != 0 && h.Length != buckets) || state.Pending.Any(p => p.A.Length != buckets || p.B.Length != buckets))
            return false;
        var plan = MeasurePlan.For(options, weight, state);
        return plan is null || (state.Rates.Length == plan.Rates.Length && histograms.All(h => h.Length == buckets));
    }

    private static void Write(StateWriter to, MeasureState measure)
    {
        to.Mark(measure.Settings);
        to.Count(measure.Looks);
        to.Count(measure.CanaryRequests);
        to.Count(measure.HasHistoryOfHalves ? 1 : 0);
        to.Numbers(measure.Bounds);
        to.Counts(measure.Baseline);
        to.Counts(measure.PastStable);
        to.Counts(measure.Canary);
        to.Counts(measure.Stable);
        to.Count(measure.Pending.Length);
        foreach (var pair in measure.Pending)
        {
            to.Counts(pair.A);
            to.Counts(pair.B);
        }

        to.Count(measure.Rates.Length);
        foreach (var rate in measure.Rates)
            to.Rate(rate);
        to.Mixture(measure.Body.Harm);
        to.Noise(measure.Body.Noise);
    }

    private static MeasureState Read(StateReader from) => new()
    {
        Settings = from.Mark(),
        Looks = (int)Math.Min(from.Count(), int.MaxValue),
        CanaryRequests = from.Count(),
        HasHistoryOfHalves = from.Count() != 0,
        Bounds = from.Numbers(),
        Baseline = from.Counts(),
        PastStable = from.Counts(),
        Canary = from.Counts(),
        Stable = from.Counts(),
        Pending = [.. Enumerable.Range(0, from.Length()).Select(_ => new BucketPair(from.Counts(), from.Counts()))],
        Rates = [.. Enumerable.Range(0, from.Length()).Select(_ => from.Rate())],
        Body = new(from.Mixture(SeqSettings.SuperioritySteps.Length), from.Noise()),
    };
}
