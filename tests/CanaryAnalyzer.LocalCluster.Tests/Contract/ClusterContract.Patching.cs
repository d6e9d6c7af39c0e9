using System.Text.Json.Nodes;

namespace CanaryAnalyzer.LocalCluster.Tests.Contract;

public abstract partial class ClusterContract<T>
{
    [Fact]
    public async Task Json_patch_is_conditional_on_the_version_that_it_replaces()
    {
        var path = await NewConfigMapAsync("""{"a":"1"}""");
        var version = (await Api.GetAsync(path)).Version;
        string Patch(string value) => $$"""[{"op":"replace","path":"/metadata/resourceVersion","value":"{{version}}"},{"op":"replace","path":"/data/a","value":"{{value}}"}]""";
        Assert.Equal("2", (await Api.PatchAsync(path, ApiClient.JsonPatch, Patch("2"))).Must(200).Text("data", "a"));
        var stale = await Api.PatchAsync(path, ApiClient.JsonPatch, Patch("3"));
        Assert.Equal((409, "Conflict"), (stale.Code, stale.Reason));
    }

    [Fact]
    public async Task Json_patch_that_does_not_fit_is_refused_whole()
    {
        var path = await NewConfigMapAsync("""{"a":"1"}""");
        foreach (var second in (string[])["""{"op":"test","path":"/data/a","value":"9"}""", """{"op":"remove","path":"/data/b"}""", """{"op":"replace","path":"/spec/x/y","value":1}"""])
            Assert.Equal(422, (await Api.PatchAsync(path, ApiClient.JsonPatch, $$"""[{"op":"add","path":"/data/c","value":"1"},{{second}}]""")).Code);
        Assert.Null((await Api.GetAsync(path)).At("data", "c"));
    }

    [Fact]
    public async Task Json_patch_changes_lists_by_index()
    {
        var path = await NewWidgetAsync("""{"colour":"Red","parts":[{"key":"a"},{"key":"b"}]}""");
        var patched = (await Api.PatchAsync(path, ApiClient.JsonPatch,
            """[{"op":"add","path":"/spec/parts/-","value":{"key":"d"}},{"op":"add","path":"/spec/parts/2","value":{"key":"c"}},{"op":"remove","path":"/spec/parts/0"},{"op":"move","from":"/spec/parts/0","path":"/spec/parts/2"}]""")).Must(200);
        Assert.Equal("""[{"key":"c"},{"key":"d"},{"key":"b"}]""", patched.Text("spec", "parts"));
    }

    [Fact]
    public async Task Merge_patch_sets_removes_and_replaces_lists_whole()
    {
        var path = await NewWidgetAsync("""{"colour":"Red","size":1,"parts":[{"key":"a"},{"key":"b"}]}""");
        var patched = (await Api.PatchAsync(path, ApiClient.MergePatch, """{"spec":{"size":null,"colour":"Green","parts":[{"key":"z"}]}}""")).Must(200);
        Assert.Null(patched.At("spec", "size"));
        Assert.Equal(("Green", """[{"key":"z"}]"""), (patched.Text("spec", "colour"), patched.Text("spec", "parts")));
    }

    [Fact]
    public async Task Merge_patch_with_an_older_version_conflicts()
    {
        var path = await NewWidgetAsync();
        var version = (await Api.GetAsync(path)).Version;
        (await Api.PatchAsync($"{path}/status", ApiClient.MergePatch, """{"status":{"a":1}}""")).Must(200);
        var answer = await Api.PatchAsync($"{path}/status", ApiClient.MergePatch, $$"""{"metadata":{"resourceVersion":"{{version}}"},"status":{"a":2} }""");
        Assert.Equal((409, "Conflict"), (answer.Code, answer.Reason));
    }

