namespace CanaryAnalyzer.Core.Expressions;

/// <param name="Kind">What it is.</param>
/// <param name="Text">Its letters; of a text what it stands for.</param>
/// <param name="At">Index of its first letter.</param>
/// <param name="Value">A number's value: <see cref="long"/> or <see cref="double"/>.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int At, object? Value = null)
{
    public bool Is(string text) => Kind is TokenKind.Symbol or TokenKind.Name && Text == text;

    public string Describe() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Text => $"the text \"{(Text.Length > 20 ? Text[..20] + "…" : Text)}\"",
        _ => $"'{Text}'",
    };
}
