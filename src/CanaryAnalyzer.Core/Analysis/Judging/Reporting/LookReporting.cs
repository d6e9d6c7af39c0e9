using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging.Deciding;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;

namespace CanaryAnalyzer.Core.Analysis.Judging.Reporting;

/// <summary>Puts a look into numbers.</summary>
internal static class LookReporting
{
    /// <summary>The report of a look.</summary>
    public static LookReport Report(
        JudgeState state, Combination evidence, LookInput input, ReadOnlySpan<bool> hasData, JudgeOptions options, JudgeVerdict verdict, VerdictReason reason)
    {
        var measures = ImmutableArray.CreateBuilder<MeasureReport>(state.Measures.Length);
        for (var i = 0; i < state.Measures.Length; i++)
        {
            var look = new MeasureLook(options, input.Elapsed, hasData[i], hasData[i] ? DataAbsence.None : input.AbsenceOf(i));
            measures.Add(state.Measures[i].Report(look));
        }

        var logThreshold = Math.Log(1 / options.FalseRollback);
        var report = new LookReport
        {
            Version = state.Version,
            Look = input.Number,
            Elapsed = input.Elapsed,
            Verdict = verdict,
            Reason = reason,
            LogEvidence = evidence.LogHarm,
            LogThreshold = logThreshold,
            LogSafeThreshold = Math.Log(1 / options.FalsePromotion),
            Culprits = verdict == JudgeVerdict.Rollback ? Culprits(evidence, options) : [],
            Measures = measures.MoveToImmutable(),
            HasMinRequests = false,
            MinRequests = options.MinRequests,
            MinDuration = options.MinDuration,
            MaxDuration = options.MaxDuration,
            BudgetSpent = Math.Min(1, Math.Exp(state.BestHarm - logThreshold)),
            WhatWouldChange = "",
        };
        report = WithReach(report);
        return report with { WhatWouldChange = Outlook.Of(report) };
    }

    private static LookReport WithReach(LookReport report)
    {
        var (hasAny, hasMin) = (false, true);
        var (now, byEnd, halfMore, twice) = (new Most<double>(), new Most<double>(), new Most<TimeSpan>(), new Most<TimeSpan>());
        foreach (var measure in report.Measures)
        {
            if (!measure.Required)
                continue;
            hasAny = true;
            hasMin &= measure.Canary.Requests >= report.MinRequests && (measure.Stable.Requests >= report.MinRequests || measure.Kind == MeasureKind.Limit);
            if (measure.Kind is MeasureKind.Limit or MeasureKind.Traffic)
                continue;
            now = now.With(measure.DetectableRatio);
            byEnd = byEnd.With(measure.DetectableByEnd);
            halfMore = halfMore.With(measure.TimeToFindHalfMore);
            twice = twice.With(measure.TimeToFindDouble);
        }

        return report with
        {
            HasMinRequests = hasAny && hasMin,
            DetectableRatio = now.Value,
            DetectableByEnd = byEnd.Value,
            TimeToFindHalfMore = halfMore.Value,
            TimeToFindDouble = twice.Value,
        };
    }

    // The e-value analogue of Benjamini and Hochberg's procedure, at the level of a false rollback; the worst part at least.
    private static ImmutableArray<string> Culprits(Combination evidence, JudgeOptions options)
    {
        var parts = evidence.Parts.OrderByDescending(part => part.Log).ToList();
        var count = 1;
        for (var k = 1; k <= parts.Count; k++)
        {
            if (parts[k - 1].Log >= Math.Log(1 / (options.FalseRollback * k)))
                count = k;
        }

        return [.. parts.Take(count).Select(p => options.Measures[p.Measure].Name).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The largest of some values; unknown as soon as one of them is, and without any.</summary>
    private readonly record struct Most<T>(T? Value, bool IsUnknown)
        where T : struct, IComparable<T>
    {
        public Most<T> With(T? other)
        {
            if (IsUnknown || other is not { } value)
                return new(null, true);
            return new(Value is { } known && known.CompareTo(value) > 0 ? known : value, false);
        }
    }
}
