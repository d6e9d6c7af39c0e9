using System.Text.Json.Nodes;

namespace CanaryAnalyzer.LocalCluster.Tests.Contract;

public abstract partial class ClusterContract<T>
{
    [Fact]
    public async Task Create_gives_identity_and_a_version()
    {
        var path = await NewWidgetAsync();
        var widget = await Api.GetAsync(path);
        Assert.Equal("1", widget.Text("metadata", "generation"));
        Assert.NotEmpty(widget.Text("metadata", "uid"));
        Assert.NotEmpty(widget.Version);
        Assert.EndsWith("Z", widget.Text("metadata", "creationTimestamp"), StringComparison.Ordinal);
        Assert.Equal("nobody", widget.Text("spec", "name"));
    }

    [Fact]
    public async Task Create_of_a_name_that_is_taken_is_refused()
    {
        var path = await NewConfigMapAsync();
        var answer = await Api.PostAsync(ConfigMaps, $$"""{"metadata":{"name":"{{path.Split('/')[^1]}}"} }""");
        Assert.Equal((409, "AlreadyExists"), (answer.Code, answer.Reason));
    }

    [Fact]
    public async Task Create_with_a_generated_name_adds_five_letters()
    {
        var answer = (await Api.PostAsync(ConfigMaps, """{"metadata":{"generateName":"made-"}}""")).Must(201);
        Assert.Matches("^made-[bcdfghjklmnpqrstvwxz2456789]{5}$", answer.Text("metadata", "name"));
    }

    [Fact]
    public async Task Create_cuts_a_long_generated_name_before_its_letters()
    {
        var answer = (await Api.PostAsync(ConfigMaps, $$"""{"metadata":{"generateName":"{{new string('x', 61)}}-"} }""")).Must(201);
        Assert.Matches("^x{58}[a-z0-9]{5}$", answer.Text("metadata", "name"));
    }

    [Fact]
    public async Task Create_in_a_dry_run_answers_and_stores_nothing()
    {
        var name = NewName();
        var answer = (await Api.PostAsync($"{ReplicaSets}?dryRun=All", Workload("ReplicaSet", name, 0))).Must(201);
        Assert.Equal("Always", answer.Text("spec", "template", "spec", "restartPolicy"));
        Assert.Equal(404, (await Api.GetAsync($"{ReplicaSets}/{name}")).Code);
    }

    [Fact]
    public async Task Create_defaults_a_pod_template_as_the_server_does()
    {
        var deployment = await Api.GetAsync(await NewDeploymentAsync());
        var expected = JsonNode.Parse("""
            {"restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","securityContext":{},"schedulerName":"default-scheduler",
             "containers":[{"name":"web","image":"hello:1.23.1","ports":[{"containerPort":80,"protocol":"TCP"}],"resources":{},
              "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","imagePullPolicy":"IfNotPresent"}]}
            """);
        Assert.True(JsonNode.DeepEquals(expected, deployment.At("spec", "template", "spec")), deployment.Text("spec", "template", "spec"));
        Assert.Equal("""{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}}""", deployment.Text("spec", "strategy"));
        Assert.Equal(("10", "600"), (deployment.Text("spec", "revisionHistoryLimit"), deployment.Text("spec", "progressDeadlineSeconds")));
    }

    [Fact]
    public async Task Create_completes_a_service()
    {
        var name = NewName();
        var service = (await Api.PostAsync(Services, $$"""{"metadata":{"name":"{{name}}"},"spec":{"selector":{"app":"x"},"ports":[{"port":80}]} }""")).Must(201);
        Assert.Equal(("ClusterIP", "None"), (service.Text("spec", "type"), service.Text("spec", "sessionAffinity")));
        Assert.Equal(("TCP", "80"), (service.Text("spec", "ports", "0", "protocol"), service.Text("spec", "ports", "0", "targetPort")));
        Assert.NotEmpty(service.Text("spec", "clusterIP"));
    }

    [Fact]
    public async Task Create_in_a_namespace_that_is_not_there_is_not_found()
    {
        var answer = await Api.PostAsync("/api/v1/namespaces/nowhere/configmaps", """{"metadata":{"name":"x"}}""");
        Assert.Equal((404, "NotFound"), (answer.Code, answer.Reason));
        Assert.Equal("namespaces \"nowhere\" not found", answer.Text("message"));
    }

    [Fact]
    public async Task Update_of_an_older_version_conflicts()
    {
        var path = await NewConfigMapAsync();
        var first = await Api.GetAsync(path);
        (await Api.PatchAsync(path, ApiClient.MergePatch, """{"data":{"a":"1"}}""")).Must(200);
        var answer = await Api.PutAsync(path, first.Body);
        Assert.Equal((409, "Conflict"), (answer.Code, answer.Reason));
    }

    [Fact]
    public async Task Update_that_changes_nothing_makes_no_version()
    {
        var path = await NewConfigMapAsync("""{"a":"1"}""");
        var before = await Api.GetAsync(path);
        Assert.Equal(before.Version, (await Api.PatchAsync(path, ApiClient.MergePatch, """{"data":{"a":"1"}}""")).Must(200).Version);
        Assert.Equal(before.Version, (await Api.PutAsync(path, before.Body)).Must(200).Version);
    }

    [Fact]
    public async Task Update_of_a_custom_resource_needs_its_version()
    {
        var path = await NewWidgetAsync();
        var widget = (await Api.GetAsync(path)).Body;
        ((JsonObject)widget["metadata"]!).Remove("resourceVersion");
        Assert.Equal(422, (await Api.PutAsync(path, widget)).Code);
    }

