using System.Globalization;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CsCheck;

namespace CanaryAnalyzer.Kubernetes.Tests.Api.Schemas;

public sealed class DecimalPatternTests
{
    [Fact]
    public void Pattern_matches_the_decimals_within_its_limits_and_no_others()
    {
        var limit = Gen.Select(Gen.Int[0, 200_000], Gen.Int[0, 4], (digits, scale) => digits / (decimal)Math.Pow(10, scale));
        Gen.Select(limit, limit, Gen.Bool, Gen.Bool, Gen.Int[0, 3_000_000], Gen.Int[0, 6]).Sample((one, other, isOpen, isExclusive, digits, scale) =>
        {
            var (least, most) = one < other ? (one, other) : (other, one);
            var pattern = new Regex($"^({DecimalPattern.Of(least, isOpen ? null : most, isExclusive)})$", RegexOptions.None, TimeSpan.FromSeconds(1));
            var number = digits / (decimal)Math.Pow(10, scale);
            foreach (var tried in (decimal[])[number, least, most, least + 0.000001m, most + 0.000001m, Math.Max(0, least - 0.000001m), Math.Max(0, most - 0.000001m)])
            {
                var isWithin = (isExclusive ? tried > least : tried >= least) && (isOpen || tried <= most);
                foreach (var text in (string[])[tried.ToString("0.######", CultureInfo.InvariantCulture), tried.ToString("0.000000000", CultureInfo.InvariantCulture)])
                    Assert.True(pattern.IsMatch(text) == isWithin, $"{text} against {(isExclusive ? "above " : "")}{least} to {(isOpen ? "any" : most)}: {pattern}");
            }
        });
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    public void No_decimal_is_refused(string text) =>
        Assert.DoesNotMatch($"^({DecimalPattern.Of(0, 100)})$", text);
}
