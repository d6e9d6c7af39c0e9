using CanaryAnalyzer.LocalCluster.Pods;
using CsCheck;

namespace CanaryAnalyzer.LocalCluster.Tests.Pods;

public sealed class BehaviourTests
{
    [Fact]
    public void Settings_change_what_they_name_and_leave_the_rest()
    {
        Assert.True(new Behaviour { Latency = TimeSpan.FromSeconds(9) }.TryWith("errors=5%, spread=0,start=2s,crash=1m,port=8080", out var next, out _));
        Assert.Equal(new Behaviour { Errors = 0.05, Latency = TimeSpan.FromSeconds(9), Spread = 0, Start = TimeSpan.FromSeconds(2), Crash = TimeSpan.FromMinutes(1), Port = 8080 }, next);
        Assert.True(next.TryWith("errors=0.2,crash=never,slow=2%,metrics=off", out next, out _));
        Assert.Equal((0.2, null, 0.02, false), (next.Errors, next.Crash, next.Slow, next.ShowsMetrics));
        Assert.True(next.TryWith("metrics=on", out next, out _));
        Assert.True(next.ShowsMetrics);
    }

    [Theory]
    [InlineData("errors=101%")]
    [InlineData("errors=-1")]
    [InlineData("latency=50")]
    [InlineData("latency=-5ms")]
    [InlineData("spread=much")]
    [InlineData("slow=2")]
    [InlineData("metrics=no")]
    [InlineData("port=0")]
    [InlineData("speed=1")]
    [InlineData("errors")]
    public void Setting_that_cannot_be_read_is_named_and_changes_nothing(string text)
    {
        var behaviour = new Behaviour { Errors = 0.1 };
        Assert.False(behaviour.TryWith($"errors=50%,{text}", out var next, out var problem));
        Assert.Equal(behaviour, next);
        Assert.StartsWith($"'{text}' is no setting", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Latency_has_the_median_and_spread_that_were_asked_for() =>
        Gen.Select(Gen.Double[1e-9, 1], Gen.Double[0, 1]).Sample((u, v) =>
        {
            var latency = new Behaviour { Latency = TimeSpan.FromMilliseconds(100), Spread = 0.5 }.LatencyAt(u, v);
            var opposite = new Behaviour { Latency = TimeSpan.FromMilliseconds(100), Spread = 0.5 }.LatencyAt(u, v + 0.5);
            // Half a turn on lies the mirror image around the median, on the logarithmic scale.
            Assert.Equal(Math.Log(100) * 2, Math.Log(latency.TotalMilliseconds) + Math.Log(opposite.TotalMilliseconds), 2);
            Assert.InRange(latency.TotalMilliseconds, 100 * Math.Exp(-0.5 * 6.5), 100 * Math.Exp(0.5 * 6.5));
        });

    [Fact]
    public void Catalogue_knows_its_images_and_names_a_wrong_setting()
    {
        var images = ImageCatalogue.Parse("images:\n  hello:1.23.1: {errors: 0.5%, latency: 16ms}\n", "images.yaml");
        Assert.Equal(0.005, images.Find("hello:1.23.1")!.Errors);
        Assert.Null(images.Find("hello:9"));
        var wrong = Assert.Throws<ManifestException>(() => ImageCatalogue.Parse("images:\n  hello:1: {eror: 1%}\n", "images.yaml"));
        Assert.StartsWith("images.yaml: image hello:1: 'eror=1%' is no setting", wrong.Message, StringComparison.Ordinal);
    }
}
