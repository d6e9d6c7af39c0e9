using k8s;
using k8s.Autorest;

namespace CanaryAnalyzer.Cli.Hosting;

/// <summary>Asks Services through the API server, which sees them where this machine does not.</summary>
internal sealed class ServiceProxy(IKubernetes kubernetes)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Whether the Prometheus behind a Service answers; false too where that can't be told.</summary>
    /// <param name="address">Its address by the Service's name, such as <c>http://prometheus.monitoring:9090</c>; any other is not asked.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<bool> IsReadyAsync(Uri address, CancellationToken cancellationToken)
    {
        var labels = address.Host.Split('.');
        if (labels is not ([_, _] or [_, _, "svc", ..]))
            return false;
        var service = FormattableString.Invariant($"{(address.Scheme == Uri.UriSchemeHttps ? "https:" : "")}{labels[0]}:{address.Port}");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var path = $"{address.AbsolutePath.Trim('/')}/-/ready".TrimStart('/');
            using var answer = await kubernetes.CoreV1.ConnectGetNamespacedServiceProxyWithPathWithHttpMessagesAsync(service, labels[1], path, cancellationToken: limit.Token);
            return answer.Response.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpOperationException or HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
