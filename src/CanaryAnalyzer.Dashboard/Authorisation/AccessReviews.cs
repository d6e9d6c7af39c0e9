using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.RateLimiting;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using Microsoft.Extensions.Caching.Memory;

namespace CanaryAnalyzer.Dashboard.Authorisation;

/// <summary>Asks the API server whose a token is and what its owner may do. It is spared: an answer holds for some seconds, and few questions are open at once.</summary>
internal sealed class AccessReviews(IResourceClient client, TimeProvider time) : IDisposable
{
    /// <summary>How long an answer holds, and so a right that was taken away.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromSeconds(10);

    /// <summary>How many questions may be open.</summary>
    public const int MostAtOnce = 4;

    /// <summary>How many more may wait; who comes then is told to come again.</summary>
    public const int MostWaiting = 32;

    private const int AnswersKept = 1000;

    private readonly MemoryCache answers = new(new MemoryCacheOptions { SizeLimit = AnswersKept });
    private readonly ConcurrencyLimiter limiter = new(new ConcurrencyLimiterOptions { PermitLimit = MostAtOnce, QueueLimit = MostWaiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <summary>What the API server says of a token; null where too many ask at once.</summary>
    /// <exception cref="ResourceException">The API server could not be asked.</exception>
    public async Task<Access?> AskAsync(string token, string inNamespace, CancellationToken cancellationToken)
    {
        // No token is kept.
        var key = (Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token))), inNamespace);
        if (Known(key) is { } known) return known;
        using var place = await limiter.AcquireAsync(1, cancellationToken);
        if (!place.IsAcquired) return null;
        if (Known(key) is { } answered) return answered;
        var access = await UserAsync(token, cancellationToken) is { } user
            ? new Access(user["username"]?.ToString() ?? "", await MayReadAsync(user, inNamespace, cancellationToken))
            : new Access(null, false);
        answers.Set(key, (access, time.GetUtcNow() + Holds), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Holds });
        return access;
    }

    public void Dispose()
    {
        answers.Dispose();
        limiter.Dispose();
    }

    private Access? Known((string, string) key) =>
        answers.TryGetValue(key, out (Access Access, DateTimeOffset Until) known) && time.GetUtcNow() < known.Until ? known.Access : null;

    private async Task<JsonObject?> UserAsync(string token, CancellationToken cancellationToken)
    {
        var review = Review(ResourceType.TokenReviews, new JsonObject { ["token"] = token });
        var status = (await client.CreateAsync(ResourceType.TokenReviews, null, review, dryRun: false, cancellationToken))["status"];
        return status.Flag("authenticated") ? status.At("user") as JsonObject : null;
    }

    private async Task<bool> MayReadAsync(JsonObject user, string inNamespace, CancellationToken cancellationToken)
    {
        var spec = new JsonObject
        {
            ["resourceAttributes"] = new JsonObject { ["namespace"] = inNamespace, ["verb"] = "get", ["group"] = ResourceType.AnalysisRuns.Group, ["resource"] = ResourceType.AnalysisRuns.Plural },
        };
        foreach (var (from, to) in ((string, string)[])[("username", "user"), ("groups", "groups"), ("uid", "uid"), ("extra", "extra")])
        {
            if (user[from] is { } value) spec[to] = value.DeepClone();
        }

        var review = Review(ResourceType.SubjectAccessReviews, spec);
        var status = (await client.CreateAsync(ResourceType.SubjectAccessReviews, null, review, dryRun: false, cancellationToken))["status"];
        return status.Flag("allowed") && !status.Flag("denied");
    }

    private static JsonObject Review(ResourceType type, JsonObject spec) => new() { ["apiVersion"] = $"{type.Group}/{type.Version}", ["kind"] = type.Kind, ["spec"] = spec };
}
