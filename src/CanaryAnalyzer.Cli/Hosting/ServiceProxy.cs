using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Cli.Hosting;

/// <summary>Asks Services through the API server, which sees them where this machine does not.</summary>
internal sealed class ServiceProxy(ClusterConnection connection)
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
            return await connection.AnswersAsync($"api/v1/namespaces/{labels[1]}/services/{service}/proxy/{path}", limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
