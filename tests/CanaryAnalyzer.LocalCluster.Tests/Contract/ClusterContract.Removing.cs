using System.Text.Json.Nodes;

namespace CanaryAnalyzer.LocalCluster.Tests.Contract;

public abstract partial class ClusterContract<T>
{
    [Fact]
    public async Task Delete_removes_and_says_what()
    {
        var path = await NewConfigMapAsync();
        var uid = (await Api.GetAsync(path)).Text("metadata", "uid");
        var answer = (await Api.DeleteAsync(path)).Must(200);
        Assert.Equal(("Status", "Success", uid), (answer.Text("kind"), answer.Text("status"), answer.Text("details", "uid")));
        Assert.Equal(404, (await Api.DeleteAsync(path)).Code);
    }

    [Fact]
    public async Task Delete_of_another_object_of_that_name_conflicts()
    {
        var path = await NewConfigMapAsync();
        Assert.Equal(409, (await Api.DeleteAsync(path, """{"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"11111111-1111-1111-1111-111111111111"}}""")).Code);
    }

    [Fact]
    public async Task Delete_waits_for_finalizers()
    {
        var path = await NewConfigMapAsync();
        (await Api.PatchAsync(path, ApiClient.MergePatch, """{"metadata":{"finalizers":["canaryanalyzer.io/test"]}}""")).Must(200);
        var marked = (await Api.DeleteAsync(path)).Must(200);
        Assert.NotEmpty(marked.Text("metadata", "deletionTimestamp"));
        Assert.Equal(200, (await Api.GetAsync(path)).Code);
        (await Api.PatchAsync(path, ApiClient.MergePatch, """{"metadata":{"finalizers":null}}""")).Must(200);
        Assert.Equal(404, (await Api.GetAsync(path)).Code);
    }

    [Fact]
    public async Task Delete_of_a_collection_takes_the_selected()
    {
        var tag = NewName();
        var gone = await NewConfigMapAsync(labels: $$"""{"tag":"{{tag}}"}""");
        var left = await NewConfigMapAsync();
        (await Api.DeleteAsync($"{ConfigMaps}?labelSelector=tag%3D{tag}")).Must(200);
        Assert.Equal((404, 200), ((await Api.GetAsync(gone)).Code, (await Api.GetAsync(left)).Code));
    }

    [Fact]
    public async Task Delete_in_the_background_takes_the_dependents_afterwards()
    {
        var (owner, dependent) = await OwnedAsync();
        (await Api.DeleteAsync(owner, Propagation("Background"))).Must(200);
        Assert.Equal(404, (await Api.GetAsync(owner)).Code);
        await GoneAsync(dependent);
    }

    [Fact]
    public async Task Delete_in_the_foreground_takes_the_dependents_first()
    {
        var (owner, dependent) = await OwnedAsync();
        (await Api.DeleteAsync(owner, Propagation("Foreground"))).Must(200);
        await GoneAsync(owner);
        Assert.Equal(404, (await Api.GetAsync(dependent)).Code);
    }

    [Fact]
    public async Task Delete_that_orphans_leaves_the_dependents_without_their_owner()
    {
        var (owner, dependent) = await OwnedAsync();
        (await Api.DeleteAsync(owner, Propagation("Orphan"))).Must(200);
        await GoneAsync(owner);
        var orphan = (await Api.GetAsync(dependent)).Must(200);
        Assert.Null(orphan.At("metadata", "ownerReferences"));
    }

    private async Task<(string Owner, string Dependent)> OwnedAsync()
    {
        var owner = await NewWidgetAsync();
        var name = NewName();
        var uid = (await Api.GetAsync(owner)).Text("metadata", "uid");
        (await Api.PostAsync(ConfigMaps, $$"""
            {"metadata":{"name":"{{name}}","ownerReferences":[{"apiVersion":"contract.canaryanalyzer.io/v1","kind":"Widget","name":"{{owner.Split('/')[^1]}}","uid":"{{uid}}","controller":true,"blockOwnerDeletion":true}]} }
            """)).Must(201);
        await KnownToCollectorAsync(uid);
        return (owner, $"{ConfigMaps}/{name}");
    }

    /// <summary>A real garbage collector discovers new kinds every half a minute: wait until it takes a dependent of an owner that never was.</summary>
    private async Task KnownToCollectorAsync(string uid)
    {
        var name = NewName();
        var absent = Guid.NewGuid().ToString();
        (await Api.PostAsync(Notes, $$"""
            {"apiVersion":"contract.canaryanalyzer.io/v1","kind":"Note","metadata":{"name":"{{name}}","ownerReferences":[{"apiVersion":"contract.canaryanalyzer.io/v1","kind":"Widget","name":"absent-{{uid[..4]}}","uid":"{{absent}}"}]},"spec":{"colour":"Red"} }
            """)).Must(201);
        await GoneAsync($"{Notes}/{name}");
    }

    private Task GoneAsync(string path) => ContractWorld.UntilAsync(async () => (await Api.GetAsync(path)).Code == 404, $"{path} is gone");

    private static string Propagation(string policy) => new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "v1", ["propagationPolicy"] = policy }.ToJsonString();
}
