using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

public sealed class RecentlyUsedTests
{
    [Fact]
    public void Full_dictionary_forgets_what_was_not_used_for_longest_and_nothing_else()
    {
        var recent = new RecentlyUsed<int, string>(3);
        foreach (var key in (int[])[1, 2, 3]) recent.Set(key, $"{key}");
        Assert.True(recent.TryGet(1, out _));

        recent.Set(4, "4");

        Assert.Equal([true, false, true, true], ((int[])[1, 2, 3, 4]).Select(key => recent.TryGet(key, out var value) && value == $"{key}"));
        Assert.Equal(3, recent.Count);
    }

    [Fact]
    public void Entry_that_is_replaced_takes_no_place_of_others()
    {
        var recent = new RecentlyUsed<int, string>(2);
        recent.Set(1, "old");
        recent.Set(2, "2");
        recent.Set(1, "new");

        Assert.True(recent.TryGet(1, out var value));
        Assert.Equal("new", value);
        Assert.True(recent.TryGet(2, out _));
    }
}
