using System.Collections.Immutable;
using System.CommandLine;
using CanaryAnalyzer.Cli.Hosting;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary>Options of the form <c>name=value</c>, and addresses.</summary>
internal static class NamedValues
{
    public static Option<string[]> Option(string name, string description) => new(name) { Description = description };

    /// <summary>The values by name; the last one counts.</summary>
    /// <exception cref="CliException">A word is not of the form.</exception>
    public static ImmutableDictionary<string, string> Read(IEnumerable<string>? words, string option)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var word in words ?? [])
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new CliException($"{option} must be of the form name=value, not {word}");
            values[word[..equals]] = word[(equals + 1)..];
        }

        return values.ToImmutable();
    }

    /// <summary>An address; null where none was given.</summary>
    /// <exception cref="CliException">The text is no address.</exception>
    public static Uri? Address(string? text, string option = "--address")
    {
        if (text is null)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new CliException($"{option} must be an address such as http://localhost:9090, not {text}");
    }
}
