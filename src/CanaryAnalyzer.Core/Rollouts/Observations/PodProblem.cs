using System.Globalization;

namespace CanaryAnalyzer.Core.Rollouts.Observations;

/// <summary>Why one pod is not available, or was not a moment ago.</summary>
public sealed record PodProblem
{
    /// <summary>The pod's name.</summary>
    public required string Pod { get; init; }

    /// <summary>The pod hash of the version that it belongs to.</summary>
    public required string Hash { get; init; }

    /// <summary>What is wrong.</summary>
    public required PodProblemKind Kind { get; init; }

    /// <summary>The container; empty where the pod as a whole has the problem.</summary>
    public string Container { get; init; } = "";

    /// <summary>Why, in one word as the node or the scheduler says it, such as CrashLoopBackOff, ImagePullBackOff or Unschedulable; empty where they say none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Why, as the node or the scheduler says it; empty where they say nothing.</summary>
    public string Message { get; init; } = "";

    /// <summary>The exit code of the container's last end; null where it never ended, or nobody knows how.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why the container last ended, such as OOMKilled; empty where nothing more than the exit code is known.</summary>
    public string ExitReason { get; init; } = "";

    /// <summary>How often the container was started again.</summary>
    public int Restarts { get; init; }

    /// <summary>When the container last ended; null where it never did.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether the pod is ready at this moment: it crashed, and came up again.</summary>
    public bool IsReady { get; init; }

    /// <summary>The problem as a clause, such as <c>pod web-5d4-x2x: container app exited with code 137 (OOMKilled) 7 times, CrashLoopBackOff</c>.</summary>
    public string Describe()
    {
        var subject = Container.Length > 0 ? $"pod {Pod}: container {Container}" : $"pod {Pod}:";
        return Kind switch
        {
            PodProblemKind.Crashed => $"{subject} {Ending()}{(Reason.Length > 0 ? $", {Reason}" : "")}",
            PodProblemKind.NotReady => $"{subject} is running and not ready",
            _ when Container.Length > 0 => $"{subject} does not start: {Why()}",
            _ => $"{subject} {Why()}",
        };
    }

    private string Ending()
    {
        var times = Math.Max(1, Restarts);
        var count = times == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {times:N0} times");
        var detail = ExitReason is "" or "Error" or "Completed" ? "" : $" ({ExitReason})";
        return ExitCode is { } code ? $"exited with code {code}{detail}{count}" : $"was restarted{(count.Length > 0 ? count : " once")}";
    }

    private string Why() => (Reason, Message) switch
    {
        ("", "") => "no reason given",
        (_, "") => Reason,
        ("", _) => Message,
        _ => $"{Reason}: {Message}",
    };
}
