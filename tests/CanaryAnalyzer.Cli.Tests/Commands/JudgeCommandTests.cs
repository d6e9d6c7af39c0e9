using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Hosting;

namespace CanaryAnalyzer.Cli.Tests.Commands;

/// <summary><c>judge</c> over streams of errors and latency, from data and from counters.</summary>
public sealed class JudgeCommandTests : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Each_stream_gets_a_line_in_order()
    {
        Assert.Equal(0, await RunAsync([Stream("good", 3), Stream("bad", 60), Stream("quiet", 3, requests: 0)]));
        Assert.Equal(["good promote 10", "bad rollback 2", "quiet inconclusive 20"], Answers());
    }

    [Fact]
    public async Task Counters_alone_give_the_same_answers()
    {
        Assert.Equal(0, await RunAsync([Without(Stream("good", 3), "data"), Without(Stream("bad", 60), "data")]));
        Assert.Equal(["good promote 10", "bad rollback 2"], Answers());
    }

    [Theory]
    [InlineData("--soak")]
    [InlineData("--promote", "AtEnd")]
    public async Task Soak_promotes_at_the_end(params string[] arguments)
    {
        Assert.Equal(0, await RunAsync([Stream("good", 3)], arguments));
        Assert.Equal(["good promote 20"], Answers());
    }

    [Fact]
    public async Task The_judge_can_be_chosen_among_those_there_are()
    {
        Assert.Equal(0, await RunAsync([Stream("good", 3)], "--judge", "seq/1"));
        Assert.Equal(1, await RunAsync([Stream("good", 3)], "--judge", "seq/0"));
        Assert.Contains("There is no judge 'seq/0'; there is seq/1", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bounds_are_watched_in_place_of_the_default_tails_or_beside_those_named()
    {
        var slow = Stream("slow", 3);
        foreach (var row in slow["data"]!.AsArray())
            row!["canary"]!["buckets"] = new JsonArray(500, 450, 50);
        Assert.Equal(0, await RunAsync([slow.ToJsonString(), Stream("good", 3).ToJsonString()], "--bounds", "200ms"));
        Assert.Equal(0, await RunAsync([slow.ToJsonString()], "--bounds", "1m"));
        Assert.Equal(0, await RunAsync([slow.ToJsonString()], "--bounds", "1m", "--tails", "1%"));

        // What lies above all bucket bounds convicts nobody and vouches for nobody.
        Assert.Equal(["slow rollback 4", "good promote 10", "slow inconclusive 20", "slow rollback 4"], Answers());
    }

    [Theory]
    [InlineData("--bounds", "0s", "--bounds must be durations above 0s and up to 24h such as 250ms,1s, not 0s")]
    [InlineData("--bounds", "-1s", "not -1s")]
    [InlineData("--bounds", "0.25", "not 0.25")]
    [InlineData("--bounds", "NaN", "not NaN")]
    [InlineData("--bounds", ",", "--bounds must name one to 5, parted by commas, not 0")]
    [InlineData("--bounds", "1s,2s,3s,4s,5s,6s", "not 6")]
    [InlineData("--tails", "60%", "--tails must be shares above 0% and up to 50% such as 10%,1%, not 60%")]
    [InlineData("--tails", "abc", "not abc")]
    public async Task Shares_that_cannot_be_watched_are_refused(string option, string value, string problem)
    {
        Assert.NotEqual(0, await RunAsync([Stream("good", 3)], $"{option}={value}"));
        Assert.Contains(problem, _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Answers());
    }

    [Fact]
    public async Task Bad_lines_are_named_by_number_and_field_and_the_others_are_judged()
    {
        var negative = Stream("negative", 3);
        negative["data"]![3]!["canary"]!["requests"] = -1;
        var text = Stream("text", 3);
        text["data"]![2]!["stable"]!["pods"]![1]!["errors"] = "three";
        var torn = Stream("torn", 3).ToJsonString()[..200];
        Assert.Equal(3, await RunAsync([Stream("good", 3).ToJsonString(), negative.ToJsonString(), text.ToJsonString(), torn, "", "null", Without(Without(Stream("empty", 3), "data"), "counters").ToJsonString(), Stream("bad", 60).ToJsonString()]));
        Assert.Equal(["good promote 10", "bad rollback 2"], Answers());
        var problems = _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, problems.Length);
        Assert.Equal("Error: line 2: data[3].canary.requests must not be negative", problems[0]);
        Assert.StartsWith("Error: line 3: data[2].stable.pods[1].errors is not what canary-scenario/1 has there", problems[1], StringComparison.Ordinal);
        Assert.StartsWith("Error: line 4: ", problems[2], StringComparison.Ordinal);
        Assert.StartsWith("Error: line 6: the line is null", problems[3], StringComparison.Ordinal);
        Assert.Equal("Error: line 7: data and counters are both missing; one is needed", problems[4]);
    }

    [Theory]
    [InlineData("schema", "\"canary-scenario/2\"", "schema must be")]
    [InlineData("id", "null", "id is missing")]
    [InlineData("intervals", "19", "data has 20 rows, but intervals is 19")]
    [InlineData("intervalSeconds", "0", "intervalSeconds must be")]
    [InlineData("bucketBounds", "[0.1, 0.1, \"+Inf\"]", "bucketBounds[1] must be larger")]
    [InlineData("bucketBounds", "[0.1, 0.2]", "bucketBounds[1] must be \"+Inf\"")]
    [InlineData("bucketBounds", "[0.1, \"+Inf\"]", "buckets must have 2 counts")]
    public async Task A_field_that_cannot_be_is_refused(string field, string value, string problem)
    {
        var stream = Stream("one", 3);
        stream[field] = JsonNode.Parse(value);
        Assert.Equal(3, await RunAsync([stream]));
        Assert.Contains(problem, _error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(JsonObject[] lines, params string[] arguments) => RunAsync([.. lines.Select(line => line.ToJsonString())], arguments);

    private Task<int> RunAsync(string[] lines, params string[] arguments)
    {
        var host = new CliHost
        {
            In = new StringReader(string.Join('\n', lines)), Out = _out, Error = _error, IsTerminal = false, HasColours = false, Time = TimeProvider.System, CommandName = "canaryctl",
        };
        return Cli.Commands.Cli.RunAsync(host, ["judge", .. arguments], TestContext.Current.CancellationToken);
    }

    private string[] Answers() =>
    [
        .. _out.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(answer => $"{answer.GetProperty("id").GetString()} {answer.GetProperty("decision").GetString()} {answer.GetProperty("interval").GetInt32()}"),
    ];

    private static JsonObject Without(JsonObject stream, string field)
    {
        stream.Remove(field);
        return stream;
    }

    /// <summary>20 looks, a canary of 1000 requests each against two stable pods of 3000 with 3 errors.</summary>
    private static JsonObject Stream(string id, int errors, int requests = 1000)
    {
        var canary = Side(requests, requests == 0 ? 0 : errors);
        var half = Side(3000, 9);
        var row = new JsonObject { ["canary"] = canary, ["stable"] = new JsonObject { ["pods"] = new JsonArray(half.DeepClone(), half.DeepClone()) } };
        return new JsonObject
        {
            ["schema"] = "canary-scenario/1",
            ["id"] = id,
            ["intervalSeconds"] = 30,
            ["intervals"] = 20,
            ["bucketBounds"] = new JsonArray(0.05, 0.25, "+Inf"),
            ["history"] = new JsonArray([.. Enumerable.Range(0, 30).Select(_ => new JsonObject { ["a"] = half.DeepClone(), ["b"] = half.DeepClone() })]),
            ["data"] = new JsonArray([.. Enumerable.Range(0, 20).Select(_ => row.DeepClone())]),
            ["counters"] = new JsonObject
            {
                ["canary"] = new JsonArray(Pod("c-0", canary)),
                ["stable"] = new JsonArray(Pod("s-a", half), Pod("s-b", half)),
            },
        };
    }

    private static JsonObject Side(int requests, int errors) =>
        new() { ["requests"] = requests, ["errors"] = errors, ["buckets"] = new JsonArray(requests / 2, requests / 2 - (requests / 100), requests / 100) };

    private static JsonObject Pod(string name, JsonObject step) => new()
    {
        ["pod"] = name,
        ["samples"] = new JsonArray([.. Enumerable.Range(0, 21).Select(t => new JsonObject
        {
            ["requests"] = t * step["requests"]!.GetValue<int>(),
            ["errors"] = t * step["errors"]!.GetValue<int>(),
            ["le"] = new JsonArray([.. Cumulative(step["buckets"]!.AsArray()).Select(count => JsonValue.Create(t * count))]),
        })]),
    };

    private static IEnumerable<int> Cumulative(JsonArray buckets)
    {
        var sum = 0;
        return buckets.Select(bucket => sum += bucket!.GetValue<int>()).ToList();
    }
}
