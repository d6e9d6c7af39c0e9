namespace CanaryAnalyzer.Kubernetes.Events;

/// <summary>
/// Counts the different messages that an object's events of one type and reason have had, as client-go's aggregator does: from the tenth within ten minutes on they are one
/// event with the last message, so that a message whose numbers change doesn't fill the namespace with events.
/// </summary>
internal sealed class SimilarEvents
{
    /// <summary>What begins the message of an event that combines many.</summary>
    public const string Prefix = "(combined from similar events): ";

    private const int MostDifferent = 10;
    private const int MostRemembered = 4096;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Uid, EventType Type, string Reason), Messages> _known = [];

    /// <summary>Whether an event with this message is to be combined with those before.</summary>
    public bool AreMany(string uid, EventType type, string reason, string message, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_known.Count >= MostRemembered) Forget(now);
            var key = (uid, type, reason);
            if (!_known.TryGetValue(key, out var messages) || now - messages.Last > Window) _known[key] = messages = new Messages();
            messages.Last = now;
            messages.Texts.Add(message);
            if (messages.Texts.Count < MostDifferent) return false;
            messages.Texts.Remove(message);
            return true;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var key in _known.Where(one => now - one.Value.Last > Window).Select(one => one.Key).ToList()) _known.Remove(key);
        if (_known.Count >= MostRemembered) _known.Clear();
    }

    private sealed class Messages
    {
        public HashSet<string> Texts { get; } = new(StringComparer.Ordinal);

        public DateTimeOffset Last { get; set; }
    }
}