    [Fact]
    public async Task Strategic_patch_merges_containers_by_name()
    {
        var path = await NewDeploymentAsync();
        var patched = (await Api.PatchAsync(path, ApiClient.StrategicPatch,
            """{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"hello:1.23.2","env":[{"name":"A","value":"1"}]},{"name":"side","image":"side:1"}]}}}}""")).Must(200);
        var containers = (JsonArray)patched.At("spec", "template", "spec", "containers")!;
        Assert.Equal(["side", "web"], containers.Select(c => c!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        var web = containers.First(c => c!["name"]!.GetValue<string>() == "web")!;
        Assert.Equal(("hello:1.23.2", 80), (web["image"]!.GetValue<string>(), web["ports"]![0]!["containerPort"]!.GetValue<int>()));
        patched = (await Api.PatchAsync(path, ApiClient.StrategicPatch,
            """{"spec":{"template":{"spec":{"containers":[{"name":"side","$patch":"delete"},{"name":"web","env":[{"name":"B","value":"2"}]}]}}}}""")).Must(200);
        Assert.Equal("hello:1.23.2", patched.Text("spec", "template", "spec", "containers", "0", "image"));
        Assert.Equal(2, ((JsonArray)patched.At("spec", "template", "spec", "containers", "0", "env")!).Count);
        Assert.Equal("3", patched.Text("metadata", "generation"));
    }

    [Fact]
    public async Task Strategic_patch_keeps_to_the_order_and_the_keys_that_it_names()
    {
        var path = await NewDeploymentAsync();
        (await Api.PatchAsync(path, ApiClient.StrategicPatch,
            """{"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"web"},{"name":"side"}],"containers":[{"name":"side","image":"side:1"}]}}}}""")).Must(200);
        var patched = (await Api.PatchAsync(path, ApiClient.StrategicPatch, """{"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}""")).Must(200);
        Assert.Equal("web", patched.Text("spec", "template", "spec", "containers", "0", "name"));
        Assert.Equal("""{"type":"Recreate"}""", patched.Text("spec", "strategy"));
    }

    [Fact]
    public async Task Strategic_patch_of_a_custom_resource_is_no_known_media_type() =>
        Assert.Equal(415, (await Api.PatchAsync(await NewWidgetAsync(), ApiClient.StrategicPatch, """{"spec":{"size":1}}""")).Code);

    [Fact]
    public async Task Apply_creates_changes_and_takes_out_what_is_left_out()
    {
        var name = NewName();
        string Apply(string data) => $$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}"},"data":{{data}} }""";
        (await Api.PatchAsync($"{ConfigMaps}/{name}?fieldManager=one", ApiClient.ApplyPatch, Apply("""{"a":"1","b":"1"}"""))).Must(201);
        (await Api.PatchAsync($"{ConfigMaps}/{name}?fieldManager=two", ApiClient.ApplyPatch, Apply("""{"c":"1"}"""))).Must(200);
        var applied = (await Api.PatchAsync($"{ConfigMaps}/{name}?fieldManager=one", ApiClient.ApplyPatch, Apply("""{"a":"2"}"""))).Must(200);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"a":"2","c":"1"}"""), applied.At("data")), applied.Text("data"));
    }

    [Fact]
    public async Task Apply_of_what_another_set_conflicts_unless_forced()
    {
        var name = NewName();
        string Apply(string data) => $$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}"},"data":{{data}} }""";
        (await Api.PatchAsync($"{ConfigMaps}/{name}?fieldManager=one", ApiClient.ApplyPatch, Apply("""{"a":"1"}"""))).Must(201);
        (await Api.PatchAsync($"{ConfigMaps}/{name}?fieldManager=other", ApiClient.MergePatch, """{"data":{"a":"2"}}""")).Must(200);
        var conflict = await Api.PatchAsync($"{ConfigMaps}/{name}?fieldManager=one", ApiClient.ApplyPatch, Apply("""{"a":"3"}"""));
        Assert.Equal((409, "Conflict"), (conflict.Code, conflict.Reason));
        Assert.Equal(".data.a", conflict.Text("details", "causes", "0", "field"));
        var forced = (await Api.PatchAsync($"{ConfigMaps}/{name}?fieldManager=one&force=true", ApiClient.ApplyPatch, Apply("""{"a":"3"}"""))).Must(200);
        Assert.Equal("3", forced.Text("data", "a"));
    }

    [Fact]
    public async Task Apply_merges_containers_by_name_and_replaces_lists_without_keys()
    {
        var name = NewName();
        var manifest = JsonNode.Parse(Workload("Deployment", name, 0))!;
        (await Api.SendAsync(HttpMethod.Patch, $"{Deployments}/{name}?fieldManager=one", manifest, ApiClient.ApplyPatch)).Must(201);
        (await Api.PatchAsync($"{Deployments}/{name}?fieldManager=hand", ApiClient.StrategicPatch,
            """{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"side:1"}]}}}}""")).Must(200);
        manifest["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "hello:1.23.2";
        var applied = (await Api.SendAsync(HttpMethod.Patch, $"{Deployments}/{name}?fieldManager=one", manifest, ApiClient.ApplyPatch)).Must(200);
        Assert.Equal(2, ((JsonArray)applied.At("spec", "template", "spec", "containers")!).Count);

        var widget = NewName();
        (await Api.PatchAsync($"{Widgets}/{widget}?fieldManager=one", ApiClient.ApplyPatch, Widget(widget, """{"colour":"Red","parts":[{"key":"a"},{"key":"b"}]}"""))).Must(201);
        applied = (await Api.PatchAsync($"{Widgets}/{widget}?fieldManager=one", ApiClient.ApplyPatch, Widget(widget, """{"colour":"Red","parts":[{"key":"c"}]}"""))).Must(200);
        Assert.Equal("""[{"key":"c"}]""", applied.Text("spec", "parts"));
    }
}
