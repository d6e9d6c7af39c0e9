extern alias elector;

using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using elector::k8s.Autorest;
using elector::k8s.LeaderElection;

namespace CanaryAnalyzer.Kubernetes.Leading;

/// <summary>
/// The elector's lease, of which nothing goes unsaid: the elector swallows why a request failed, loses its leadership at once when a connection breaks (which
/// isn't its own exception), and cannot take a Lease that exists without a holder. Reads and writes JSON over the connection that is there: the library's own lock
/// needs its typed client, whose models and reflection cost a tenth of a second at the start.
/// </summary>
internal sealed class WatchedLeaseLock(
    IResourceClient client, ResourceKey lease, string identity, TimeSpan limit, Action<LeaderElectionRecord> found, Action<LeaseFailure> failed) : ILock
{
    private const int DefaultDurationSeconds = 15;
    private static readonly DateTime Never = DateTime.UnixEpoch;
    private readonly string _key = $"{lease.Namespace}/{lease.Name}";
    private JsonObject? _last;

    public string Identity => identity;

    public string Describe() => _key;

    /// <summary>The lease as it is; null where there is none.</summary>
    public async Task<LeaderElectionRecord> GetAsync(CancellationToken cancellationToken = default)
    {
        _last = await TryAsync("get", token => client.GetAsync(ResourceType.Leases, lease, token), cancellationToken);
        if (_last is null) return null!;

        // A Lease without a holder is one that anybody may take; the elector would try to create it for ever.
        var record = new LeaderElectionRecord
        {
            HolderIdentity = _last.Text("spec", "holderIdentity") ?? "",
            AcquireTime = Time(_last, "acquireTime"),
            RenewTime = Time(_last, "renewTime"),
            LeaseDurationSeconds = _last.Whole("spec", "leaseDurationSeconds") ?? DefaultDurationSeconds,
            LeaderTransitions = _last.Whole("spec", "leaseTransitions") ?? 0,
        };
        found(record);
        return record;
    }

    public Task<bool> CreateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default)
    {
        var created = new JsonObject
        {
            ["apiVersion"] = "coordination.k8s.io/v1",
            ["kind"] = "Lease",
            ["metadata"] = new JsonObject { ["name"] = lease.Name, ["namespace"] = lease.Namespace },
            ["spec"] = Spec(record),
        };
        return WriteAsync("create", token => client.CreateAsync(ResourceType.Leases, lease.Namespace, created, dryRun: false, token), cancellationToken);
    }

    public Task<bool> UpdateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default)
    {
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = _last.Text("metadata", "resourceVersion") },
            ["spec"] = Spec(record),
        };
        return WriteAsync("patch", token => client.MergePatchAsync(ResourceType.Leases, lease, patch, subresource: null, token), cancellationToken);
    }

    private async Task<bool> WriteAsync(string verb, Func<CancellationToken, Task<JsonObject>> write, CancellationToken cancellationToken)
    {
        try
        {
            _last = await TryAsync(verb, async token => await write(token), cancellationToken);
            return true;
        }
        catch (HttpOperationException)
        {
            return false;
        }
    }

    // Every failure becomes the one exception that the elector takes for a failed try.
    private async Task<JsonObject?> TryAsync(string verb, Func<CancellationToken, Task<JsonObject?>> request, CancellationToken cancellationToken)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        clock.CancelAfter(limit);
        try
        {
            return await request(clock.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is ResourceException or OperationCanceledException)
        {
            var status = (exception as ResourceException)?.Status;

            // Another process was faster: part of any election.
            if (status != HttpStatusCode.Conflict) failed(new LeaseFailure(verb, _key, status, Cause(exception, status)));
            using var response = new HttpResponseMessage(status ?? HttpStatusCode.ServiceUnavailable);
            throw new HttpOperationException(exception.Message, exception) { Response = new HttpResponseMessageWrapper(response, "") };
        }
    }

    private string Cause(Exception exception, HttpStatusCode? status) => exception switch
    {
        OperationCanceledException => $"no answer from the API server within {limit.TotalSeconds:0.#}s",
        _ when status is { } code => $"{exception.Message} ({(int)code} {code})",
        _ => exception.Message,
    };

    private static DateTime Time(JsonObject lease, string field) =>
        DateTime.TryParse(lease.Text("spec", field), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? time : Never;

    private static JsonObject Spec(LeaderElectionRecord record) => new()
    {
        ["holderIdentity"] = record.HolderIdentity,
        ["leaseDurationSeconds"] = record.LeaseDurationSeconds,
        ["acquireTime"] = Text(record.AcquireTime),
        ["renewTime"] = Text(record.RenewTime),
        ["leaseTransitions"] = record.LeaderTransitions,
    };

    private static string? Text(DateTime? time) => time is { } known ? KubernetesTime.FormatMicro(new DateTimeOffset(known.ToUniversalTime())) : null;
}
