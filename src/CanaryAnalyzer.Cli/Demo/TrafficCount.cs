namespace CanaryAnalyzer.Cli.Demo;

/// <summary>Requests and errors so far.</summary>
internal sealed class TrafficCount
{
    private long _requests;
    private long _errors;

    public long Requests => Interlocked.Read(ref _requests);

    public long Errors => Interlocked.Read(ref _errors);

    public void Add(bool isError)
    {
        Interlocked.Increment(ref _requests);
        if (isError)
            Interlocked.Increment(ref _errors);
    }
}
