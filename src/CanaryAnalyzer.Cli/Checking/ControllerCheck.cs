using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Rendering;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Leading;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Checking;

/// <summary>Whether a controller is alive, and works on the Rollout.</summary>
internal sealed class ControllerCheck(IResourceClient client, ClusterFacts facts, TimeProvider time)
{
    private const string Option = "--prometheus";

    /// <summary>The Prometheus that the controller was started with; null where that can't be seen.</summary>
    public Uri? Prometheus { get; private set; }

    /// <summary>Whether the controller's options could be read.</summary>
    public bool OptionsAreKnown { get; private set; }

    public async Task<IReadOnlyList<CheckLine>> RunAsync(CancellationToken cancellationToken)
    {
        var list = new CheckList("Controller");
        try
        {
            await LookAsync(list, cancellationToken);
        }
        catch (ResourceException failure) when (failure.IsForbidden)
        {
            list.Warn("you may not list Leases in all namespaces, so whether a controller is alive isn't checked");
        }

        Observed(list);
        return list.Lines;
    }

    private async Task LookAsync(CheckList list, CancellationToken cancellationToken)
    {
        var id = facts.Rollout.Text("metadata", "labels", Markers.InstanceId);
        var name = new LeaderOptions { InstanceId = id }.Lease;
        var leases = await client.ListAsync(ResourceType.Leases, new ListOptions { FieldSelector = $"metadata.name={name}" }, cancellationToken);
        var now = time.GetUtcNow();
        var fresh = leases.Items.Where(lease => !string.IsNullOrEmpty(lease.Text("spec", "holderIdentity")) && Until(lease) > now).ToList();
        foreach (var lease in fresh)
        {
            var place = $"{lease.Text("metadata", "namespace")}/{name}";
            list.Ok($"{lease.Text("spec", "holderIdentity")} leads (Lease {place}, renewed {HumanDuration.Format(now - (lease.Instant("spec", "renewTime") ?? now))} ago)");
            await ReadArgumentsAsync(lease, cancellationToken);
        }

        if (fresh.Count == 0)
        {
            var last = leases.Items.Select(lease => lease.Instant("spec", "renewTime")).Max();
            var seen = last is { } instant ? $"the Lease {name} was last renewed {HumanDuration.Format(now - instant)} ago" : $"there is no Lease {name} in any namespace";
            list.Bad(
                $"no controller is at work: {seen}",
                id is null ? "start the controller (deploy/base), or look at its pods' logs" : $"start a controller with --instance-id {id}, or take the label {Markers.InstanceId} off the Rollout");
        }

        if (await new ForeignLease(client, time).FindAsync(id, null, cancellationToken) is { } foreign)
            list.Bad($"an Argo Rollouts controller ({foreign.Holder}) holds the Lease {foreign.Namespace}/{foreign.Lease}: ours only observes", "scale the Argo Rollouts controller down to 0");
    }

    private static DateTimeOffset? Until(JsonObject lease) => lease.Instant("spec", "renewTime") + TimeSpan.FromSeconds(lease.Whole("spec", "leaseDurationSeconds") ?? 0);

    // The pod is the first part of its identity; a controller that runs elsewhere has none here.
    private async Task ReadArgumentsAsync(JsonObject lease, CancellationToken cancellationToken)
    {
        var pod = (lease.Text("spec", "holderIdentity") ?? "").Split('_')[0];
        if (pod.Length == 0)
            return;
        try
        {
            var found = await client.GetAsync(ResourceType.Pods, new ResourceKey(lease.Text("metadata", "namespace"), pod), cancellationToken);
            OptionsAreKnown |= found is not null;
            var words = found.Items("spec", "containers").SelectMany(container => container.Items("command").Concat(container.Items("args"))).Select(word => word.ToString()).ToList();
            var given = words.FirstOrDefault(word => word.StartsWith(Option + "=", StringComparison.Ordinal))?[(Option.Length + 1)..] ?? words.SkipWhile(word => word != Option).Skip(1).FirstOrDefault();
            if (Uri.TryCreate(given, UriKind.Absolute, out var address))
                Prometheus = address;
        }
        catch (ResourceException failure) when (failure.IsForbidden || failure.IsInvalid)
        {
            // Then its options aren't known, which is said where they are needed.
        }
    }

    private void Observed(CheckList list)
    {
        var generation = facts.Rollout.Whole("metadata", "generation") ?? 0;
        var observed = facts.Rollout.Text("status", "observedGeneration");
        var wanted = generation.ToString(CultureInfo.InvariantCulture);
        if (observed == wanted)
            list.Ok($"it has seen the Rollout's present form (generation {wanted})");
        else
            list.Bad($"it has not seen the Rollout's present form: generation {wanted}, observed {observed ?? "none"}", "wait some seconds; if that stays, look at the controller's log for this Rollout");
    }
}
