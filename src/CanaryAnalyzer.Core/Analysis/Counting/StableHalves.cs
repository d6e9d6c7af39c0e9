using System.Buffers.Binary;
using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>
/// In which half of the stable side each target is counted. A target is placed when it is first seen, in the half that has fewer requests, and stays there when others come
/// and go. What a target does with its requests (errors, latency) plays no part, so that the difference between the halves is noise. Beyond <see cref="MaxRemembered"/>
/// targets a hash of the name decides: of so many, each half gets about as many.
/// </summary>
public sealed class StableHalves
{
    /// <summary>The most targets that are remembered; 3 bytes each.</summary>
    public const int MaxRemembered = 32;

    private const int EntryBytes = 3;
    private const uint SecondBit = 1;

    // A half with less than this share of the requests shows next to nothing; whether it has less takes that many requests to tell.
    private const double SmallestShare = 0.1;
    private const double RequestsToTell = 50;

    private readonly ImmutableArray<uint> _entries;

    private StableHalves(ImmutableArray<uint> entries) => _entries = entries;

    /// <summary>No target has been seen.</summary>
    public static StableHalves None { get; } = new([]);

    /// <summary>Whether a target is counted in the second half.</summary>
    /// <param name="target">The target, as a <see cref="SeriesTable"/> names it.</param>
    public bool IsSecond(string target)
    {
        var key = KeyOf(target);
        var at = IndexOf(key);
        return ((at < 0 ? key.Hash : _entries[at]) & SecondBit) == 1;
    }

    /// <summary>The halves after an interval; the same where all of its targets have a half, and each half has requests.</summary>
    /// <param name="targets">The targets that were there, and their requests.</param>
    public StableHalves With(IReadOnlyCollection<(string Target, double Requests)> targets)
    {
        if (targets.Count is 0 or > MaxRemembered)
            return this;

        // One interval is a small sample: each target counts as if it had an average one's requests on top, so that quiet ones are spread evenly, too.
        var total = targets.Sum(one => one.Requests);
        var average = Math.Max(total / targets.Count, 1);
        var placed = new List<Placed>(targets.Count);
        foreach (var (target, requests) in targets)
        {
            var key = KeyOf(target);
            var at = IndexOf(key);
            placed.Add(new(key, target, requests, requests + average, at < 0 ? null : (_entries[at] & SecondBit) == 1));
        }

        var isKnown = placed.TrueForAll(one => one.IsSecond is not null);
        Place(placed);
        var share = SmallerShare(placed);
        if (total < RequestsToTell || share >= SmallestShare)
            return isKnown ? this : Remember(placed);

        // One half has hardly any requests: all are placed again, if that is of use.
        var again = placed.ConvertAll(one => one with { IsSecond = null });
        Place(again);
        if (SmallerShare(again) is var better && better > 0 && better >= 2 * share)
            return Remember(again);
        return isKnown ? this : Remember(placed);
    }

    /// <summary>The targets in text of at most 128 characters, from which <see cref="Read"/> gives the same halves.</summary>
    public string Write()
    {
        Span<byte> bytes = stackalloc byte[EntryBytes * MaxRemembered];
        Span<byte> entry = stackalloc byte[sizeof(uint)];
        for (var i = 0; i < _entries.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(entry, _entries[i]);
            entry[..EntryBytes].CopyTo(bytes[(EntryBytes * i)..]);
        }

        return Convert.ToBase64String(bytes[..(EntryBytes * _entries.Length)]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">The text; null, and what can't be read, give <see cref="None"/>: the targets are placed as if they were new.</param>
    public static StableHalves Read(string? text)
    {
        Span<byte> bytes = stackalloc byte[EntryBytes * MaxRemembered];
        if (string.IsNullOrEmpty(text) || !Convert.TryFromBase64String(text, bytes, out var length) || length % EntryBytes != 0)
            return None;
        var entries = ImmutableArray.CreateBuilder<uint>(length / EntryBytes);
        for (var i = 0; i < length; i += EntryBytes) entries.Add(bytes[i] | ((uint)bytes[i + 1] << 8) | ((uint)bytes[i + 2] << 16));
        return new(entries.MoveToImmutable());
    }

    /// <summary>The share of the requests in the half with fewer.</summary>
    private static double SmallerShare(List<Placed> placed)
    {
        var share = placed.Where(one => one.IsSecond == true).Sum(one => one.Requests) / Math.Max(placed.Sum(one => one.Requests), 1);
        return Math.Min(share, 1 - share);
    }

    /// <summary>Places those without a half, the largest first, where there is less.</summary>
    private static void Place(List<Placed> placed)
    {
        Span<double> sums = [0, 0];
        foreach (var one in placed)
        {
            if (one.IsSecond is { } second)
                sums[second ? 1 : 0] += one.Weight;
        }

        placed.Sort(static (a, b) => (b.Weight.CompareTo(a.Weight), a.Key.Hash.CompareTo(b.Key.Hash)) switch
        {
            (not 0 and var byWeight, _) => byWeight,
            (_, not 0 and var byHash) => byHash,
            _ => string.CompareOrdinal(a.Target, b.Target),
        });
        for (var i = 0; i < placed.Count; i++)
        {
            if (placed[i].IsSecond is not null)
                continue;
            var second = sums[0].Equals(sums[1]) ? (placed[i].Key.Hash & SecondBit) == 1 : sums[1] < sums[0];
            sums[second ? 1 : 0] += placed[i].Weight;
            placed[i] = placed[i] with { IsSecond = second };
        }
    }

    /// <summary>Those that are there, and of those that were, the last ones for which there is room.</summary>
    private StableHalves Remember(List<Placed> placed)
    {
        var now = placed.ConvertAll(one => one.Key.Name | (one.IsSecond == true ? SecondBit : 0));
        var gone = _entries.Where(entry => !now.Exists(one => (one & ~SecondBit) == (entry & ~SecondBit))).ToList();
        return new([.. gone.TakeLast(Math.Max(0, MaxRemembered - now.Count)), .. now]);
    }

    private int IndexOf(TargetKey key)
    {
        for (var i = 0; i < _entries.Length; i++)
        {
            if ((_entries[i] & ~SecondBit) == key.Name)
                return i;
        }

        return -1;
    }

    // FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/). Its lowest bit is the parity of all letters: names that count up alternate, random ones are a fair coin.
    private static TargetKey KeyOf(string target)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in System.Text.Encoding.UTF8.GetBytes(target)) hash = unchecked((hash ^ letter) * 1099511628211UL);
        return new((uint)(hash & 0xFFFF_FFFF), (uint)((hash ^ (hash >> 40)) & 0xFF_FFFE));
    }

    /// <param name="Hash">The lower bits of the name's hash.</param>
    /// <param name="Name">The 23 bits by which it is remembered.</param>
    private readonly record struct TargetKey(uint Hash, uint Name);

    private sealed record Placed(TargetKey Key, string Target, double Requests, double Weight, bool? IsSecond);
}
