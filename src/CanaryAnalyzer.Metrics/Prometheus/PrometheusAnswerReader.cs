using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>Reads Prometheus' JSON token by token: a look at a large service has some hundred thousand samples.</summary>
internal ref struct PrometheusAnswerReader
{
    private const int ShortWord = 256;
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly List<string> _warnings = [];
    private readonly List<RawSeries> _series = [];
    private Utf8JsonReader _json;
    private string _resultType = "";
    private string _status = "";
    private string _errorType = "";
    private string _error = "";
    private double _scalar;
    private bool _native;
    private bool _partial;

    private PrometheusAnswerReader(ReadOnlySpan<byte> json) => _json = new Utf8JsonReader(json);

    /// <summary>Reads an answer, or Prometheus' own error.</summary>
    /// <exception cref="JsonException">It is neither.</exception>
    public static (PrometheusAnswer? Answer, string Error) Read(ReadOnlySpan<byte> json)
    {
        var reader = new PrometheusAnswerReader(json);
        try
        {
            reader.ReadBody();
        }
        catch (InvalidOperationException failure)
        {
            throw new JsonException("a text is not Unicode", failure);
        }

        if (reader._status == "error") return (null, reader._errorType.Length > 0 ? $"{reader._errorType}: {reader._error}" : reader._error);
        if (reader._status != "success" || reader._resultType.Length == 0) throw new JsonException("no status or result");
        var answer = new PrometheusAnswer
        {
            ResultType = reader._resultType,
            Series = [.. reader._series],
            Scalar = reader._scalar,
            HasNativeHistograms = reader._native,
            IsPartial = reader._partial || reader._warnings.Exists(warning => warning.StartsWith("receive series from", StringComparison.Ordinal)),
            Warnings = [.. reader._warnings],
        };
        return (answer, "");
    }

    private void ReadBody()
    {
        Expect(JsonTokenType.StartObject);
        while (NextField() is { } field)
        {
            switch (field)
            {
                case "status": _status = Text(); break;
                case "errorType": _errorType = Text(); break;
                case "error": _error = Text(); break;
                case "data": ReadData(); break;
                case "warnings" or "infos": ReadWarnings(); break;
                case "isPartial": _partial = Advance() == JsonTokenType.True; break;
                default: Skip(); break;
            }
        }
    }

    private void ReadData()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            _json.Skip();
            return;
        }

        while (NextField() is { } field)
        {
            switch (field)
            {
                case "resultType": _resultType = Text(); break;
                case "result": ReadResult(); break;
                default: Skip(); break;
            }
        }
    }

    private void ReadResult()
    {
        Expect(JsonTokenType.StartArray);
        while (Advance() != JsonTokenType.EndArray)
        {
            if (_json.TokenType == JsonTokenType.StartObject) ReadSeries();
            else if (_json.TokenType == JsonTokenType.String) TryNumber(out _scalar);
        }
    }

    private void ReadSeries()
    {
        IReadOnlyDictionary<string, string> labels = ImmutableDictionary<string, string>.Empty;
        var samples = ImmutableArray<RawSample>.Empty;
        var histograms = ImmutableArray<RawHistogram>.Empty;
        while (NextField() is { } field)
        {
            switch (field)
            {
                case "metric":
                    labels = ReadLabels();
                    break;
                case "value":
                    Expect(JsonTokenType.StartArray);
                    samples = [ReadSample()];
                    break;
                case "values":
                    samples = ReadSamples();
                    break;
                case "histogram":
                    Expect(JsonTokenType.StartArray);
                    histograms = [ReadHistogram()];
                    break;
                case "histograms":
                    histograms = ReadHistograms();
                    break;
                default:
                    Skip();
                    break;
            }
        }

        _native |= !histograms.IsEmpty;
        if (!samples.IsEmpty || !histograms.IsEmpty) _series.Add(new RawSeries(labels, samples) { Histograms = histograms });
    }

    private ImmutableArray<RawHistogram> ReadHistograms()
    {
        var histograms = ImmutableArray.CreateBuilder<RawHistogram>();
        Expect(JsonTokenType.StartArray);
        while (Advance() != JsonTokenType.EndArray) histograms.Add(ReadHistogram());
        return histograms.DrainToImmutable();
    }

    /// <summary>Reads <c>[seconds, {"count": "…", "sum": "…", "buckets": [[rule, "left", "right", "count"], …]}]</c>, its opening bracket already read.</summary>
    private RawHistogram ReadHistogram()
    {
        var at = ReadTime();
        var count = 0.0;
        var buckets = ImmutableArray.CreateBuilder<RawBucket>();
        Expect(JsonTokenType.StartObject);
        while (NextField() is { } field)
        {
            switch (field)
            {
                case "count":
                    count = ReadNumber();
                    break;
                case "buckets":
                    Expect(JsonTokenType.StartArray);
                    while (Advance() != JsonTokenType.EndArray) buckets.Add(ReadBucket());
                    break;
                default:
                    Skip();
                    break;
            }
        }

        Expect(JsonTokenType.EndArray);
        return new RawHistogram(at, count, buckets.DrainToImmutable());
    }

    private RawBucket ReadBucket()
    {
        if (_json.TokenType != JsonTokenType.StartArray) throw new JsonException("a bucket must be a list");
        Expect(JsonTokenType.Number);
        var bucket = new RawBucket(ReadNumber(), ReadNumber(), ReadNumber());
        Expect(JsonTokenType.EndArray);
        return bucket;
    }

    private Dictionary<string, string> ReadLabels()
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        Expect(JsonTokenType.StartObject);
        while (NextField() is { } name)
        {
            Expect(JsonTokenType.String);
            labels[name] = Word();
        }

        return labels;
    }

    private ImmutableArray<RawSample> ReadSamples()
    {
        var samples = ImmutableArray.CreateBuilder<RawSample>();
        Expect(JsonTokenType.StartArray);
        while (Advance() != JsonTokenType.EndArray) samples.Add(ReadSample());
        return samples.DrainToImmutable();
    }

    /// <summary>Reads <c>[seconds, "value"]</c>, its opening bracket already read.</summary>
    private RawSample ReadSample()
    {
        var sample = new RawSample(ReadTime(), ReadNumber());
        Expect(JsonTokenType.EndArray);
        return sample;
    }

    private long ReadTime()
    {
        if (_json.TokenType != JsonTokenType.StartArray) throw new JsonException("a sample must be a pair");
        Expect(JsonTokenType.Number);
        return (long)Math.Round(_json.GetDouble() * 1000);
    }

    private double ReadNumber()
    {
        Expect(JsonTokenType.String);
        return TryNumber(out var value) ? value : throw new JsonException("a sample's value must be a number");
    }

    private readonly bool TryNumber(out double value)
    {
        var text = _json.ValueSpan;
        if (Utf8Parser.TryParse(text, out value, out var used) && used == text.Length) return true;
        var special = Encoding.UTF8.GetString(text);
        value = special switch { "NaN" => double.NaN, "+Inf" or "Inf" => double.PositiveInfinity, "-Inf" => double.NegativeInfinity, _ => 0 };
        return special is "NaN" or "+Inf" or "Inf" or "-Inf";
    }

    private void ReadWarnings()
    {
        if (Advance() != JsonTokenType.StartArray) return;
        while (Advance() != JsonTokenType.EndArray)
        {
            if (_json.TokenType == JsonTokenType.String) _warnings.Add(_json.GetString() ?? "");
        }
    }

    /// <summary>The text that was read last: one string for each label name or value, however often it comes.</summary>
    private readonly string Word()
    {
        if (_json.ValueSpan.Length > ShortWord) return _json.GetString() ?? "";
        Span<char> word = stackalloc char[ShortWord];
        word = word[.._json.CopyString(word)];
        var words = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (words.TryGetValue(word, out var known)) return known;
        known = word.ToString();
        _words.Add(known);
        return known;
    }

    private string? NextField() => Advance() == JsonTokenType.PropertyName ? Word() : null;

    private string Text()
    {
        Expect(JsonTokenType.String);
        return _json.GetString() ?? "";
    }

    private void Skip()
    {
        Advance();
        _json.Skip();
    }

    private JsonTokenType Advance() => _json.Read() ? _json.TokenType : throw new JsonException("the text ends too early");

    private void Expect(JsonTokenType type)
    {
        if (Advance() != type) throw new JsonException($"{type} expected, {_json.TokenType} found");
    }
}
