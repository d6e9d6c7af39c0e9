using MathNet.Numerics;

namespace CanaryAnalyzer.Core.Tests.Statistics.Classical;

/// <summary>The chi-square test of a table of counts: are its rows alike?</summary>
/// <param name="Statistic">Sum of the squared differences from what is expected, over what is expected.</param>
/// <param name="DegreesOfFreedom">(rows - 1) · (columns - 1).</param>
/// <param name="P">The probability of a statistic at least as large where the rows are alike.</param>
internal readonly record struct ChiSquareTest(double Statistic, int DegreesOfFreedom, double P)
{
    /// <summary>The test, without continuity correction; rows of one length, none of them and no column without counts.</summary>
    public static ChiSquareTest Of(IReadOnlyList<double[]> table)
    {
        var rows = table.Select(row => row.Sum()).ToArray();
        var columns = Enumerable.Range(0, table[0].Length).Select(c => table.Sum(row => row[c])).ToArray();
        var total = rows.Sum();
        var statistic = 0.0;
        for (var r = 0; r < rows.Length; r++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                var expected = rows[r] * columns[c] / total;
                statistic += (table[r][c] - expected) * (table[r][c] - expected) / expected;
            }
        }

        var freedom = (rows.Length - 1) * (columns.Length - 1);
        return new(statistic, freedom, SpecialFunctions.GammaUpperRegularized(freedom / 2.0, statistic / 2));
    }
}
