using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Cli.Judging;

/// <summary>The looks of a scenario that has the deltas: where a side missed its scrape there is no data, and the next look of both covers the gap.</summary>
internal static class RecordedLooks
{
    public static IEnumerable<ImmutableArray<MeasureCounts?>> Of(Scenario scenario)
    {
        var canary = new Sums(scenario.Bounds.Length + 1);
        var a = new Sums(scenario.Bounds.Length + 1);
        var b = new Sums(scenario.Bounds.Length + 1);
        foreach (var row in scenario.Document.Data!)
        {
            if (row!.Canary is { } side)
                canary.Add(side);
            if (row.Stable is { } stable)
            {
                a.Add(stable.Pods![0]!);
                if (stable.Pods.Length > 1)
                    b.Add(stable.Pods[1]!);
            }

            if (row.Canary is null || row.Stable is null)
            {
                yield return [null, null];
                continue;
            }

            yield return
            [
                new MeasureCounts(canary.Errors, a.Errors, b.Errors),
                new MeasureCounts(canary.Latency, a.Latency, b.Latency) { BucketBounds = scenario.Bounds },
            ];
            canary.Clear();
            a.Clear();
            b.Clear();
        }
    }

    /// <summary>The stable version's past, for errors and for latency.</summary>
    public static ImmutableArray<MeasureHistory> History(Scenario scenario)
    {
        var past = scenario.Document.History ?? [];
        return
        [
            new([.. past.Select(p => new AaInterval(SideCounts.OfErrors(p.A!.Requests, p.A.Errors), SideCounts.OfErrors(p.B!.Requests, p.B.Errors)))], []),
            new([.. past.Select(p => new AaInterval(SideCounts.OfBuckets([.. p.A!.Buckets!]), SideCounts.OfBuckets([.. p.B!.Buckets!])))], scenario.Bounds),
        ];
    }

    private sealed class Sums(int buckets)
    {
        private readonly long[] _buckets = new long[buckets];
        private long _requests;
        private long _errors;

        public SideCounts Errors => SideCounts.OfErrors(_requests, _errors);

        public SideCounts Latency => SideCounts.OfBuckets([.. _buckets]);

        public void Add(ScenarioDocument.Side side)
        {
            _requests += side.Requests;
            _errors += side.Errors;
            for (var i = 0; i < _buckets.Length; i++)
                _buckets[i] += side.Buckets![i];
        }

        public void Clear()
        {
            (_requests, _errors) = (0, 0);
            Array.Clear(_buckets);
        }
    }
}
