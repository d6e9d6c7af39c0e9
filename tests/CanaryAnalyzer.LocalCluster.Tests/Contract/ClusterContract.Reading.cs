using System.Text.Json.Nodes;

namespace CanaryAnalyzer.LocalCluster.Tests.Contract;

public abstract partial class ClusterContract<T>
{
    private const string TableForm = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

    [Fact]
    public async Task Get_of_what_is_not_there_says_so()
    {
        var answer = await Api.GetAsync($"{Deployments}/missing");
        Assert.Equal((404, "NotFound", "Failure"), (answer.Code, answer.Reason, answer.Text("status")));
        Assert.Equal("deployments.apps \"missing\" not found", answer.Text("message"));
        Assert.Equal(("missing", "apps", "deployments"), (answer.Text("details", "name"), answer.Text("details", "group"), answer.Text("details", "kind")));
        Assert.Equal(404, (await Api.GetAsync("/apis/contract.canaryanalyzer.io/v1/gizmos")).Code);
    }

    [Fact]
    public async Task List_selects_by_labels_and_fields()
    {
        var tag = NewName();
        var one = await NewConfigMapAsync(labels: $$"""{"tag":"{{tag}}","side":"canary"}""");
        await NewConfigMapAsync(labels: $$"""{"tag":"{{tag}}","side":"stable"}""");
        await NewConfigMapAsync(labels: $$"""{"tag":"{{tag}}"}""");
        async Task<int> Count(string query) => Items((await Api.GetAsync($"{ConfigMaps}?{query}")).Must(200)).Count();
        Assert.Equal(3, await Count($"labelSelector=tag%3D{tag}"));
        Assert.Equal(1, await Count($"labelSelector=tag%3D{tag}%2Cside%3Dcanary"));
        Assert.Equal(2, await Count($"labelSelector=tag%3D{tag}%2Cside%20in%20(canary%2Cstable)"));
        Assert.Equal(2, await Count($"labelSelector=tag%3D{tag}%2Cside%20notin%20(canary)"));
        Assert.Equal(1, await Count($"labelSelector=tag%3D{tag}%2C!side"));
        Assert.Equal(1, await Count($"fieldSelector=metadata.name%3D{one.Split('/')[^1]}"));
    }

