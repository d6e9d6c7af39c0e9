namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>Why a request has no answer.</summary>
internal enum ReplyFailure
{
    /// <summary>It may be over soon: refused, timed out, broken off, overloaded.</summary>
    Passing,

    /// <summary>The answer was larger than what is read, or the query reads more than the server allows.</summary>
    TooLarge,

    /// <summary>The query or the address is wrong.</summary>
    Lasting,
}
