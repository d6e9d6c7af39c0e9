using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Tests.Values;

public class ShareTests
{
    [Theory]
    [InlineData("5%", 0.05)]
    [InlineData("0.05", 0.05)]
    [InlineData("0.1 %", 0.001)]
    [InlineData("100%", 1)]
    [InlineData("0", 0)]
    public void Share_is_read(string text, double value)
    {
        Assert.True(Share.TryParse(text, out var share));
        Assert.Equal(value, share.Value, 1e-12);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("101%")]
    [InlineData("-1%")]
    [InlineData("NaN")]
    [InlineData("%")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_share_is_refused(string? text) => Assert.False(Share.TryParse(text, out _));

    [Fact]
    public void Share_is_written_in_percent() => Assert.Equal("0.5%", new Share(0.005).ToString());
}
