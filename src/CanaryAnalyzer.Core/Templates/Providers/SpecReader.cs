using System.Globalization;
using System.Text.Json;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>Reads the fields of one JSON object, collects what is wrong with them, and knows at the end which fields nobody asked for.</summary>
internal sealed class SpecReader
{
    private readonly JsonElement _json;
    private readonly ICollection<SpecError> _errors;
    private readonly List<string> _known = [];

    private SpecReader(JsonElement json, string path, ICollection<SpecError> errors)
    {
        _json = json;
        Path = path;
        _errors = errors;
    }

    /// <summary>The object's path from the resource's root.</summary>
    public string Path { get; }

    /// <summary>Begins to read; null, with an error, where the value is no object.</summary>
    public static SpecReader? Open(JsonElement json, string path, ICollection<SpecError> errors)
    {
        if (json.ValueKind == JsonValueKind.Object) return new SpecReader(json, path, errors);
        errors.Add(new SpecError(path, $"must be an object with fields, not {Describe(json)}"));
        return null;
    }

    /// <summary>Whether the field is there and not null.</summary>
    public bool Has(string field) => Find(field) is not null;

    /// <summary>Whether the field is there and holds anything; an empty object holds nothing.</summary>
    public bool Filled(string field) => Find(field) is { } json && (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().Any());

    public void Refuse(string field, string message) => _errors.Add(new SpecError(At(field), message));

    /// <summary>Adds an error about the object itself.</summary>
    public void Refuse(string message) => _errors.Add(new SpecError(Path, message));

    public SpecReader? Child(string field) => Find(field) is { } json ? Open(json, At(field), _errors) : null;

    /// <summary>The objects of a list; what is no object is refused and left out.</summary>
    public IEnumerable<SpecReader> Children(string field) =>
        Items(field, "a list").Select((json, index) => Open(json, string.Create(CultureInfo.InvariantCulture, $"{At(field)}[{index}]"), _errors)).OfType<SpecReader>();

    public IEnumerable<JsonElement> Items(string field, string wanted)
    {
        if (Find(field) is not { } json) return [];
        if (json.ValueKind == JsonValueKind.Array) return [.. json.EnumerateArray()];
        Refuse(field, $"must be {wanted}, not {Describe(json)}");
        return [];
    }

    /// <summary>The values of a list that must have one to five.</summary>
    public IReadOnlyList<JsonElement> Few(string field, string wanted)
    {
        var items = Items(field, wanted).ToList();
        if (items.Count is 0 or > 5 && Find(field) is { ValueKind: JsonValueKind.Array })
            Refuse(field, string.Create(CultureInfo.InvariantCulture, $"must be a list of one to five, not {items.Count}"));
        return items;
    }

    /// <summary>A text that must be there and not empty.</summary>
    public string? Text(string field, string wanted)
    {
        if (!Has(field)) Refuse(field, $"is required; write {wanted}");
        return OptionalText(field, wanted);
    }

    /// <summary>A text that may be missing, but not empty.</summary>
    public string? OptionalText(string field, string wanted)
    {
        if (Find(field) is not { } json) return null;
        if (json.ValueKind == JsonValueKind.String && json.GetString() is { } text && !string.IsNullOrWhiteSpace(text)) return text;
        Refuse(field, $"must be {wanted}, not {Describe(json)}");
        return null;
    }

    /// <summary>A text that may be missing or empty.</summary>
    public string? OptionalTextOrEmpty(string field, string wanted) =>
        Find(field) is { ValueKind: JsonValueKind.String } json && string.IsNullOrWhiteSpace(json.GetString()) ? "" : OptionalText(field, wanted);

    public bool Flag(string field, bool missing)
    {
        if (Find(field) is not { } json) return missing;
        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False) return json.GetBoolean();
        Refuse(field, $"must be true or false, not {Describe(json)}{(json.ValueKind == JsonValueKind.String && bool.TryParse(json.GetString(), out _) ? ": write it without quotes" : "")}");
        return missing;
    }

    public TimeSpan Duration(string field, TimeSpan missing, TimeSpan least)
    {
        if (Find(field) is not { } json) return missing;
        if (json.ValueKind != JsonValueKind.String || !GoDuration.TryParse(json.GetString(), out var duration))
        {
            Refuse(field, $"must be a duration such as 30s, 5m or 1h30m, not {Describe(json)}");
            return missing;
        }

        if (duration >= least) return duration;
        Refuse(field, $"must be at least {GoDuration.Format(least)}, not {Describe(json)}");
        return missing;
    }

    /// <summary>A part of a whole, <c>5%</c> or <c>0.05</c>, between two bounds, both included.</summary>
    public double Part(string field, double missing, double least, double most)
    {
        if (Find(field) is not { } json) return missing;
        if (Share.TryRead(json, out var share) && share.Value >= least && share.Value <= most) return share.Value;
        Refuse(field, $"must be a share from {new Share(least)} to {new Share(most)}, written like 5% or 0.05, not {Describe(json)}");
        return missing;
    }

    /// <summary>A number between two bounds, both included; a number in quotes counts, as arguments are texts.</summary>
    public double Number(string field, double missing, double least, double most)
    {
        if (Find(field) is not { } json) return missing;
        var text = json.ValueKind == JsonValueKind.String ? json.GetString() : json.ValueKind == JsonValueKind.Number ? json.GetRawText() : null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Refuse(field, string.Create(CultureInfo.InvariantCulture, $"must be a number from {least} to {most}, not {Describe(json)}"));
        return missing;
    }

    public long Whole(string field, long missing, long least, long most)
    {
        var number = Number(field, missing, least, most);
        if (number == Math.Floor(number)) return (long)number;
        Refuse(field, string.Create(CultureInfo.InvariantCulture, $"must be a whole number, not {number}"));
        return missing;
    }

    public T Choice<T>(string field, T missing)
        where T : struct, Enum
    {
        if (Find(field) is not { } json) return missing;
        var names = Enum.GetNames<T>();
        if (json.ValueKind == JsonValueKind.String && names.Contains(json.GetString(), StringComparer.Ordinal)) return Enum.Parse<T>(json.GetString()!);
        Refuse(field, $"must be {string.Join(" or ", names)}, not {Describe(json)}");
        return missing;
    }

    /// <summary>Names the fields of the object that were never asked for.</summary>
    /// <param name="foreign">Fields that got a message of their own: neither named again nor offered as known.</param>
    public void Close(params ReadOnlySpan<string> foreign)
    {
        foreach (var field in foreign) _known.Remove(field);
        foreach (var field in _json.EnumerateObject())
        {
            if (_known.Contains(field.Name, StringComparer.Ordinal) || foreign.Contains(field.Name)) continue;
            var meant = NearestWord.Of(field.Name, _known);
            Refuse(field.Name, "is not a field here; " + (meant is null ? $"known are {string.Join(", ", _known.Distinct())}" : $"did you mean {meant}?"));
        }
    }

    /// <summary>A JSON value as it may stand in a message: short, on one line.</summary>
    public static string Describe(JsonElement json)
    {
        var text = json.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            _ => json.GetRawText(),
        };
        return text.Length > 60 ? text[..60] + "…" : text;
    }

    private JsonElement? Find(string field)
    {
        if (!_known.Contains(field)) _known.Add(field);
        return _json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string At(string field) => Path.Length == 0 ? field : $"{Path}.{field}";
}
