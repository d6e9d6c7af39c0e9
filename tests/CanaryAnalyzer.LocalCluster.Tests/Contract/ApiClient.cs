using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace CanaryAnalyzer.LocalCluster.Tests.Contract;

/// <summary>Speaks to any API server that a kubeconfig names, with nothing between the test and the wire.</summary>
public sealed class ApiClient : IDisposable
{
    public const string Json = "application/json";
    public const string JsonPatch = "application/json-patch+json";
    public const string MergePatch = "application/merge-patch+json";
    public const string StrategicPatch = "application/strategic-merge-patch+json";
    public const string ApplyPatch = "application/apply-patch+yaml";
    private readonly HttpClient _http;

    private ApiClient(HttpClient http) => _http = http;

    public static ApiClient Open(string kubeconfig)
    {
        var yaml = new YamlStream();
        using (var reader = File.OpenText(kubeconfig))
            yaml.Load(reader);
        var root = yaml.Documents[0].RootNode;
        var (cluster, user) = (root["clusters"][0]["cluster"], root["users"][0]["user"]);
        var authority = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(Pem(cluster, "certificate-authority-data")));
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => IsSignedBy(authority, certificate);
        if (Value(user, "client-certificate-data") is not null)
        {
            using var pair = X509Certificate2.CreateFromPem(Decode(user, "client-certificate-data"), Decode(user, "client-key-data"));
            handler.SslOptions.ClientCertificates = [X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null)];
        }

        var http = new HttpClient(handler) { BaseAddress = new Uri(Value(cluster, "server")!) };
        if (Value(user, "token") is { } token)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new ApiClient(http);
    }

    public void Dispose() => _http.Dispose();

    public async Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body = null, string mediaType = Json, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue(mediaType));
        request.Headers.TryAddWithoutValidation("Accept", accept ?? Json);
        request.Headers.UserAgent.ParseAdd("contract/1");
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)! : JsonValue.Create(text));
    }

    public Task<Answer> GetAsync(string path, string? accept = null) => SendAsync(HttpMethod.Get, path, accept: accept);

    public Task<Answer> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, JsonNode.Parse(json));

    public Task<Answer> PutAsync(string path, JsonNode body) => SendAsync(HttpMethod.Put, path, body);

    public Task<Answer> PatchAsync(string path, string mediaType, string json) => SendAsync(HttpMethod.Patch, path, JsonNode.Parse(json), mediaType);

    public Task<Answer> DeleteAsync(string path, string? options = null) => SendAsync(HttpMethod.Delete, path, options is null ? null : JsonNode.Parse(options));

    /// <summary>The events of a watch until it ends or enough have come.</summary>
    public async Task<IReadOnlyList<JsonNode>> WatchAsync(string path, int count)
    {
        using var response = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var events = new List<JsonNode>();
        while (events.Count < count && await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            events.Add(JsonNode.Parse(line)!);
        return events;
    }

    private static string Pem(YamlNode node, string name) =>
        Decode(node, name).Replace("-----BEGIN CERTIFICATE-----", "", StringComparison.Ordinal).Replace("-----END CERTIFICATE-----", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    private static string Decode(YamlNode node, string name) => Encoding.ASCII.GetString(Convert.FromBase64String(Value(node, name)!));

    private static string? Value(YamlNode node, string name) =>
        ((YamlMappingNode)node).Children.TryGetValue(new YamlScalarNode(name), out var value) ? ((YamlScalarNode)value).Value : null;

    private static bool IsSignedBy(X509Certificate2 authority, X509Certificate? certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return certificate is X509Certificate2 own && chain.Build(own);
    }

    /// <summary>What came back.</summary>
    public sealed record Answer(int Code, JsonNode Body)
    {
        public string Version => Text("metadata", "resourceVersion");

        public string Reason => Text("reason");

        public JsonNode? At(params string[] path) => path.Aggregate((JsonNode?)Body, (node, name) =>
            node is JsonArray items ? items[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] : (node as JsonObject)?[name]);

        public string Text(params string[] path) => At(path) switch
        {
            null => "",
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            var other => other.ToJsonString(),
        };

        public Answer Must(int code)
        {
            Assert.True(Code == code, $"expected {code}, got {Code}: {Body.ToJsonString()}");
            return this;
        }
    }
}
