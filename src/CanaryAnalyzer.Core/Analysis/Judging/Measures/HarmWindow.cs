namespace CanaryAnalyzer.Core.Analysis.Judging.Measures;

/// <summary>
/// What a measure did since the look from which on it speaks most for harm (Page's CUSUM: whenever what speaks for harm is used up, the next look begins again). As long as there
/// is a window, its numbers are worse than what is tolerated; sums over a whole run may be better while their last minutes are bad.
/// </summary>
/// <param name="Drift">What speaks for harm, more than 0; 0 where there is no window.</param>
internal sealed record HarmWindow(float Drift)
{
    /// <summary>Nothing speaks for harm now.</summary>
    public static HarmWindow None { get; } = new(0);

    /// <summary>Where it begins, in seconds since the start of the run; below 0 where that was in a run before.</summary>
    public long Start { get; init; }

    /// <summary>Where it ends, in seconds since the start of the run.</summary>
    public long End { get; init; }

    /// <summary>The canary's sums.</summary>
    public SideTotals Canary { get; init; } = SideTotals.None;

    /// <summary>The stable side's sums.</summary>
    public SideTotals Stable { get; init; } = SideTotals.None;

    /// <summary>A sum of the kind of measure: what the canary had.</summary>
    public float Observed { get; init; }

    /// <summary>A sum of the kind of measure: what <see cref="Observed"/> is compared with.</summary>
    public float Reference { get; init; }

    /// <summary>Whether there is no window.</summary>
    public bool IsNone => !(Drift > 0);

    /// <summary>Its length.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(End - Start);

    /// <summary>The window after a look.</summary>
    /// <param name="look">The look alone; its drift may be below 0.</param>
    public HarmWindow Plus(HarmWindow look)
    {
        var drift = Drift + look.Drift;
        if (!(drift > 0))
            return None;
        return look with
        {
            Drift = drift,
            Start = IsNone ? look.Start : Start,
            Canary = Canary.Plus(look.Canary.Requests, look.Canary.Errors),
            Stable = Stable.Plus(look.Stable.Requests, look.Stable.Errors),
            Observed = Observed + look.Observed,
            Reference = Reference + look.Reference,
        };
    }

    /// <summary>The same at the beginning of the next run of the release.</summary>
    public HarmWindow ForNextRun() => IsNone ? None : this with { Start = Start - End, End = 0 };
}
