using System.Reflection;

namespace CanaryAnalyzer.Service.Observability;

/// <summary>Which version this is.</summary>
public static class ServiceVersion
{
    /// <summary>The version, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ServiceVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
