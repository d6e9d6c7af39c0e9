using CanaryAnalyzer.Dashboard.Explanations;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Dashboard.Tests;

public sealed class ExplanationStoreTests
{
    private static readonly ResourceKey Run = new("shop", "web-1");
    private readonly ExplanationStore store = new();

    [Fact]
    public void The_last_looks_of_each_metric_are_kept_in_their_order()
    {
        for (var look = 1; look <= ExplanationStore.LooksKept + 5; look++) store.Add(Run, "uid", "errors", Look(look));
        store.Add(Run, "uid", "latency", Look(1));

        var kept = store.Of(Run);

        Assert.Equal(Enumerable.Range(6, ExplanationStore.LooksKept).Select(i => $"{i}"), kept["errors"].Select(l => l.Explanation));
        Assert.Single(kept["latency"]);
    }

    [Fact]
    public void The_run_that_was_looked_at_longest_ago_is_forgotten_first()
    {
        for (var run = 0; run < ExplanationStore.RunsKept; run++) store.Add(new ResourceKey("shop", $"r{run}"), "uid", "errors", Look(1));
        store.Add(new ResourceKey("shop", "r0"), "uid", "errors", Look(2));

        store.Add(Run, "uid", "errors", Look(1));

        Assert.Equal(2, store.Of(new ResourceKey("shop", "r0"))["errors"].Count);
        Assert.Empty(store.Of(new ResourceKey("shop", "r1")));
        Assert.Single(store.Of(Run));
    }

    [Fact]
    public void Long_explanations_push_out_the_runs_of_longest_ago_and_never_the_last_one()
    {
        var look = new KeptLook(DateTimeOffset.UnixEpoch, new string('x', ExplanationStore.Longest / 8));
        var fitting = ExplanationStore.MostInAll / (look.Explanation.Length * ExplanationStore.LooksKept);
        static ResourceKey Key(int run) => new("shop", $"r{run}");
        for (var run = 0; run <= fitting; run++)
        {
            for (var i = 0; i < ExplanationStore.LooksKept + 3; i++) store.Add(Key(run), "uid", "errors", look);
        }

        Assert.Empty(store.Of(Key(0)));
        Assert.All(Enumerable.Range(1, fitting), run => Assert.Equal(ExplanationStore.LooksKept, store.Of(Key(run))["errors"].Count));
        store.Add(Key(fitting), "another", "errors", look);
        Assert.Single(store.Of(Key(fitting))["errors"]);
        store.Add(Key(0), "uid", "errors", look);
        Assert.All(Enumerable.Range(1, fitting), run => Assert.NotEmpty(store.Of(Key(run))));
    }

    [Fact]
    public void Another_run_of_the_same_name_begins_empty()
    {
        store.Add(Run, "old", "errors", Look(1));
        store.Add(Run, "new", "latency", Look(1));

        Assert.Equal("latency", Assert.Single(store.Of(Run)).Key);
    }

    [Fact]
    public void What_is_too_long_is_told_to_be_so()
    {
        store.Add(Run, "uid", "errors", new KeptLook(DateTimeOffset.UnixEpoch, new string('x', ExplanationStore.Longest + 1)));

        Assert.Equal("""{"tooLong": true}""", store.Of(Run)["errors"][0].Explanation);
    }

    [Fact]
    public void Many_may_write_and_read_at_once()
    {
        Parallel.For(0, 2000, i =>
        {
            store.Add(new ResourceKey("shop", $"r{i % 300}"), "uid", $"m{i % 3}", Look(i));
            Assert.All(store.Of(new ResourceKey("shop", $"r{i % 300}")), m => Assert.NotEmpty(m.Value));
        });

        Assert.Equal(ExplanationStore.RunsKept, Enumerable.Range(0, 300).Count(i => store.Of(new ResourceKey("shop", $"r{i}")).Count > 0));
    }

    private static KeptLook Look(int number) => new(DateTimeOffset.UnixEpoch.AddSeconds(number), $"{number}");
}
