using Refit;

namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>The part of Prometheus' HTTP API that is in use: https://prometheus.io/docs/prometheus/latest/querying/api/</summary>
internal interface IPrometheusApi
{
    [Post("/api/v1/query")]
    Task<HttpResponseMessage> QueryAsync([Body(BodySerializationMethod.UrlEncoded)] Dictionary<string, string> form, CancellationToken cancellationToken);

    [Get("/api/v1/query")]
    Task<HttpResponseMessage> GetQueryAsync([Query] Dictionary<string, string> form, CancellationToken cancellationToken);

    [Post("/api/v1/query_range")]
    Task<HttpResponseMessage> QueryRangeAsync([Body(BodySerializationMethod.UrlEncoded)] Dictionary<string, string> form, CancellationToken cancellationToken);

    [Get("/api/v1/query_range")]
    Task<HttpResponseMessage> GetQueryRangeAsync([Query] Dictionary<string, string> form, CancellationToken cancellationToken);
}