    [Fact]
    public async Task Update_keeps_what_the_server_owns()
    {
        var path = await NewWidgetAsync();
        var widget = (await Api.GetAsync(path)).Body;
        var uid = widget["metadata"]!["uid"]!.GetValue<string>();
        var metadata = (JsonObject)widget["metadata"]!;
        metadata.Remove("uid");
        metadata["creationTimestamp"] = "2001-01-01T00:00:00Z";
        metadata["generation"] = 77;
        widget["spec"]!["colour"] = "Green";
        var updated = (await Api.PutAsync(path, widget)).Must(200);
        Assert.Equal((uid, "2"), (updated.Text("metadata", "uid"), updated.Text("metadata", "generation")));
        Assert.NotEqual("2001-01-01T00:00:00Z", updated.Text("metadata", "creationTimestamp"));
    }

    [Fact]
    public async Task Status_and_the_rest_are_written_apart_where_there_is_a_subresource()
    {
        var path = await NewWidgetAsync();
        var written = (await Api.PatchAsync($"{path}/status", ApiClient.MergePatch, """{"spec":{"colour":"Green"},"status":{"phase":"Ready"}}""")).Must(200);
        Assert.Equal(("Red", "Ready", "1"), (written.Text("spec", "colour"), written.Text("status", "phase"), written.Text("metadata", "generation")));
        written = (await Api.PatchAsync(path, ApiClient.MergePatch, """{"spec":{"colour":"Green"},"status":{"phase":"Lost"}}""")).Must(200);
        Assert.Equal(("Green", "Ready", "2"), (written.Text("spec", "colour"), written.Text("status", "phase"), written.Text("metadata", "generation")));
    }

    [Fact]
    public async Task Status_is_written_with_the_rest_where_there_is_no_subresource()
    {
        var name = NewName();
        (await Api.PostAsync(Notes, $$"""{"apiVersion":"contract.canaryanalyzer.io/v1","kind":"Note","metadata":{"name":"{{name}}"},"spec":{"colour":"Red"},"status":{"phase":"New"} }""")).Must(201);
        var written = (await Api.PatchAsync($"{Notes}/{name}", ApiClient.MergePatch, """{"status":{"phase":"Done"}}""")).Must(200);
        Assert.Equal(("Done", "2"), (written.Text("status", "phase"), written.Text("metadata", "generation")));
        Assert.Equal(404, (await Api.PatchAsync($"{Notes}/{name}/status", ApiClient.MergePatch, """{"status":{"phase":"Done"}}""")).Code);
    }

    [Fact]
    public async Task Scale_shows_and_sets_the_replicas()
    {
        var path = await NewDeploymentAsync();
        var scale = (await Api.GetAsync($"{path}/scale")).Must(200);
        Assert.Equal(("Scale", "autoscaling/v1", "0"), (scale.Text("kind"), scale.Text("apiVersion"), scale.Text("spec", "replicas").PadLeft(1, '0')));
        Assert.Equal($"app={path.Split('/')[^1]}", scale.Text("status", "selector"));
        (await Api.PatchAsync($"{path}/scale", ApiClient.MergePatch, """{"spec":{"replicas":3}}""")).Must(200);
        Assert.Equal("3", (await Api.GetAsync(path)).Text("spec", "replicas"));
    }

    [Fact]
    public async Task Schema_refuses_what_it_does_not_allow_and_names_the_field()
    {
        foreach (var (spec, field) in ((string, string)[])
                 [
                     ("""{"colour":"Blue"}""", "spec.colour"), ("""{}""", "spec.colour"), ("""{"colour":"Red","size":11}""", "spec.size"), ("""{"colour":"Red","size":"1"}""", "spec.size"),
                     ("""{"colour":"Red","name":"A1"}""", "spec.name"), ("""{"colour":"Red","share":1.5}""", "spec.share"), ("""{"colour":"Red","parts":{}}""", "spec.parts"),
                 ])
        {
            var answer = await Api.PostAsync(Widgets, Widget(NewName(), spec));
            Assert.Equal((422, "Invalid"), (answer.Code, answer.Reason));
            Assert.Contains((JsonArray)answer.At("details", "causes")!, c => c!["field"]!.GetValue<string>() == field);
        }
    }

    [Fact]
    public async Task Schema_drops_unknown_fields_but_where_it_keeps_them()
    {
        var widget = await Api.GetAsync(await NewWidgetAsync("""{"colour":"Red","tint":1,"open":{"anything":{"goes":[1]}},"parts":[{"key":"a","other":1}],"share":"5%"}"""));
        Assert.Null(widget.At("spec", "tint"));
        Assert.Equal("""{"anything":{"goes":[1]}}""", widget.Text("spec", "open"));
        Assert.Equal("""[{"key":"a"}]""", widget.Text("spec", "parts"));
        Assert.Equal("5%", widget.Text("spec", "share"));
    }

    [Fact]
    public async Task Selector_of_a_workload_must_match_its_template_and_stays()
    {
        var answer = await Api.PostAsync(Deployments, Workload("Deployment", NewName(), 0).Replace("\"labels\":{\"app\":\"", "\"labels\":{\"app\":\"not-", StringComparison.Ordinal));
        Assert.Equal((422, "Invalid"), (answer.Code, answer.Reason));
        var path = await NewDeploymentAsync();
        answer = await Api.PatchAsync(path, ApiClient.MergePatch, """{"spec":{"selector":{"matchLabels":{"app":"other"}},"template":{"metadata":{"labels":{"app":"other"}}}}}""");
        Assert.Equal(422, answer.Code);
        Assert.Contains("field is immutable", answer.Text("message"), StringComparison.Ordinal);
    }
}
