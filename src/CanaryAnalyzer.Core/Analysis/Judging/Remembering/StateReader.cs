using System.Buffers.Binary;
using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging.Histograms;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Remembering;

/// <summary>Reads what <see cref="StateWriter"/> wrote. Past the end, or where a length is absurd, it gives zeros and remembers that it failed.</summary>
internal sealed class StateReader(byte[] bytes)
{
    private const int LongestArray = 1024;
    private const int LongestBlock = 1 << 16;
    private int _at;

    /// <summary>Whether something could not be read.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether everything was read.</summary>
    public bool AtEnd => _at == bytes.Length;

    /// <summary>Reads a mark.</summary>
    public ulong Mark() => Take(8) is { IsEmpty: false } span ? BinaryPrimitives.ReadUInt64LittleEndian(span) : 0;

    /// <summary>Reads a number.</summary>
    public double Number() => BitConverter.Int64BitsToDouble(Take(8) is { IsEmpty: false } span ? BinaryPrimitives.ReadInt64LittleEndian(span) : 0);

    /// <summary>Reads a count.</summary>
    public long Count()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var span = Take(1);
            if (span.IsEmpty)
                return 0;
            value |= (ulong)(span[0] & 127) << shift;
            if (span[0] < 128)
                return (long)value;
        }

        Failed = true;
        return 0;
    }

    /// <summary>Reads a length.</summary>
    public int Length()
    {
        var length = Count();
        if (length is >= 0 and <= LongestArray)
            return (int)length;
        Failed = true;
        return 0;
    }

    /// <summary>Reads bytes that are preceded by how many they are.</summary>
    public byte[] Block() => Count() is >= 0 and <= LongestBlock and var length ? Take((int)length).ToArray() : Fail();

    /// <summary>Reads counts.</summary>
    public long[] Counts()
    {
        var values = new long[Length()];
        for (var i = 0; i < values.Length; i++)
            values[i] = Count();
        return values;
    }

    /// <summary>Reads a number of looks.</summary>
    public int Looks() => (int)Math.Clamp(Count(), 0, int.MaxValue);

    /// <summary>Reads numbers.</summary>
    public ImmutableArray<double> Numbers() => Numbers(Length());

    /// <summary>Reads a process over the given number of alternatives.</summary>
    public EvidenceMixture Mixture(int alternatives) =>
        Count() == 0 ? EvidenceMixture.Start(alternatives) : new(Numbers(alternatives), Number(), Number(), true);

    /// <summary>Reads a dispersion.</summary>
    public Dispersion Noise() => new(Number(), Number(), Number());

    /// <summary>Reads a planned test.</summary>
    public PlannedTest Test() => new(Number(), Number(), Number()) { Spent = Number(), Boundary = Number(), Information = Number(), P = Number(), Level = Number() };

    /// <summary>Reads what was gathered about the scores of a latency distribution.</summary>
    public BodyState Scores(int alternatives) => new(Mixture(alternatives), Noise());

    /// <summary>Reads what was gathered about a share.</summary>
    public RateState Rate(SeqSettings settings)
    {
        var harm = Mixture(settings.HarmRatios.Length);
        var test = settings.PlansSafety ? Test() : null;
        var safe = test is null ? Mixture(settings.SafeRatios.Length + 1) : EvidenceMixture.Start(settings.SafeRatios.Length + 1);
        var noise = Noise();
        var lasting = Looks();
        var surge = new Surge(Number(), Number(), lasting);
        var likelihood = new float[settings.IntervalRatios.Length];
        for (var i = 0; i < likelihood.Length; i++)
            likelihood[i] = Single();
        return new(harm, safe, noise, likelihood) { Surge = surge, Test = test };
    }

    /// <summary>Reads a window.</summary>
    public HarmWindow Window()
    {
        if (Count() == 0)
            return HarmWindow.None;
        var (drift, observed, reference) = (Single(), Single(), Single());
        var (end, length) = (Count(), Count());
        var (canary, stable) = (new SideTotals(Count(), Count()), new SideTotals(Count(), Count()));
        return new(drift) { Observed = observed, Reference = reference, End = end, Start = end - length, Canary = canary, Stable = stable };
    }

    private float Single() => Take(4) is { IsEmpty: false } span ? BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32LittleEndian(span)) : 0;

    private byte[] Fail()
    {
        Failed = true;
        return [];
    }

    private ImmutableArray<double> Numbers(int length)
    {
        var values = new double[length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Number();
        return [.. values];
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (bytes.Length - _at < length)
        {
            Failed = true;
            return [];
        }

        _at += length;
        return bytes.AsSpan(_at - length, length);
    }
}
