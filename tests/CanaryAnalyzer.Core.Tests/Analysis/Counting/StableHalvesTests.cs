using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Core.Tests.Analysis.Counting;

public class StableHalvesTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(32)]
    public void Pods_with_alike_traffic_are_divided_evenly_whatever_their_names(int pods)
    {
        var random = new Random(1);
        for (var release = 0; release < 200; release++)
        {
            var names = Enumerable.Range(0, pods).Select(_ => $"shop/web-6d4b75cb6d-{Suffix(random)}").ToList();
            var halves = StableHalves.None.With([.. names.Select(name => (name, (double)random.Next(80, 120)))]);
            Assert.InRange(names.Count(halves.IsSecond), pods / 2, (pods + 1) / 2);
        }
    }

    [Fact]
    public void Which_half_of_two_it_is_depends_on_the_names()
    {
        var random = new Random(2);
        var second = Enumerable.Range(0, 1000).Count(_ => StableHalves.None.With([("a", 1), (Suffix(random), 1)]).IsSecond("a"));
        Assert.InRange(second, 200, 800);
    }

    [Fact]
    public void Pods_keep_their_half_when_others_come_and_go_and_halves_stay_even()
    {
        var random = new Random(3);
        var names = Enumerable.Range(0, 6).Select(_ => Suffix(random)).ToList();
        var halves = StableHalves.None.With(Alike(names));
        for (var look = 0; look < 100; look++)
        {
            // A rolling restart: a pod leaves, and at the next look another comes in its place.
            var left = random.Next(names.Count);
            var before = names.ToDictionary(name => name, halves.IsSecond);
            names.RemoveAt(left);
            halves = halves.With(Alike(names));
            names.Add(Suffix(random));
            halves = halves.With(Alike(names));
            Assert.All(names.Take(5), name => Assert.Equal(before[name], halves.IsSecond(name)));
            Assert.Equal(3, names.Count(halves.IsSecond));
        }
    }

    [Fact]
    public void Pod_that_comes_back_has_the_half_that_it_had()
    {
        var halves = StableHalves.None.With(Alike(["a", "b", "c", "d"]));
        var before = halves.IsSecond("a");
        Assert.Equal(before, halves.With(Alike(["b", "c", "d"])).With(Alike(["a", "b", "c", "d"])).IsSecond("a"));
    }

    [Fact]
    public void Halves_of_which_one_is_left_without_pods_are_made_again()
    {
        var halves = StableHalves.None.With(Alike(["a", "b", "c", "d"]));
        var left = new[] { "a", "b", "c", "d" }.Where(halves.IsSecond).ToList();
        Assert.Equal(2, left.Count);
        Assert.Equal(1, left.Count(halves.With(Alike(left)).IsSecond));
    }

    [Fact]
    public void Halves_have_requests_both_where_few_pods_have_them_all()
    {
        var random = new Random(4);
        for (var release = 0; release < 100; release++)
        {
            var names = Enumerable.Range(0, 6).Select(_ => Suffix(random)).ToList();
            var halves = StableHalves.None.With([.. names.Select((name, i) => (name, i < 2 ? 500.0 : 0))]);
            Assert.NotEqual(halves.IsSecond(names[0]), halves.IsSecond(names[1]));

            // Then two others are the busy ones.
            var later = halves.With([.. names.Select((name, i) => (name, i >= 4 ? 500.0 : 0))]);
            Assert.NotEqual(later.IsSecond(names[4]), later.IsSecond(names[5]));
        }
    }

    [Fact]
    public void One_pod_with_most_requests_has_a_half_to_itself()
    {
        var halves = StableHalves.None.With([("busy", 7000), ("a", 1000), ("b", 1000), ("c", 1000)]);
        Assert.All(["a", "b", "c"], name => Assert.NotEqual(halves.IsSecond("busy"), halves.IsSecond(name)));
        Assert.Same(halves, halves.With([("busy", 99000), ("a", 100), ("b", 100), ("c", 100)]));
    }

    [Fact]
    public void Few_requests_move_nobody()
    {
        var halves = StableHalves.None.With(Alike(["a", "b", "c", "d"]));
        Assert.Same(halves, halves.With([("a", 3), ("b", 0), ("c", 0), ("d", 0)]));
    }

    [Fact]
    public void Order_of_the_pods_makes_no_difference()
    {
        string[] names = ["a", "b", "c", "d", "e"];
        var halves = StableHalves.None.With(Alike(names));
        Assert.Equal(halves.Write(), StableHalves.None.With(Alike(names.Reverse())).Write());
    }

    [Fact]
    public void Text_gives_the_same_halves_and_has_a_bound()
    {
        var random = new Random(5);
        var names = Enumerable.Range(0, 500).Select(_ => Suffix(random)).ToList();
        var halves = StableHalves.None;
        for (var i = 0; i < 450; i++) halves = halves.With(Alike(names.Skip(i).Take(32)));
        Assert.Equal(128, halves.Write().Length);
        var read = StableHalves.Read(halves.Write());
        Assert.All(names, name => Assert.Equal(halves.IsSecond(name), read.IsSecond(name)));
        Assert.Equal(halves.Write(), read.Write());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no*base*64")]
    [InlineData("AAAA/w==")]
    public void Damaged_text_is_as_if_nothing_had_been_seen(string? text) => Assert.Empty(StableHalves.Read(text).Write());

    [Fact]
    public void Of_many_pods_each_half_gets_about_as_many()
    {
        var random = new Random(6);
        var names = Enumerable.Range(0, 1000).Select(_ => Suffix(random)).ToList();
        var halves = StableHalves.None.With(Alike(names));
        Assert.Same(StableHalves.None, halves);
        Assert.InRange(names.Count(halves.IsSecond), 450, 550);
    }

    private static List<(string Target, double Requests)> Alike(IEnumerable<string> names) => [.. names.Select(name => (name, 100.0))];

    private static string Suffix(Random random) => string.Create(5, random, static (span, from) =>
    {
        foreach (ref var letter in span) letter = "bcdfghjklmnpqrstvwxz2456789"[from.Next(27)];
    });
}
