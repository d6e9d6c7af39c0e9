using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;
using k8s.Models;

namespace CanaryAnalyzer.Kubernetes.Leading;

/// <summary>
/// The library's lease, of which nothing goes unsaid: the elector swallows why a request failed, loses its leadership at once when a connection breaks (which
/// isn't its own exception), and cannot take a Lease that exists without a holder.
/// </summary>
internal sealed class WatchedLeaseLock(IKubernetes client, string inNamespace, string name, string identity, TimeSpan limit, Action<V1LeaseSpec> found, Action<LeaseFailure> failed)
    : LeaseLock(client, inNamespace, name, identity)
{
    private static readonly DateTime Never = DateTime.UnixEpoch;
    private readonly string _key = $"{inNamespace}/{name}";

    protected override Task<V1Lease> ReadMetaObjectAsync(IKubernetes client, string name, string namespaceParameter, CancellationToken cancellationToken) =>
        TryAsync("get", token => base.ReadMetaObjectAsync(client, name, namespaceParameter, token), cancellationToken);

    protected override Task<V1Lease> CreateMetaObjectAsync(IKubernetes client, V1Lease obj, string namespaceParameter, CancellationToken cancellationToken) =>
        TryAsync("create", token => base.CreateMetaObjectAsync(client, obj, namespaceParameter, token), cancellationToken);

    protected override Task<V1Lease> ReplaceMetaObjectAsync(IKubernetes client, V1Lease obj, string name, string namespaceParameter, CancellationToken cancellationToken) =>
        TryAsync("update", token => base.ReplaceMetaObjectAsync(client, obj, name, namespaceParameter, token), cancellationToken);

    /// <summary>A Lease without a holder is one that anybody may take; the elector would try to create it for ever.</summary>
    protected override LeaderElectionRecord GetLeaderElectionRecord(V1Lease obj)
    {
        obj.Spec ??= new V1LeaseSpec();
        obj.Spec.HolderIdentity ??= "";
        obj.Spec.AcquireTime ??= Never;
        obj.Spec.RenewTime ??= Never;
        found(obj.Spec);
        return base.GetLeaderElectionRecord(obj);
    }

    // Every failure becomes the one exception that the elector takes for a failed try.
    private async Task<V1Lease> TryAsync(string verb, Func<CancellationToken, Task<V1Lease>> request, CancellationToken cancellationToken)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        clock.CancelAfter(limit);
        try
        {
            return await request(clock.Token).ConfigureAwait(false);
        }
        catch (HttpOperationException exception)
        {
            if (!IsExpected(verb, exception.Response.StatusCode)) failed(new LeaseFailure(verb, _key, exception.Response.StatusCode, Cause(exception)));
            throw;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var cause = exception is OperationCanceledException ? $"no answer from the API server within {limit.TotalSeconds:0.#}s" : Innermost(exception);
            failed(new LeaseFailure(verb, _key, null, cause));
            using var unavailable = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            throw new HttpOperationException(cause, exception) { Response = new HttpResponseMessageWrapper(unavailable, "") };
        }
    }

    /// <summary>No Lease yet, or another process was faster: part of any election.</summary>
    private static bool IsExpected(string verb, HttpStatusCode status) =>
        status == HttpStatusCode.Conflict || (verb == "get" && status == HttpStatusCode.NotFound);

    private static string Cause(HttpOperationException exception)
    {
        var status = $"{(int)exception.Response.StatusCode} {exception.Response.StatusCode}";
        try
        {
            return KubernetesJson.Deserialize<V1Status>(exception.Response.Content)?.Message is { Length: > 0 } message ? $"{message} ({status})" : status;
        }
        catch (JsonException)
        {
            return status;
        }
    }

    private static string Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception.Message;
}
