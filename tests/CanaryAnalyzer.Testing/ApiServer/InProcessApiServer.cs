using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Testing.ApiServer;

/// <summary>
/// As much of the Kubernetes API as adapters need to be tried with a real client over real connections, and every way in which it can go wrong.
/// It validates nothing and has no controllers.
/// </summary>
public sealed class InProcessApiServer : IAsyncDisposable
{
    public const string Token = "token-of-the-test";

    private readonly WebApplication _app;
    private readonly ServerCertificate? _certificate;
    private readonly string _kubeconfig = Path.Combine(Path.GetTempPath(), $"kubeconfig-{Guid.NewGuid():N}");
    private readonly ConcurrentQueue<ApiRequest> _requests = new();
    private readonly ConcurrentDictionary<string, bool> _missing = new(StringComparer.Ordinal);
    private readonly List<(Func<ApiRequest, bool> Matches, Fault Fault, int[] Left)> _faults = [];

    private InProcessApiServer(WebApplication app, ServerCertificate? certificate)
    {
        _app = app;
        _certificate = certificate;
        Watches = new WatchAnswers(Store);
    }

    public ObjectStore Store { get; } = new();

    /// <summary>The watches that are open.</summary>
    public WatchAnswers Watches { get; }

    /// <summary>Everything asked so far, in order.</summary>
    public IReadOnlyList<ApiRequest> Requests => [.. _requests];

    /// <summary>Forgets what was asked so far.</summary>
    public void ForgetRequests() => _requests.Clear();

    public string Address { get; private set; } = "";

    /// <summary>A kubeconfig file that leads here.</summary>
    public string Kubeconfig => _kubeconfig;

    public static async Task<InProcessApiServer> StartAsync(bool tls = false)
    {
        var certificate = tls ? ServerCertificate.Create() : null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate.Server);
        }));
        if (tls)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var server = new InProcessApiServer(app, certificate);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        server.Address = app.Urls.Single();
        await File.WriteAllTextAsync(server._kubeconfig, server.WriteKubeconfig());
        return server;
    }

    /// <summary>Opens the real client through the kubeconfig.</summary>
    public ClusterConnection Connect(TimeProvider? time = null) =>
        ClusterConnection.Open(new ClusterOptions { Kubeconfig = _kubeconfig }, time ?? TimeProvider.System);

    /// <summary>Does <paramref name="fault"/> to the next requests that match, <paramref name="times"/> times.</summary>
    public void Inject(Fault fault, Func<ApiRequest, bool> matches, int times = 1)
    {
        lock (_faults)
            _faults.Add((matches, fault, [times]));
    }

    /// <summary>Makes a kind unknown, as before its CustomResourceDefinition is installed.</summary>
    public void Uninstall(string qualifiedName) => _missing[qualifiedName] = true;

    /// <summary>Makes a kind known again.</summary>
    public void Install(string qualifiedName) => _missing.TryRemove(qualifiedName, out _);

    public async ValueTask DisposeAsync()
    {
        Watches.Dispose();
        await _app.DisposeAsync();
        _certificate?.Dispose();
        File.Delete(_kubeconfig);
    }

    internal static Task WriteAsync(HttpContext context, JsonObject json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json.ToJsonString(), context.RequestAborted);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (await ApiRequest.ReadAsync(context.Request) is not { } request)
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("404 page not found");
            return;
        }

        _requests.Enqueue(request);
        try
        {
            foreach (var fault in TakeFaults(request))
            {
                if (await fault.ActAsync(context))
                    return;
            }

            if (_missing.ContainsKey(request.QualifiedName))
                throw new ApiErrorException(404, "NotFound", "the server could not find the requested resource");
            if (request.IsWatch)
                await Watches.AnswerAsync(context, request);
            else
                await WriteAsync(context, Answer(request));
        }
        catch (ApiErrorException error)
        {
            context.Response.StatusCode = error.Code;
            await WriteAsync(context, error.ToStatus());
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
    }

    private List<Fault> TakeFaults(ApiRequest request)
    {
        lock (_faults)
        {
            var found = _faults.Where(entry => entry.Left[0] > 0 && entry.Matches(request)).ToList();
            found.ForEach(entry => entry.Left[0]--);
            return [.. found.Select(entry => entry.Fault)];
        }
    }

    private JsonObject Answer(ApiRequest request) => (request.Method, request.Name) switch
    {
        ("GET", null) => ListAnswer.Make(Store, request),
        ("GET", { } name) => Store.Find(request.QualifiedName, request.Namespace, name) ?? throw ApiErrorException.NotFound(request),
        ("POST", null) => Store.Create(request, Body<JsonObject>(request)),
        ("PUT", not null) => Store.Update(request, _ => Body<JsonObject>(request)),
        ("PATCH", not null) when request.ContentType.StartsWith("application/json-patch", StringComparison.Ordinal) =>
            Store.Update(request, old => JsonPatching.Apply(old, Body<JsonArray>(request))),
        ("PATCH", not null) when request.ContentType.StartsWith("application/merge-patch", StringComparison.Ordinal) =>
            Store.Update(request, old => JsonPatching.Merge(old, Body<JsonObject>(request))),
        ("DELETE", not null) => Store.Delete(request, Body<JsonObject>(request)["preconditions"] as JsonObject),
        _ => throw new ApiErrorException(405, "MethodNotAllowed", $"{request.Method} {request.ContentType} is not for tests"),
    };

    private static T Body<T>(ApiRequest request)
        where T : JsonNode => JsonNode.Parse(request.Body) as T ?? throw new ApiErrorException(400, "BadRequest", "unreadable body");

    private string WriteKubeconfig()
    {
        var authority = _certificate is null ? "" : $", certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(_certificate.Authority.ExportCertificatePem()))}";
        return $$"""
            apiVersion: v1
            kind: Config
            current-context: test
            clusters:
            - name: test
              cluster: {server: "{{Address}}"{{authority}}}
            users:
            - name: tester
              user: {token: {{Token}}}
            contexts:
            - name: test
              context: {cluster: test, user: tester, namespace: team}
            - name: elsewhere
              context: {cluster: test, user: tester, namespace: other}
            """;
    }
}
