using System.Globalization;
using System.Text;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Api;

/// <summary>Answers <c>get</c> and <c>list</c>.</summary>
internal sealed class ReadRequests(IObjectStore store, Answers answers)
{
    public Task GetAsync(ApiCall call)
    {
        var found = store.Get(call.Key) ?? throw ApiException.NotFound(call.Kind, call.Name);
        return answers.ObjectAsync(call, found.Json);
    }

    public Task ListAsync(ApiCall call)
    {
        var snapshot = store.List(call.Kind.Resource, call.Namespace);
        var (labels, fields) = (call.Labels, call.Fields);
        var after = call.Query("continue") is { Length: > 0 } token ? Decode(token) : null;
        var chosen = snapshot.Objects.Where(o => labels.Matches(o.Json.ObjectAt("metadata", "labels")) && fields.Matches(o.Json))
            .Where(o => after is null || string.CompareOrdinal(Place(o), after) > 0).ToList();
        var limit = call.Number("limit") is { } asked and > 0 ? (int)Math.Min(asked, int.MaxValue) : int.MaxValue;
        if (chosen.Count <= limit)
            return answers.ListAsync(call, snapshot, chosen, null, null);
        return answers.ListAsync(call, snapshot, chosen.Take(limit), Encode(Place(chosen[limit - 1])), chosen.Count - limit);
    }

    // Pages are cut at a place in the order, not at a revision: an object that changes between two pages shows in its new form.
    private static string Place(StoredObject stored) => $"{stored.Key.Namespace}\0{stored.Key.Name}";

    private static string Encode(string place) => Convert.ToBase64String(Encoding.UTF8.GetBytes(place));

    private static string Decode(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count)
            : throw ApiException.BadRequest(string.Create(CultureInfo.InvariantCulture, $"continue key is not valid: {token}"));
    }
}
