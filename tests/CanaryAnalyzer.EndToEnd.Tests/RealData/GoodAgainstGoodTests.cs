using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.EndToEnd.Tests.Stages;

namespace CanaryAnalyzer.EndToEnd.Tests.RealData;

/// <summary>The promise that a good version is rolled back in one release of a hundred, held against real servers, a real load and real scrapes.</summary>
public sealed class GoodAgainstGoodTests(Theatre theatre)
{
    private const int Apps = 4;
    private const int Windows = 8;

    /// <summary>With the promised one in a hundred, more than three false alarms in 32 judgements happen once in 3 500 times.</summary>
    private const int MostFalseAlarms = 3;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Good_against_good_is_rolled_back_no_more_often_than_promised()
    {
        var stage = await theatre.StageAsync();
        var apps = await Task.WhenAll(Enumerable.Range(1, Apps).Select(i => AlikePods.StartAsync(stage, string.Create(CultureInfo.InvariantCulture, $"alike-{i}"), 40)));
        try
        {
            var from = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 11);
            await ScrapedUpToAsync(stage, from + (Windows * Length) + TimeSpan.FromSeconds(2));

            await using var judgement = new PastJudgement(stage.Server.Address);
            var ended = new List<Measurement>();
            foreach (var app in apps)
            {
                for (var i = 0; i < Windows; i++) ended.Add(await judgement.RunAsync(app.Comparison(Length), from + (i * Length)));
            }

            var alarms = ended.Where(m => m.Phase == AnalysisPhase.Failed).Select(m => m.Message).ToList();
            Assert.True(alarms.Count <= MostFalseAlarms, $"{alarms.Count} of {ended.Count} judgements of like with like rolled back:\n{string.Join('\n', alarms)}");
            // That nothing is alarming must not come from seeing nothing.
            Assert.All(ended, m => Assert.Matches("errors [\\d.]+% \\([\\d,]+ of [1-9][\\d,]*\\) on canary", m.Message));
        }
        finally
        {
            foreach (var app in apps) await app.DisposeAsync();
        }
    }

    private static async Task ScrapedUpToAsync(Stage stage, DateTimeOffset at) => Assert.True(
        await stage.Server.BecomesAsync(
            token => stage.Server.FindsAsync(string.Create(CultureInfo.InvariantCulture, $"min(timestamp(http_requests_received_total{{namespace=~\"alike-.*\"}})) >= {at.ToUnixTimeSeconds()}"), token),
            TimeSpan.FromMinutes(3),
            TestContext.Current.CancellationToken),
        "Prometheus stopped scraping");
}
