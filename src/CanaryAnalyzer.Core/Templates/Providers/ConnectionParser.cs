using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>Reads the fields that every provider which speaks to a Prometheus shares.</summary>
internal static class ConnectionParser
{
    private const int LongestTimeoutSeconds = 600;

    public static PrometheusConnection Read(SpecReader reader) => new()
    {
        Address = ReadAddress(reader),
        Timeout = TimeSpan.FromSeconds(reader.Whole("timeout", (long)PrometheusConnection.DefaultTimeout.TotalSeconds, 1, LongestTimeoutSeconds)),
        Insecure = reader.Flag("insecure", missing: false),
        Headers = ReadHeaders(reader),
        BasicAuth = ReadAuthentication(reader.Child("authentication")),
    };

    private static Uri? ReadAddress(SpecReader reader)
    {
        const string Wanted = "an address such as http://prometheus:9090";
        if (reader.OptionalText("address", Wanted) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0 && address.Query.Length == 0) return address;
        reader.Refuse("address", $"must be {Wanted}, not \"{text}\"");
        return null;
    }

    private static ImmutableArray<HttpHeader> ReadHeaders(SpecReader reader)
    {
        var headers = ImmutableArray.CreateBuilder<HttpHeader>();
        foreach (var header in reader.Children("headers"))
        {
            var key = header.Text("key", "a header's name such as X-Scope-OrgID");
            var value = header.Text("value", "the header's value");
            header.Close();
            if (key is not null && !key.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter)))
                header.Refuse("key", $"must be a header's name such as X-Scope-OrgID, not \"{key}\"");
            else if (value is not null && value.Any(char.IsControl))
                header.Refuse("value", "must be one line of text");
            else if (key is not null && value is not null)
                headers.Add(new HttpHeader(key, value));
        }

        return headers.ToImmutable();
    }

    private static BasicCredentials? ReadAuthentication(SpecReader? reader)
    {
        if (reader is null) return null;
        foreach (var kind in new[] { "sigv4", "oauth2" })
        {
            // Argo's own controller writes empty objects for the kinds that aren't used.
            if (reader.Filled(kind)) reader.Refuse(kind, "is not supported here; use basicAuth, or headers with a token");
        }

        var basic = reader.Filled("basicAuth") ? reader.Child("basicAuth") : null;
        reader.Close();
        if (basic is null) return null;
        var user = basic.Text("username", "a user's name");
        var password = basic.Text("password", "a password, best from a secret: {{args.password}}");
        basic.Close();
        return user is null || password is null ? null : new BasicCredentials(user, password);
    }
}
