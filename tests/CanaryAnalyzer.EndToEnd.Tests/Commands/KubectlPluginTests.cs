using CanaryAnalyzer.EndToEnd.Tests.Stages;

namespace CanaryAnalyzer.EndToEnd.Tests.Commands;

/// <summary>What a person types: kubectl, and canaryctl as its plugin, over a release without a policy.</summary>
public sealed class KubectlPluginTests(Theatre theatre)
{
    [Fact]
    public async Task A_release_is_steered_by_kubectl_and_the_plugin()
    {
        Assert.SkipUnless(CommandLine.HasKubectl, "there is no kubectl on the path");
        var stage = await theatre.StageAsync();
        await using var app = await App.DeliverFirstAsync(stage, "commands");
        var file = Path.Combine(stage.Programs, "commands.yaml");
        await File.WriteAllTextAsync(file, string.Join("\n---\n", Manifests.World(app.Namespace), Manifests.Rollout(app.Namespace)), TestContext.Current.CancellationToken);

        await SaysAsync(app, "rollout.argoproj.io/app serverside-applied", "kubectl", "apply", "--server-side", "--force-conflicts", "-f", file);
        await SaysAsync(app, "deployment.apps/app image updated", "kubectl", "set", "image", "deployment/app", $"app={Versions.Good}");
        await SaysAsync(app, "Paused - CanaryPauseStep", "sh", "-c", "until kubectl argo rollouts status app --watch=false | grep Paused; do sleep 0.2; done");
        var tree = await SaysAsync(app, "  SetWeight:     50", "kubectl", "argo", "rollouts", "get", "rollout", "app");
        Assert.Contains($"{Versions.Good} (canary)", tree, StringComparison.Ordinal);
        await SaysAsync(app, "50", "kubectl", "get", "httproute", "app", "-o", "jsonpath={.spec.rules[0].backendRefs[0].weight}");

        // All of it again in the pause, as a pipeline would: the weights come back, and no version is new.
        await SaysAsync(app, "httproute.gateway.networking.k8s.io/app serverside-applied", "kubectl", "apply", "--server-side", "--force-conflicts", "-f", await WithImageAsync(file, Versions.Good));
        await SaysAsync(app, "deployment.apps/app configured", "kubectl", "apply", "-f", file);
        await SaysAsync(app, "50", "sh", "-c", "until [ $(kubectl get httproute app -o 'jsonpath={.spec.rules[0].backendRefs[0].weight}') = 50 ]; do sleep 0.2; done; echo 50");
        await SaysAsync(app, "2", "kubectl", "get", "rollout", "app", "-o", "jsonpath={.metadata.annotations.rollout\\.argoproj\\.io/revision}");

        await SaysAsync(app, "aborted", "kubectl", "argo", "rollouts", "abort", "app");
        await SaysAsync(app, "Degraded", "sh", "-c", "kubectl argo rollouts status app --timeout 30s; true");
        await SaysAsync(app, "retried", "kubectl", "argo", "rollouts", "retry", "rollout", "app");
        await SaysAsync(app, "Paused", "sh", "-c", "until kubectl argo rollouts status app --watch=false | grep Paused; do sleep 0.2; done");
        await SaysAsync(app, "promoted", "kubectl", "argo", "rollouts", "promote", "app");
        await SaysAsync(app, "Healthy", "kubectl", "argo", "rollouts", "status", "app", "--timeout", "30s");
        await SaysAsync(app, "app", "kubectl", "argo", "rollouts", "list", "rollouts");
        await SaysAsync(app, "NAME   DESIRED   CURRENT   UP-TO-DATE   AVAILABLE", "kubectl", "get", "rollouts");
    }

    private static async Task<string> WithImageAsync(string file, string image)
    {
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text.Replace(Versions.First, image, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        return file;
    }

    private static async Task<string> SaysAsync(App app, string text, string program, params string[] arguments)
    {
        var (code, output) = await CommandLine.RunAsync(app.Stage, program, app.Namespace, arguments);
        Assert.True(code == 0 && output.Contains(text, StringComparison.Ordinal), $"{program} {string.Join(' ', arguments)} ended with {code} and said:\n{output}\nThe controller said:\n{app.Controller.Log}");
        return output;
    }
}
