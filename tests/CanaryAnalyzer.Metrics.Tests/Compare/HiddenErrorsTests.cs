using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Metrics.Compare;
using static CanaryAnalyzer.Metrics.Tests.Compare.Comparison;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

/// <summary>What a look asks besides the counts, and what comes of it where there is no answer.</summary>
public sealed class HiddenErrorsTests
{
    private const string OtherMetric = """{"name": "errors", "errorRate": {"requests": "app_requests_total", "errors": "app_errors_total"}}""";

    [Fact]
    public async Task Quiet_release_costs_little_more_than_its_counts()
    {
        await using var service = await QuietService.StartAsync();

        await LookAsync(service, 20);

        // Two a look, and four at look 0 and at look 10 about errors that have no series.
        Assert.Equal((2 * 20, 2 * 4), (service.Queries.Count(IsCount), service.Queries.Count(query => !IsCount(query))));
    }

    [Fact]
    public async Task Refused_question_does_not_cost_the_look_once_the_name_is_known()
    {
        await using var service = await QuietService.StartAsync();

        var last = await LookAsync(service, 12, look => service.Refuses = look >= 5);

        var report = JsonDocument.Parse(last.Value!).RootElement;
        Assert.Equal(11, report.GetProperty("look").GetInt32());
        Assert.NotEqual("NoData", report.GetProperty("reason").GetString());
        Assert.Contains("it could not be checked whether the errors can be seen", last.Message, StringComparison.Ordinal);
        Assert.Contains("the query is too expensive", last.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_that_was_never_seen_is_not_trusted_where_the_question_is_refused()
    {
        await using var service = await QuietService.StartAsync();
        service.Refuses = true;

        var last = await LookAsync(service, 12);

        Assert.Equal((long)0, Totals(last, "canary").Requests);
        Assert.DoesNotContain("QueryError", last.Value!, StringComparison.Ordinal);
        Assert.Contains("errors: it could not be checked whether the errors can be seen", last.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_side_is_explained_at_every_tenth_look()
    {
        await using var service = await QuietService.StartAsync();
        service.HasCanary = false;
        var messages = new List<string>();

        await LookAsync(service, 20, after: measurement => messages.Add(measurement.Message));

        var explaining = service.Queries.Count(query => query == "app_requests_total");
        Assert.Equal(2, explaining);
        Assert.All(messages.Skip(1), message => Assert.Contains("no series matches app_requests_total", message, StringComparison.Ordinal));
    }

    [Fact]
    public void State_that_was_stored_without_what_is_known_of_errors_is_read()
    {
        var old = JsonNode.Parse(CompareMemory.Begin(1, 7).Write())!.AsObject();
        old.Remove("sights");

        var memory = CompareMemory.TryRead(old.ToJsonString(), 1)!;

        Assert.Equal((7, 0), (memory.Next, memory.SightOf(0)));
        Assert.Equal(35, CompareMemory.TryRead(memory.WithSight(0, 35).Write(), 1)!.SightOf(0));
    }

    private static bool IsCount(string query) => query.Contains("ms]", StringComparison.Ordinal);

    private static async Task<Measurement> LookAsync(QuietService service, int looks, Action<int>? before = null, Action<Measurement>? after = null)
    {
        using var comparison = new Comparison();
        const string Fields = "\"canary\": \"version=\\\"2\\\"\", \"stable\": \"version=\\\"1\\\"\", \"scrapeInterval\": \"1s\", \"minRequests\": 1000000000,";
        var spec = Spec(service.Address, Fields, OtherMetric) with { History = TimeSpan.Zero };
        var request = new MeasurementRequest { Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000) };
        var measurement = await comparison.MeasureAsync(spec, request);
        for (var look = 0; look < looks; look++)
        {
            before?.Invoke(look);
            measurement = await comparison.MeasureAsync(spec, request with { Now = measurement.StartedAt.AddSeconds(look + 1), Previous = measurement });
            after?.Invoke(measurement);
        }

        return measurement;
    }
}
