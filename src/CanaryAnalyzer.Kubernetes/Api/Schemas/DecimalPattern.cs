using System.Globalization;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>
/// Writes regular expressions for decimal numbers within limits. A schema's minimum and maximum hold for numbers alone, and a share or a template's argument
/// is written as a string.
/// </summary>
internal sealed class DecimalPattern
{
    private readonly string _least;
    private readonly string? _most;
    private readonly int _whole;
    private readonly int _all;
    private readonly bool _isExclusive;

    private DecimalPattern(string least, string? most, int whole, int fraction, bool isExclusive)
    {
        (_least, _most, _whole, _all, _isExclusive) = (least, most, whole, whole + fraction, isExclusive);
    }

    /// <summary>A pattern of the decimals between two limits, without anchors.</summary>
    /// <param name="least">The least number, not negative.</param>
    /// <param name="most">The greatest number; null for none.</param>
    /// <param name="isExclusive">Whether the number must be above the least.</param>
    public static string Of(decimal least, decimal? most, bool isExclusive = false)
    {
        var fraction = Math.Max(least.Scale, most?.Scale ?? 0);
        var longest = Math.Max(Digits(least), most is { } limit ? Digits(limit) : 0);
        var found = new List<string>();
        for (var whole = 1; whole <= longest; whole++)
        {
            var (from, to) = (whole == 1 ? 0 : Power(whole - 1), Power(whole));
            if (most < from || least >= to) continue;
            var bounded = most is { } top && top < to ? Padded(top, whole, fraction) : null;
            var pattern = new DecimalPattern(Padded(Math.Max(least, from), whole, fraction), bounded, whole, fraction, isExclusive && least >= from);
            if (pattern.Whole(0, true, bounded is not null) is { } text) found.Add(text);
        }

        if (most is null) found.Add($@"[1-9][0-9]{{{longest},}}(\.[0-9]+)?");
        return found.Count == 1 ? found[0] : $"({string.Join('|', found)})";
    }

    private static int Digits(decimal number) => decimal.Truncate(number).ToString(CultureInfo.InvariantCulture).Length;

    private static decimal Power(int digits) => digits == 0 ? 1 : 10 * Power(digits - 1);

    private static string Padded(decimal number, int whole, int fraction) =>
        number.ToString(new string('0', whole) + "." + new string('0', fraction), CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal);

    // What may stand from a digit of the integer part on; the limits are tight where all digits before were theirs.
    private string? Whole(int at, bool isLeast, bool isMost)
    {
        isLeast = isLeast && (_isExclusive || !IsZero(at));
        if (at < _whole) return isLeast || isMost ? Choice(at, isLeast, isMost, Whole) : $@"[0-9]{Times(_whole - at)}(\.[0-9]+)?";
        var fraction = Fraction(at, isLeast, isMost);
        var mayEnd = !isLeast;
        return fraction is null ? mayEnd ? "" : null : mayEnd ? $@"(\.{fraction})?" : $@"\.{fraction}";
    }

    // At least one digit behind the point.
    private string? Fraction(int at, bool isLeast, bool isMost)
    {
        isLeast = isLeast && (_isExclusive || !IsZero(at));
        if (!isLeast && !isMost) return "[0-9]+";
        if (at == _all) return (isLeast, isMost) switch { (true, true) => null, (true, false) => "[0-9]*[1-9][0-9]*", _ => "0+" };
        return Choice(at, isLeast, isMost, Rest);
    }

    private string? Rest(int at, bool isLeast, bool isMost)
    {
        isLeast = isLeast && (_isExclusive || !IsZero(at));
        if (!isLeast && !isMost) return "[0-9]*";
        var more = Fraction(at, isLeast, isMost);
        return isLeast ? more : more is null ? "" : $"({more})?";
    }

    private string? Choice(int at, bool isLeast, bool isMost, Func<int, bool, bool, string?> rest)
    {
        var (low, high) = (isLeast ? _least[at] : '0', isMost ? _most![at] : '9');
        var found = new List<string>();
        if (low == high) Add($"{low}", rest(at + 1, isLeast, isMost));
        else
        {
            if (isLeast) Add($"{low}", rest(at + 1, true, false));
            var (from, to) = ((char)(isLeast ? low + 1 : low), (char)(isMost ? high - 1 : high));
            if (from <= to) Add(from == to ? $"{from}" : $"[{from}-{to}]", rest(at + 1, false, false));
            if (isMost) Add($"{high}", rest(at + 1, false, true));
        }

        return found.Count == 0 ? null : found.Count == 1 ? found[0] : $"({string.Join('|', found)})";
        void Add(string digit, string? behind)
        {
            if (behind is not null) found.Add(digit + behind);
        }
    }

    private bool IsZero(int from) => _least.AsSpan(from).IndexOfAnyExcept('0') < 0;

    private static string Times(int count) => count == 1 ? "" : $"{{{count}}}";
}
