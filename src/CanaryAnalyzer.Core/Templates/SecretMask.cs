using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>Takes the values of secrets out of texts that others can read.</summary>
public sealed class SecretMask
{
    /// <summary>Shorter values aren't masked: they would be found in every number.</summary>
    private const int Shortest = 4;

    private readonly ImmutableArray<string> _secrets;

    private SecretMask(ImmutableArray<string> secrets) => _secrets = secrets;

    /// <summary>Takes nothing out.</summary>
    public static SecretMask None { get; } = new([]);

    /// <summary>A mask for these values. Longer ones go first; as they stand in JSON and in addresses they are found too.</summary>
    public static SecretMask Of(IEnumerable<string> secrets) => new(
    [
        .. secrets.SelectMany(secret => new[] { secret, secret.Trim(), Escaped(secret), Uri.EscapeDataString(secret) })
            .Where(secret => secret.Length >= Shortest).Distinct(StringComparer.Ordinal).OrderByDescending(secret => secret.Length),
    ]);

    /// <summary>The text with asterisks in the place of each secret.</summary>
    public string Apply(string text) => _secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, RunPlan.Mask, StringComparison.Ordinal));

    private static string Escaped(string secret) => System.Text.Json.JsonEncodedText.Encode(secret).ToString();
}
