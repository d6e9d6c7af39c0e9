namespace CanaryAnalyzer.Core.Values;

/// <summary>Finds what somebody probably meant who wrote a word that isn't known.</summary>
public static class NearestWord
{
    /// <summary>The known word with the fewest edits from <paramref name="word"/>, letter case aside; null where none is close.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        string? nearest = null;
        var fewest = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in known)
        {
            var edits = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (edits >= fewest) continue;
            (nearest, fewest) = (candidate, edits);
        }

        return nearest;
    }

    /// <summary>How many letters must be put in, taken out or changed (Levenshtein's distance).</summary>
    private static int Distance(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++) row[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }
}
