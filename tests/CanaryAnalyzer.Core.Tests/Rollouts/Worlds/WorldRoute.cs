using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>A route with two rules that name both Services, and the gateway behind it, which takes changes over after a while.</summary>
internal sealed class WorldRoute(string name)
{
    private DateTimeOffset? acceptedAt = DateTimeOffset.MinValue;

    public RouteReference Reference { get; } = Named(name);

    public bool Exists { get; set; } = true;

    public string Complaint { get; set; } = "";

    /// <summary>How long the gateway takes; null for ever.</summary>
    public TimeSpan? AcceptedAfter { get; set; } = TimeSpan.Zero;

    public RouteWeights First { get; private set; } = new(0, 1);

    public RouteWeights Second { get; private set; } = new(0, 1);

    /// <summary>The canary's weight that the gateway last took over.</summary>
    public int AcceptedWeight { get; private set; }

    /// <summary>The most that the canary Service may get by what is written or still in force.</summary>
    public int HighestWeight => Math.Max(AcceptedWeight, Math.Max(First.Canary, Second.Canary));

    public bool IsAccepted(DateTimeOffset now) => Complaint.Length == 0 && acceptedAt <= now;

    public DateTimeOffset? NextInstant(DateTimeOffset now) => acceptedAt > now ? acceptedAt : null;

    public void Write(RouteWeights first, RouteWeights second, DateTimeOffset now)
    {
        (First, Second) = (first, second);
        acceptedAt = AcceptedAfter is { } after ? now + after : null;
        Tick(now);
    }

    /// <summary>The reference to a route of the world.</summary>
    public static RouteReference Named(string name) => new("plugins.argoproj-labs/gatewayAPI", "HTTPRoute", RolloutWorld.Namespace, name);

    /// <summary>Lets the gateway catch up.</summary>
    public void Tick(DateTimeOffset now)
    {
        if (IsAccepted(now)) AcceptedWeight = Math.Max(First.Canary, Second.Canary);
    }

    public RouteObservation Observe(DateTimeOffset now) => new()
    {
        Reference = Reference,
        Exists = Exists,
        Rules = Exists ? [First, Second] : [],
        IsAccepted = IsAccepted(now),
        Complaint = Complaint,
        Pending = acceptedAt <= now ? "" : "Gateway gate has not yet seen generation 2",
    };
}
