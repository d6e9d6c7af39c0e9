namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>One request's parameters, and the two ways to send them.</summary>
/// <param name="Form">The parameters by name.</param>
/// <param name="IsRange">Whether it asks at the steps of a range; else at one instant.</param>
internal sealed record PromQuery(Dictionary<string, string> Form, bool IsRange)
{
    private const int Forbidden = 403;
    private const int MethodNotAllowed = 405;
    private const int TooLong = 414;
    private const int NotImplemented = 501;

    /// <summary>
    /// Sends it by POST, which has room for any query; by GET where POST is refused, as Prometheus' own client does (405 and 501, and since 2026 403, which proxies with
    /// read-only rights give). What is too long for GET is tried by POST once more.
    /// </summary>
    /// <param name="api">The server.</param>
    /// <param name="manners">What is known of it; what this request teaches is kept there.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<HttpResponseMessage> SendAsync(IPrometheusApi api, ServerManners manners, CancellationToken cancellationToken)
    {
        var takesGetOnly = manners.TakesGetOnly;
        var first = await SendAsync(api, takesGetOnly, cancellationToken);
        var isTooLong = takesGetOnly && (int)first.StatusCode == TooLong;
        if (!isTooLong && (int)first.StatusCode is not (MethodNotAllowed or NotImplemented or Forbidden)) return first;
        HttpResponseMessage other;
        try
        {
            other = await SendAsync(api, !takesGetOnly, cancellationToken);
        }
        catch
        {
            first.Dispose();
            throw;
        }

        if ((int)other.StatusCode is MethodNotAllowed or NotImplemented || (isTooLong && (int)other.StatusCode == Forbidden))
        {
            other.Dispose();
            return first;
        }

        first.Dispose();
        if (other.IsSuccessStatusCode) manners.TakesGetOnly = !takesGetOnly;
        return other;
    }

    private Task<HttpResponseMessage> SendAsync(IPrometheusApi api, bool byGet, CancellationToken cancellationToken) => (IsRange, byGet) switch
    {
        (false, false) => api.QueryAsync(Form, cancellationToken),
        (false, true) => api.GetQueryAsync(Form, cancellationToken),
        (true, false) => api.QueryRangeAsync(Form, cancellationToken),
        (true, true) => api.GetQueryRangeAsync(Form, cancellationToken),
    };
}
