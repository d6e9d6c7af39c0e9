using System.Text.Json;

namespace CanaryAnalyzer.Benchmarks.Clusters;

/// <summary>The API server's audit log of one user, read on from where it was read last.</summary>
/// <param name="path">The file; it may come later.</param>
/// <param name="user">Whose requests are counted.</param>
internal sealed class AuditLog(string path, string user)
{
    private long position;

    /// <summary>A policy that writes down the requests of one user and of nobody else, so that the log itself costs little.</summary>
    public static string PolicyFor(string user) => $"""
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        - level: Metadata
          users: ["{user}"]
        - level: None

        """;

    /// <summary>What was asked since the last call.</summary>
    public RequestTally Read()
    {
        var tally = new RequestTally();
        if (!File.Exists(path)) return tally;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(position, SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
        {
            if (Entry(line) is { } what) tally.Add(what);
        }

        position = file.Position;
        return tally;
    }

    // A line that is still being written is none: the batches end with whole lines.
    private string? Entry(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var entry = document.RootElement;
            if (Text(entry, "stage") != "ResponseComplete" || Text(entry.GetProperty("user"), "username") != user) return null;
            var what = entry.TryGetProperty("objectRef", out var about) ? about : default;
            var resource = Text(what, "resource") ?? "-";
            if (resource == "leases") return null;
            var isDry = Text(entry, "requestURI")?.Contains("dryRun=All", StringComparison.Ordinal) == true;
            return $"{(isDry ? "dry-run " : "")}{Text(entry, "verb")} {resource}{(Text(what, "subresource") is { } part ? $"/{part}" : "")}";
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) ? found.GetString() : null;
}
