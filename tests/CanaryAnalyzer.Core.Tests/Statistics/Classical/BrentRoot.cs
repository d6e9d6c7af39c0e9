namespace CanaryAnalyzer.Core.Tests.Statistics.Classical;

/// <summary>
/// Root of a function that changes its sign, by Brent's method in the form of netlib's <c>zeroin</c>: on a function of steps it ends at the step, or at the same point
/// of a plateau of zeros as R does.
/// </summary>
internal static class BrentRoot
{
    /// <summary>Distance of 1 to the next larger double.</summary>
    public const double Epsilon = 2.220446049250313e-16;

    private const int MostSteps = 1000;

    /// <summary>Finds the root.</summary>
    public static double Find(Func<double, double> function, double low, double high, double tolerance)
    {
        double a = low, b = high, c = a, fa = function(a), fb = function(b), fc = fa;
        if (fa.Equals(0))
            return a;
        for (var step = 0; step < MostSteps && !fb.Equals(0); step++)
        {
            var previous = b - a;
            if (Math.Abs(fc) < Math.Abs(fb))
                (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb);
            var enough = (2 * Epsilon * Math.Abs(b)) + (tolerance / 2);
            var next = (c - b) / 2;
            if (Math.Abs(next) <= enough || fb.Equals(0))
                return b;
            if (Math.Abs(previous) >= enough && Math.Abs(fa) > Math.Abs(fb))
                next = Interpolate((a, b, c), (fa, fb, fc), previous, enough) ?? next;
            if (Math.Abs(next) < enough)
                next = next > 0 ? enough : -enough;
            (a, fa) = (b, fb);
            b += next;
            fb = function(b);
            if ((fb > 0 && fc > 0) || (fb < 0 && fc < 0))
                (c, fc) = (a, fa);
        }

        return b;
    }

    private static double? Interpolate((double A, double B, double C) at, (double A, double B, double C) f, double previous, double enough)
    {
        var width = at.C - at.B;
        double p, q;
        if (at.A.Equals(at.C))
        {
            var ratio = f.B / f.A;
            (p, q) = (width * ratio, 1 - ratio);
        }
        else
        {
            double ac = f.A / f.C, bc = f.B / f.C, ba = f.B / f.A;
            p = ba * ((width * ac * (ac - bc)) - ((at.B - at.A) * (bc - 1)));
            q = (ac - 1) * (bc - 1) * (ba - 1);
        }

        (p, q) = p > 0 ? (p, -q) : (-p, q);
        return p < (0.75 * width * q) - (Math.Abs(enough * q) / 2) && p < Math.Abs(previous * q / 2) ? p / q : null;
    }
}
