using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Cli.Demo;

/// <summary>What happens in the demo: the first version, then one that is good and one that is bad, each left to the judge.</summary>
internal sealed class Story(IResourceClient resources, DemoState state, DemoOptions options)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly SceneReader _reader = new(resources);

    /// <summary>Whether both verdicts were right.</summary>
    public async Task<bool> TellAsync(CancellationToken token)
    {
        await UntilAsync(s => s.Phase == "Healthy", token);
        state.Say($"{state.Scene.StableImage} is delivered: the first version has nothing to be compared with");
        return await DeliverAsync("hello:1.23.2", isGood: !options.Swap, token) && await DeliverAsync("hello:1.23.3", isGood: options.Swap, token);
    }

    /// <summary>Keeps the scene up to date for as long as the person watches.</summary>
    public Task WatchAsync(CancellationToken token) => UntilAsync(_ => false, token);

    private async Task<bool> DeliverAsync(string image, bool isGood, CancellationToken token)
    {
        state.Say($"deliver {image}, which {(isGood ? "is as good as the last" : "answers 5 % of its requests with an error")}");
        var before = state.Scene.CurrentHash;
        await resources.JsonPatchAsync(
            ResourceType.Deployments, new ResourceKey(SceneReader.Namespace, "web"),
            [new JsonObject { ["op"] = "replace", ["path"] = "/spec/template/spec/containers/0/image", ["value"] = image }], null, token);
        await UntilAsync(s => s.CurrentHash != before && s.CurrentImage == image && s.Phase == "Paused", token);
        state.Say($"{image} gets {string.Join(" and ", state.Scene.Weights.Select(w => $"{w.Key} {w.Value} %"))} of the traffic, and the judge looks");
        await UntilAsync(s => s.CurrentImage == image && s.Phase is "Healthy" or "Degraded", token);

        var (scene, judgement) = (state.Scene, state.Scene.Judgement);
        var promoted = scene.Phase == "Healthy" && scene.StableImage == image;
        state.Say($"{image} is {(promoted ? "promoted" : "rolled back")}: {judgement?.Sentence ?? scene.Message}");
        var judged = judgement?.Phase == (promoted ? "Successful" : "Failed");
        if (!judged)
            state.Say($"but not by the judge: the AnalysisRun is {judgement?.Phase ?? "missing"}");
        else if (promoted != isGood)
            state.Say($"but it {(isGood ? "was good" : "was bad")}: the verdict is wrong");
        return judged && promoted == isGood;
    }

    private async Task UntilAsync(Func<RolloutScene, bool> reached, CancellationToken token)
    {
        var (said, asked) = ("", "");
        while (true)
        {
            var scene = await ReadAsync(token);
            state.Scene = scene;
            if (scene.Judgement is { Phase: "Running", Sentence.Length: > 0 } running && running.Sentence != said && running.Run is var run)
            {
                said = running.Sentence;
                state.Mention((asked == run ? "" : $"{run}: ") + said);
                asked = run;
            }

            if (reached(scene))
                return;
            await Task.Delay(Interval, token);
        }
    }

    private async Task<RolloutScene> ReadAsync(CancellationToken token)
    {
        try
        {
            return await _reader.ReadAsync(token);
        }
        catch (ResourceException e)
        {
            throw new DemoFailure($"the local cluster does not answer: {e.Message}", e);
        }
    }
}
