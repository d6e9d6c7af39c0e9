namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>Puts each target of the stable side into one of two halves, for ever the same one.</summary>
public static class StableHalf
{
    /// <summary>Whether the target belongs to the second half (FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/).</summary>
    public static bool IsSecond(string target)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in System.Text.Encoding.UTF8.GetBytes(target)) hash = unchecked((hash ^ letter) * 1099511628211UL);

        // The lowest bit is the parity of all letters: names that count up alternate, random ones are a fair coin. The upper bits hardly depend on the last letter.
        return (hash & 1) == 1;
    }
}
