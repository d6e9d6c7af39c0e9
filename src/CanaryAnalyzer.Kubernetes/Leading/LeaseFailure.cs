using System.Net;

namespace CanaryAnalyzer.Kubernetes.Leading;

/// <summary>A request for the leader's Lease that failed, with what a user can do about it.</summary>
/// <param name="Verb">What was tried, as RBAC calls it: get, create or update.</param>
/// <param name="Key">The Lease, as <c>namespace/name</c>.</param>
/// <param name="Status">The HTTP status; null if there was no answer.</param>
/// <param name="Cause">What the API server said, or why it could not be reached.</param>
public sealed record LeaseFailure(string Verb, string Key, HttpStatusCode? Status, string Cause)
{
    private const string Elsewhere = "name another namespace with --lease-namespace";

    private string Namespace => Key[..Key.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>What failed, why, and what to do, in one line.</summary>
    public override string ToString() => $"cannot {Verb} Lease {Key}: {Cause}{Advice()}";

    private string Advice() => Status switch
    {
        HttpStatusCode.Forbidden =>
            $"; grant this user the verbs get, create, update and patch on leases.coordination.k8s.io in namespace {Namespace} (deploy/base/role.yaml), or {Elsewhere}",
        // Nothing else can be missing where an object is created.
        HttpStatusCode.NotFound when Verb == "create" => $"; create namespace {Namespace}, or {Elsewhere}",
        HttpStatusCode.Unauthorized => "; the API server does not accept the credentials of this kubeconfig or service account",
        _ => "; will retry",
    };
}
