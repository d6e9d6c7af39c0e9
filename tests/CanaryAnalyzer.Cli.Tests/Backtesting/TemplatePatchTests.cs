using System.Text.Json;
using CanaryAnalyzer.Cli.Backtesting;
using CanaryAnalyzer.Core.Backtests.Results;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Cli.Tests.Backtesting;

public sealed class TemplatePatchTests
{
    [Fact]
    public async Task Patch_is_the_metric_with_every_setting_in_place_and_is_accepted()
    {
        await using var stage = await BacktestStage.StartAsync([], BacktestStage.DefaultTemplate.Replace("\"{{args.duration}}\"", "15m", StringComparison.Ordinal)
            .Replace("pod=~\"{{args.canary-pods}}\"", "pod=~\"a.*\"", StringComparison.Ordinal).Replace("pod=~\"{{args.stable-pods}}\"", "pod=~\"b.*\"", StringComparison.Ordinal));
        var template = TemplateFile.Read(stage.Template, null, new Dictionary<string, string>(StringComparer.Ordinal));
        Recommendation[] settings =
        [
            new("risk.falseRollback", "0.2%", "1%", "why"), new("maxDuration", "1h", "15m", "why"), new("minDuration", "10m", "5m", "why"), new("interval", "1m", "30s", "why"),
            new("promote", "AtEnd", "WhenSafe", "why"), new("minRequests", "40", "100", "why"), new("measures[latency].warmup", "3m", "1m", "why"),
            new("measures[latency].tails", "[0.1, 0.01]", "[0.1, 0.01, 0.001]", "why"), new("measures[errors].tolerance.ratio", "1.2", "1", "why"), new("", "", "", "no setting"),
        ];
        var patch = TemplatePatch.Write(template, settings);
        var errors = new List<SpecError>();
        var compare = YamlReading.ToJson(patch)["spec"]!["metrics"]![0]!["provider"]!["plugin"]![CompareSpec.ProviderName];
        var spec = CompareSpec.TryParse(JsonSerializer.SerializeToElement(compare), "", errors);
        Assert.Empty(errors);
        Assert.Equal((0.002, TimeSpan.FromHours(1), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1), 40), (spec!.Risk.FalseRollback, spec.MaxDuration, spec.MinDuration, spec.Interval, spec.MinRequests));
        Assert.Equal(1.2, ((MeasureSpec.ErrorRate)spec.Measures[0]).Tolerance.Ratio);
        var latency = (MeasureSpec.Latency)spec.Measures[1];
        Assert.Equal([0.1, 0.01], latency.Tails);
        Assert.Equal(TimeSpan.FromMinutes(3), latency.Warmup);
        Assert.Contains("# maxDuration: 15m -> 1h; why", patch, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_setting_there_is_no_patch()
    {
        await using var stage = await BacktestStage.StartAsync([]);
        Assert.Equal("", TemplatePatch.Write(TemplateFile.Read(stage.Template, null, new Dictionary<string, string>(StringComparer.Ordinal)), [new("", "", "", "more traffic")]));
    }
}
