using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Service.Tests.Runs;

/// <summary>Tells of each line with a certain event id that is logged.</summary>
internal sealed class LoggedEvents(int eventId) : ILoggerProvider, ILogger
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    /// <summary>The lines, in their order.</summary>
    public ChannelReader<string> Lines => _lines.Reader;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (id.Id == eventId) _lines.Writer.TryWrite(formatter(state, exception));
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
