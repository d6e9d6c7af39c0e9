using System.Text.Json.Nodes;

namespace CanaryAnalyzer.LocalCluster.Tests.Contract;

public abstract partial class ClusterContract<T>
{
    [Fact]
    public async Task Deployment_makes_a_ReplicaSet_for_its_template()
    {
        var path = await NewDeploymentAsync(2);
        var name = path.Split('/')[^1];
        var set = await OneReplicaSetAsync(name, "hello:1.23.1");
        var hash = set["metadata"]!["labels"]!["pod-template-hash"]!.GetValue<string>();
        Assert.Equal($"{name}-{hash}", Name(set));
        Assert.Equal((hash, hash), (set["spec"]!["selector"]!["matchLabels"]!["pod-template-hash"]!.GetValue<string>(), set["spec"]!["template"]!["metadata"]!["labels"]!["pod-template-hash"]!.GetValue<string>()));
        Assert.Equal("1", set["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"]!.GetValue<string>());
        Assert.Equal(("Deployment", true), (set["metadata"]!["ownerReferences"]![0]!["kind"]!.GetValue<string>(), set["metadata"]!["ownerReferences"]![0]!["controller"]!.GetValue<bool>()));

        (await Api.PatchAsync(path, ApiClient.StrategicPatch, """{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"hello:1.23.2"}]}}}}""")).Must(200);
        var second = await OneReplicaSetAsync(name, "hello:1.23.2");
        Assert.Equal("2", second["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"]!.GetValue<string>());
    }

    [Fact]
    public async Task Deployment_says_which_generation_it_has_seen()
    {
        var path = await NewDeploymentAsync();
        await ContractWorld.UntilAsync(async () => (await Api.GetAsync(path)).Text("status", "observedGeneration") == "1", "generation 1 is seen");
        (await Api.PatchAsync(path, ApiClient.MergePatch, """{"spec":{"paused":true}}""")).Must(200);
        await ContractWorld.UntilAsync(async () => (await Api.GetAsync(path)).Text("status", "observedGeneration") == "2", "generation 2 is seen");
    }

    [Fact]
    public async Task ReplicaSet_makes_pods_that_it_controls()
    {
        var name = NewName();
        var set = (await Api.PostAsync(ReplicaSets, Workload("ReplicaSet", name, 2))).Must(201);
        await ContractWorld.UntilAsync(async () => (await PodsOfAsync(name)).Count == 2, "two pods");
        foreach (var pod in await PodsOfAsync(name))
        {
            Assert.Matches($"^{name}-[a-z0-9]{{5}}$", Name(pod));
            var owner = pod["metadata"]!["ownerReferences"]![0]!;
            Assert.Equal((set.Text("metadata", "uid"), true, true), (owner["uid"]!.GetValue<string>(), owner["controller"]!.GetValue<bool>(), owner["blockOwnerDeletion"]!.GetValue<bool>()));
        }

        await ContractWorld.UntilAsync(async () => (await Api.GetAsync($"{ReplicaSets}/{name}")).Text("status", "replicas") == "2", "the status counts them");
        (await Api.PatchAsync($"{ReplicaSets}/{name}/scale", ApiClient.MergePatch, """{"spec":{"replicas":0}}""")).Must(200);
        await ContractWorld.UntilAsync(async () => (await PodsOfAsync(name)).All(p => p["metadata"]!["deletionTimestamp"] is not null), "no pod is left");
    }

    private async Task<JsonNode> OneReplicaSetAsync(string deployment, string image)
    {
        JsonNode? found = null;
        await ContractWorld.UntilAsync(async () =>
        {
            var list = (await Api.GetAsync($"{ReplicaSets}?labelSelector=app%3D{deployment}")).Must(200);
            found = Items(list).FirstOrDefault(s => s["spec"]!["template"]!["spec"]!["containers"]![0]!["image"]!.GetValue<string>() == image
                && s["metadata"]!["annotations"]?["deployment.kubernetes.io/revision"] is not null);
            return found is not null;
        }, $"a ReplicaSet with {image}");
        return found!;
    }

    private async Task<List<JsonNode>> PodsOfAsync(string app) => [.. Items((await Api.GetAsync($"{Pods}?labelSelector=app%3D{app}")).Must(200))];
}
