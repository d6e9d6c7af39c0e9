using System.Globalization;
using System.Text.RegularExpressions;

namespace CanaryAnalyzer.Benchmarks.Processes;

/// <summary>What a process and its children have used so far, as Linux tells it.</summary>
/// <param name="CpuSeconds">User and system time.</param>
/// <param name="ResidentMiB">Memory now.</param>
/// <param name="PeakMiB">The most memory so far.</param>
internal sealed partial record Usage(double CpuSeconds, int ResidentMiB, int PeakMiB)
{
    private const double TicksPerSecond = 100;

    /// <summary>Of a process that runs; zeros when it has ended.</summary>
    public static Usage Of(int process)
    {
        var all = Family(process).Select(One).ToList();
        return new Usage(all.Sum(u => u.CpuSeconds), all.Sum(u => u.ResidentMiB), all.Sum(u => u.PeakMiB));
    }

    private static List<int> Family(int process)
    {
        List<int> all = [process];
        for (var i = 0; i < all.Count; i++)
        {
            try
            {
                foreach (var thread in Directory.EnumerateDirectories($"/proc/{all[i]}/task"))
                    all.AddRange(File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => int.Parse(p, CultureInfo.InvariantCulture)));
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return all;
    }

    private static Usage One(int process)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            var memory = Memory().Matches(File.ReadAllText($"/proc/{process}/status")).ToDictionary(m => m.Groups["name"].Value, m => int.Parse(m.Groups["kib"].Value, CultureInfo.InvariantCulture) / 1024);
            return new Usage(ticks / TicksPerSecond, memory.GetValueOrDefault("VmRSS"), memory.GetValueOrDefault("VmHWM"));
        }
        catch (IOException)
        {
            return new Usage(0, 0, 0);
        }
    }

    [GeneratedRegex(@"(?<name>VmHWM|VmRSS):\s+(?<kib>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Memory();
}
