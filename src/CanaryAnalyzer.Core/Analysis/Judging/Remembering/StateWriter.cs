using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging.Histograms;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Remembering;

/// <summary>Writes a state's numbers: doubles and floats as their bits, counts seven bits a byte.</summary>
internal sealed class StateWriter
{
    private readonly ArrayBufferWriter<byte> _out = new(4096);

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _out.WrittenSpan;

    /// <summary>Begins again with nothing.</summary>
    public void Clear() => _out.ResetWrittenCount();

    /// <summary>Writes bytes, preceded by how many they are.</summary>
    public void Block(ReadOnlySpan<byte> bytes)
    {
        Count(bytes.Length);
        _out.Write(bytes);
    }

    /// <summary>Writes a mark.</summary>
    public void Mark(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_out.GetSpan(8), value);
        _out.Advance(8);
    }

    /// <summary>Writes a count.</summary>
    public void Count(long value)
    {
        var rest = (ulong)value;
        do
        {
            var more = rest > 127;
            _out.GetSpan(1)[0] = (byte)((rest & 127) | (more ? 128u : 0));
            _out.Advance(1);
            rest >>= 7;
        }
        while (rest > 0);
    }

    /// <summary>Writes a number.</summary>
    public void Number(double value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_out.GetSpan(8), BitConverter.DoubleToInt64Bits(value));
        _out.Advance(8);
    }

    /// <summary>Writes counts, preceded by how many they are.</summary>
    public void Counts(ReadOnlySpan<long> values)
    {
        Count(values.Length);
        foreach (var value in values)
            Count(value);
    }

    /// <summary>Writes numbers, preceded by how many they are.</summary>
    public void Numbers(ImmutableArray<double> values)
    {
        Count(values.Length);
        foreach (var value in values)
            Number(value);
    }

    /// <summary>Writes a process; one that has seen nothing takes a byte.</summary>
    public void Mixture(EvidenceMixture value)
    {
        Count(value.Started ? 1 : 0);
        if (!value.Started)
            return;
        foreach (var stake in value.LogStakes)
            Number(stake);
        Number(value.Cash);
        Number(value.Best);
    }

    /// <summary>Writes a dispersion.</summary>
    public void Noise(Dispersion value)
    {
        Number(value.Observed);
        Number(value.Expected);
        Number(value.Intervals);
    }

    /// <summary>Writes a planned test.</summary>
    public void Test(PlannedTest value)
    {
        foreach (var number in new[] { value.Count, value.Expected, value.Variance, value.Spent, value.Boundary, value.Information, value.P, value.Level })
            Number(number);
    }

    /// <summary>Writes what was gathered about the scores of a latency distribution.</summary>
    public void Scores(BodyState value)
    {
        Mixture(value.Harm);
        Noise(value.Noise);
    }

    /// <summary>Writes what was gathered about a share.</summary>
    public void Rate(RateState value)
    {
        Mixture(value.Harm);
        if (value.Test is { } test)
            Test(test);
        else
            Mixture(value.Safe);
        Noise(value.Noise);
        Count(value.Surge.Lasting);
        Number(value.Surge.Canary);
        Number(value.Surge.Stable);
        foreach (var log in value.Likelihood)
            Single(log);
    }

    /// <summary>Writes a window; none takes a byte.</summary>
    public void Window(HarmWindow value)
    {
        Count(value.IsNone ? 0 : 1);
        if (value.IsNone)
            return;
        foreach (var single in new[] { value.Drift, value.Observed, value.Reference })
            Single(single);
        Count(value.End);
        Count(value.End - value.Start);
        foreach (var side in new[] { value.Canary, value.Stable })
        {
            Count(side.Requests);
            Count(side.Errors);
        }
    }

    private void Single(float value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_out.GetSpan(4), BitConverter.SingleToInt32Bits(value));
        _out.Advance(4);
    }
}
