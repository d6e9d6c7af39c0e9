using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>Says in a sentence why a Prometheus could not answer. No secret is part of it.</summary>
internal static class FailureText
{
    /// <summary>The address as it may be shown: without user and password.</summary>
    public static string Place(Uri address) =>
        "Prometheus at " + address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.SafeUnescaped).TrimEnd('/');

    public static string OfTimeout(Uri address, TimeSpan timeout) =>
        string.Create(CultureInfo.InvariantCulture, $"{Place(address)} did not answer within {timeout.TotalSeconds:0.###} s");

    public static string OfTransport(Uri address, Exception failure)
    {
        var socket = Inner<SocketException>(failure);
        if (socket?.SocketErrorCode == SocketError.ConnectionRefused) return $"{Place(address)} refused the connection: is it running, and is the port right?";
        if (socket?.SocketErrorCode is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData) return $"{Place(address)} was not found: the name {address.Host} has no address";
        if (socket?.SocketErrorCode is SocketError.HostUnreachable or SocketError.NetworkUnreachable) return $"{Place(address)} is not in reach: there is no route to {address.Host}";
        if (Inner<AuthenticationException>(failure) is not null)
            return $"{Place(address)} shows a certificate that can't be verified; set insecure: true to accept it anyway, or check that it speaks https";
        return $"The connection to {Place(address)} broke: {failure.GetBaseException().Message.TrimEnd('.')}";
    }

    public static string OfSize(Uri address, int limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{Place(address)} answered with more than {limit / 1_000_000} MB, which is not read: select fewer series");

    public static string OfSeries(Uri address, int limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{Place(address)} has more than {limit} series for this, which are not read: select fewer series");

    public static string OfPart(Uri address) => $"{Place(address)} answered in part only, as some of its stores were not in reach: counts of a part can't be compared";

    /// <summary>Of a server that asked for a pause which is longer than the time limit.</summary>
    /// <param name="address">The server.</param>
    /// <param name="status">What it answered; empty where it was not asked again within its pause.</param>
    /// <param name="wait">How long it wants to be left alone.</param>
    public static string OfBusy(Uri address, string status, TimeSpan wait) => string.Create(
        CultureInfo.InvariantCulture, $"{Place(address)} has too many requests{(status.Length > 0 ? $" ({status})" : "")} and asks for none within {Math.Ceiling(wait.TotalSeconds):0} s");

    /// <summary>Of a query that is too long for a URL, where POST was refused.</summary>
    public static string OfLength(Uri address, string status) =>
        $"{Place(address)} refuses POST, and the query is too long for GET{(status.Length > 0 ? $" ({status})" : "")}: allow POST to /api/v1/query, or make the query shorter";

    /// <summary>Number and name of an answer's status.</summary>
    public static string Status(HttpResponseMessage response) => string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd();

    public static string OfStatus(Uri address, HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var status = Status(response);
        return (int)response.StatusCode switch
        {
            >= 300 and < 400 => $"{Place(address)} redirects ({status}) to {Target(address, response)}, which is not followed: write that address",
            401 or 403 => $"{Place(address)} refused the credentials ({status}): set headers or authentication.basicAuth",
            414 when response.RequestMessage?.Method == HttpMethod.Get => OfLength(address, status),
            404 or 405 => $"{Place(address)} has no query API there ({status}): is the address that of a Prometheus?",
            _ => $"{Place(address)} answered {status}{Excerpt(body)}",
        };
    }

    public static string OfGarbage(Uri address, HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        var type = response.Content.Headers.ContentType?.MediaType ?? "no content type";
        var what = Looks(body, "<") ? "an HTML page" : body.IsEmpty ? "nothing" : $"something that is not Prometheus' JSON ({type})";
        return $"{Place(address)} answered with {what}: is the address that of a Prometheus?" + (Looks(body, "<") ? "" : Excerpt(body));
    }

    private static bool Looks(ReadOnlySpan<byte> body, string start) => Encoding.UTF8.GetString(body[..Math.Min(body.Length, 200)]).TrimStart().StartsWith(start, StringComparison.Ordinal);

    private static string Target(Uri address, HttpResponseMessage response) =>
        response.Headers.Location is { } location ? new Uri(address, location).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.SafeUnescaped) : "nowhere";

    /// <summary>The beginning of a text answer on one line.</summary>
    private static string Excerpt(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty || Looks(body, "<")) return "";
        var text = new string([.. Encoding.UTF8.GetString(body[..Math.Min(body.Length, 200)]).Select(letter => char.IsControl(letter) ? ' ' : letter)]).Trim();
        return text.Length == 0 ? "" : $": {text}";
    }

    private static T? Inner<T>(Exception failure)
        where T : Exception
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException!)
        {
            if (inner is T found) return found;
        }

        return null;
    }
}
