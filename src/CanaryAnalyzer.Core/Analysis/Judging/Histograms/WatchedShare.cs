using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;

namespace CanaryAnalyzer.Core.Analysis.Judging.Histograms;

/// <summary>A share of slow requests that is watched by itself.</summary>
/// <param name="Component">Whether its bound follows from a tail or was asked for; both at once counts as asked for.</param>
/// <param name="Index">Index of the bound: requests in buckets after it count.</param>
/// <param name="Weight">Its weight against body, shape and the other shares.</param>
/// <param name="ShowSafe">Whether promotion needs it shown safe.</param>
internal sealed record WatchedShare(EvidenceComponent Component, int Index, double Weight, bool ShowSafe)
{
    /// <summary>The shares of a measure: tails at the smallest bound with at most 1.5 times as much of the baseline above it, then bounds; none twice.</summary>
    /// <param name="options">How the measure is judged.</param>
    /// <param name="settings">The constants of the judge's version.</param>
    /// <param name="bounds">Upper bounds of the buckets in seconds, without +Inf.</param>
    /// <param name="above">The share of the stable version's baseline above each.</param>
    public static List<WatchedShare> Choose(MeasureOptions options, SeqSettings settings, ImmutableArray<double> bounds, double[] above)
    {
        var tails = options.Tails.Select(tail => Array.FindIndex(above, share => share <= 1.5 * tail)).ToList();
        var asked = options.Bounds.Select(bound => Buckets.IndexFor(bounds, bound)).Where(index => index >= 0).Distinct().ToList();
        var further = asked.Except(tails).ToList();
        var weights = settings.TailWeights([.. options.Tails, .. further.Select(index => above[index])]);
        var chosen = new List<WatchedShare>();
        foreach (var (i, index) in tails.Concat(further).Index())
        {
            if (index < 0 || chosen.Exists(share => share.Index == index))
                continue;
            var isAsked = asked.Contains(index);
            var isFrequent = (i < tails.Count && options.Tails[i] >= settings.SafeTailFrom) || (isAsked && above[index] >= settings.SafeTailFrom);
            chosen.Add(new(isAsked ? EvidenceComponent.Bound : EvidenceComponent.Tail, index, weights[i], isFrequent));
        }

        return chosen;
    }
}