    [Fact]
    public async Task List_comes_in_pages()
    {
        var tag = NewName();
        for (var i = 0; i < 5; i++)
            await NewConfigMapAsync(labels: $$"""{"tag":"{{tag}}"}""");
        var names = new List<string>();
        var next = "";
        do
        {
            var page = (await Api.GetAsync($"{ConfigMaps}?labelSelector=tag%3D{tag}&limit=2&continue={Uri.EscapeDataString(next)}")).Must(200);
            Assert.InRange(Items(page).Count(), 1, 2);
            names.AddRange(Items(page).Select(Name));
            next = page.Text("metadata", "continue");
        }
        while (next.Length > 0);
        Assert.Equal(5, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Table_has_the_columns_of_the_definition()
    {
        var path = await NewWidgetAsync();
        (await Api.PatchAsync($"{path}/status", ApiClient.MergePatch, """{"status":{"conditions":[{"type":"Other","status":"No"},{"type":"Ready","status":"True"}]}}""")).Must(200);
        var table = (await Api.GetAsync(path, TableForm)).Must(200);
        Assert.Equal("Table", table.Text("kind"));
        Assert.Equal(["Name", "Colour", "Ready"], ((JsonArray)table.At("columnDefinitions")!).Select(c => c!["name"]!.GetValue<string>()));
        Assert.Equal($"""["{path.Split('/')[^1]}","Red","True"]""", table.Text("rows", "0", "cells"));
        Assert.Equal(path.Split('/')[^1], table.Text("rows", "0", "object", "metadata", "name"));
    }

    [Fact]
    public async Task Metadata_alone_can_be_asked_for()
    {
        var path = await NewConfigMapAsync("""{"a":"1"}""");
        var partial = (await Api.GetAsync(path, "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io")).Must(200);
        Assert.Equal(("PartialObjectMetadata", path.Split('/')[^1]), (partial.Text("kind"), partial.Text("metadata", "name")));
        Assert.Null(partial.At("data"));
    }

    [Fact]
    public async Task Discovery_names_the_resources_of_a_group()
    {
        var resources = (JsonArray)(await Api.GetAsync("/apis/contract.canaryanalyzer.io/v1")).Must(200).At("resources")!;
        var widgets = resources.First(r => r!["name"]!.GetValue<string>() == "widgets")!;
        Assert.Equal(("Widget", true, "wic"), (widgets["kind"]!.GetValue<string>(), widgets["namespaced"]!.GetValue<bool>(), widgets["shortNames"]![0]!.GetValue<string>()));
        Assert.Contains(resources, r => r!["name"]!.GetValue<string>() == "widgets/status");
        Assert.DoesNotContain(resources, r => r!["name"]!.GetValue<string>() == "notes/status");
        var groups = (JsonArray)(await Api.GetAsync("/apis")).Must(200).At("groups")!;
        Assert.Contains(groups, g => g!["name"]!.GetValue<string>() == "contract.canaryanalyzer.io");
        Assert.Contains("v1", (await Api.GetAsync("/api")).Text("versions"), StringComparison.Ordinal);
        Assert.StartsWith("v1.", (await Api.GetAsync("/version")).Text("gitVersion"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_of_the_own_rights_allows_and_of_a_wrong_token_denies()
    {
        var review = (await Api.PostAsync("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            $$"""{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"namespace":"{{Ns}}","verb":"get","resource":"pods"} } }""")).Must(201);
        Assert.Equal("true", review.Text("status", "allowed"));
        review = (await Api.PostAsync("/apis/authentication.k8s.io/v1/tokenreviews",
            """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenReview","spec":{"token":"no-such-token"}}""")).Must(201);
        Assert.NotEqual("true", review.Text("status", "authenticated"));
    }

    [Fact]
    public async Task Watch_continues_from_a_version()
    {
        var name = NewName();
        var from = (await Api.GetAsync(ConfigMaps)).Version;
        (await Api.PostAsync(ConfigMaps, $$"""{"metadata":{"name":"{{name}}"} }""")).Must(201);
        (await Api.PatchAsync($"{ConfigMaps}/{name}", ApiClient.MergePatch, """{"data":{"a":"1"}}""")).Must(200);
        (await Api.DeleteAsync($"{ConfigMaps}/{name}")).Must(200);
        var events = await Api.WatchAsync($"{ConfigMaps}?watch=true&resourceVersion={from}&fieldSelector=metadata.name%3D{name}&timeoutSeconds=20", 3);
        Assert.Equal(["ADDED", "MODIFIED", "DELETED"], events.Select(e => e["type"]!.GetValue<string>()));
        Assert.Equal("1", events[2]["object"]!["data"]!["a"]!.GetValue<string>());
        var versions = events.Select(e => long.Parse(e["object"]!["metadata"]!["resourceVersion"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(versions.Order(), versions);
        Assert.Equal(3, versions.Distinct().Count());
    }

    [Fact]
    public async Task Watch_without_a_version_begins_with_what_is_there()
    {
        var path = await NewConfigMapAsync();
        var events = await Api.WatchAsync($"{ConfigMaps}?watch=true&fieldSelector=metadata.name%3D{path.Split('/')[^1]}&timeoutSeconds=20", 1);
        Assert.Equal("ADDED", events[0]["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Watch_shows_what_leaves_the_selection_as_deleted()
    {
        var tag = NewName();
        var path = await NewConfigMapAsync(labels: $$"""{"tag":"{{tag}}"}""");
        var from = (await Api.GetAsync(ConfigMaps)).Version;
        (await Api.PatchAsync(path, ApiClient.MergePatch, """{"metadata":{"labels":{"tag":"other"}}}""")).Must(200);
        (await Api.PatchAsync(path, ApiClient.MergePatch, $$"""{"metadata":{"labels":{"tag":"{{tag}}"} } }""")).Must(200);
        var events = await Api.WatchAsync($"{ConfigMaps}?watch=true&resourceVersion={from}&labelSelector=tag%3D{tag}&timeoutSeconds=20", 2);
        Assert.Equal(["DELETED", "ADDED"], events.Select(e => e["type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Watch_ends_after_its_time()
    {
        var from = (await Api.GetAsync(ConfigMaps)).Version;
        var events = await Api.WatchAsync($"{ConfigMaps}?watch=true&resourceVersion={from}&fieldSelector=metadata.name%3Dnobody&timeoutSeconds=1", 1);
        Assert.Empty(events);
    }

    [Fact]
    public async Task Watch_from_a_forgotten_version_is_gone()
    {
        var path = await NewConfigMapAsync();
        // More changes than the local cluster is told to remember; the real one never served this version.
        for (var i = 0; i < 210; i++)
            await Api.PatchAsync(path, ApiClient.MergePatch, $$"""{"data":{"a":"{{i}}"} }""");
        var events = await Api.WatchAsync($"{ConfigMaps}?watch=true&resourceVersion=1&timeoutSeconds=20", 1);
        Assert.Equal(("ERROR", 410), (events[0]["type"]!.GetValue<string>(), events[0]["object"]!["code"]!.GetValue<int>()));
    }
}
