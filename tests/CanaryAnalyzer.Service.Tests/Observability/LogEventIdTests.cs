using System.Reflection;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Service.Tests.Observability;

/// <summary>Users filter and alert by event id: one id is one line, in the whole controller.</summary>
public sealed class LogEventIdTests
{
    [Fact]
    public void No_event_id_is_used_twice()
    {
        var lines = Lines();

        Assert.Contains(lines, line => line.Method.StartsWith("CanaryAnalyzer.Service.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Method.StartsWith("CanaryAnalyzer.Kubernetes.", StringComparison.Ordinal));
        Assert.Empty(lines.GroupBy(line => line.EventId).Where(id => id.Count() > 1).Select(id => $"{id.Key}: {string.Join(", ", id.Select(line => line.Method))}"));
    }

    /// <summary>Every line that the product can log.</summary>
    internal static IReadOnlyList<(string Method, int EventId, LogLevel Level, string Message)> Lines() =>
    [
        .. Assemblies().SelectMany(a => a.GetTypes()).SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (Method: $"{method.DeclaringType}.{method.Name}", Line: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(one => one.Line is not null)
            .Select(one => (one.Method, one.Line!.EventId, one.Line.Level, one.Line.Message)),
    ];

    /// <summary>The product's assemblies that lie beside the controller, whether something has used them yet or not.</summary>
    private static IEnumerable<Assembly> Assemblies() => Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Where(name => name.StartsWith("canary", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("Tests", StringComparison.Ordinal))
        .Select(name => Assembly.Load(new AssemblyName(name)));
}
