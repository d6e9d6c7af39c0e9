using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

public sealed class VerdictJsonTests
{
    [Fact]
    public void Write_has_the_verdict_and_the_counts_since_the_first_look()
    {
        var stream = new Stream(Stream.Errors);
        stream.Look(Stream.Counts(606, 29, 5466, 27));
        var root = Parse(stream.Look(Stream.Counts(606, 29, 5467, 28)));
        Assert.Equal("Rollback", root.GetProperty("verdict").GetString());
        Assert.Equal("HarmShown", root.GetProperty("reason").GetString());
        Assert.Equal(2, root.GetProperty("look").GetInt32());
        Assert.Equal(100, root.GetProperty("threshold").GetDouble(), 1e-9);
        var errors = root.GetProperty("measures")[0];
        Assert.Equal("errors", errors.GetProperty("name").GetString());
        Assert.Equal((1212, 58), (errors.GetProperty("canary").GetProperty("requests").GetInt32(), errors.GetProperty("canary").GetProperty("errors").GetInt32()));
        Assert.Equal((10933, 55), (errors.GetProperty("stable").GetProperty("requests").GetInt32(), errors.GetProperty("stable").GetProperty("errors").GetInt32()));
        Assert.Equal(9.5127, errors.GetProperty("ratio").GetDouble(), 1e-4);
        Assert.True(errors.GetProperty("low").GetDouble() < 9.5 && errors.GetProperty("high").GetDouble() > 9.5);
    }

    [Fact]
    public void Write_of_endless_evidence_is_still_a_number()
    {
        var stream = new Stream(Stream.Errors);
        for (var i = 0; i < 400; i++)
            stream.Look(Stream.Counts(100_000, 90_000, 100_000, 1));
        var root = Parse(stream.Look(Stream.Counts(100_000, 90_000, 100_000, 1)));
        Assert.Equal(1e300, root.GetProperty("evidence").GetDouble());
    }

    [Fact]
    public void Write_of_unknown_numbers_is_null_and_the_reason_can_be_the_callers()
    {
        var stream = new Stream(Stream.Both);
        var report = stream.Look(null, null).Report;
        var root = JsonDocument.Parse(VerdictJson.Write(report, VerdictReason.QueryError)).RootElement;
        Assert.Equal(("Continue", "QueryError"), (root.GetProperty("verdict").GetString(), root.GetProperty("reason").GetString()));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("measures")[1].GetProperty("ratio").ValueKind);
        Assert.False(root.GetProperty("hasMinRequests").GetBoolean());
        Assert.False(root.TryGetProperty("at", out _));
        Assert.Equal(0, root.GetProperty("measures")[1].GetProperty("canary").GetProperty("requests").GetInt32());
    }

    [Fact]
    public void Write_tells_a_policy_what_it_needs_to_promote_on_little_traffic()
    {
        var report = new Stream(Stream.Errors).Until(60, Stream.Counts(2, 0, 100, 1)).Report;
        var root = JsonDocument.Parse(VerdictJson.Write(report, at: DateTimeOffset.UnixEpoch)).RootElement;
        Assert.Equal(report.DetectableRatio!.Value, root.GetProperty("smallestRatio").GetDouble(), 1e-3);
        Assert.True(root.GetProperty("hasMinRequests").GetBoolean());
        Assert.Equal("1970-01-01T00:00:00Z", root.GetProperty("at").GetString());
        Assert.False(report.HasSignOfHarm);
    }

    private static JsonElement Parse(LookResult result) => JsonDocument.Parse(VerdictJson.Write(result.Report)).RootElement;
}
