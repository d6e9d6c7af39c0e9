using CanaryAnalyzer.LocalCluster.Tables;

namespace CanaryAnalyzer.LocalCluster.Tests.Tables;

public sealed class HumanDurationTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(522, "8m42s")]
    [InlineData(600, "10m")]
    [InlineData(10_799, "179m")]
    [InlineData(11_100, "3h5m")]
    [InlineData(100_000, "27h")]
    [InlineData(200_000, "2d7h")]
    [InlineData(864_000, "10d")]
    public void Age_reads_as_in_kubectl(int seconds, string expected) => Assert.Equal(expected, HumanDuration.Of(TimeSpan.FromSeconds(seconds)));
}
