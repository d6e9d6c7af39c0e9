using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

public sealed class TemplateDefaultsTests
{
    [Fact]
    public async Task A_template_that_is_refused_again_is_refused_with_the_same_words()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await InProcessApiServer.StartAsync();
        using var connection = server.Connect();
        server.Inject(Fault.Answer(422, "Invalid"), request => request.Plural == "replicasets", times: 2);
        var defaults = new TemplateDefaults(connection.Resources);
        var template = SeedManifests.Deployment()["spec"]!["template"]!.AsObject();

        for (var i = 0; i < 2; i++) await Assert.ThrowsAsync<ResourceException>(() => defaults.FillAsync("team", template, token));

        // The API server begins its refusal with the name of what it refuses.
        var asked = server.Requests.Where(request => request.Plural == "replicasets").Select(request => JsonNode.Parse(request.Body)!["metadata"]!.ToJsonString()).ToList();
        Assert.Equal(2, asked.Count);
        Assert.Single(asked.Distinct());
        Assert.Contains("\"name\"", asked[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_template_too_many_makes_the_oldest_forgotten_and_no_other()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await InProcessApiServer.StartAsync();
        using var connection = server.Connect();
        var defaults = new TemplateDefaults(connection.Resources);
        var template = SeedManifests.Deployment()["spec"]!["template"]!.AsObject();
        for (var i = 0; i <= TemplateDefaults.Remembered; i++) await defaults.FillAsync($"team-{i}", template, token);
        var asked = server.Requests.Count;

        for (var i = TemplateDefaults.Remembered; i > 0; i -= 512) await defaults.FillAsync($"team-{i}", template, token);
        Assert.Equal(asked, server.Requests.Count);
        await defaults.FillAsync("team-0", template, token);
        Assert.Equal(asked + 1, server.Requests.Count);
    }

    [Fact]
    public async Task Template_that_is_handed_out_is_its_callers()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = await InProcessApiServer.StartAsync();
        using var connection = server.Connect();
        var defaults = new TemplateDefaults(connection.Resources);
        var template = SeedManifests.Deployment()["spec"]!["template"]!.AsObject();
        var text = (await defaults.FillAsync("team", template, token)).ToJsonString();

        (await defaults.FillAsync("team", template, token)).Clear();

        Assert.Equal(text, (await defaults.FillAsync("team", template, token)).ToJsonString());
    }
}
