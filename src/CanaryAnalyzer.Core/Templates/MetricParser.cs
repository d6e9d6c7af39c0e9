using System.Globalization;
using System.Text.Json;
using CanaryAnalyzer.Core.Expressions;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>Reads one metric whose arguments are in place, and checks all that must hold between its fields.</summary>
internal static class MetricParser
{
    private const int Most = 1_000_000_000;

    private static readonly (string Field, string Instead)[] NotWithComparison =
    [
        ("interval", "must not stand at a comparison, which is one long measurement; write interval under canaryanalyzer/compare, where it is the distance of its looks"),
        ("count", "must not stand at a comparison, which is one long measurement; write minDuration and maxDuration under canaryanalyzer/compare"),
        ("successCondition", "must not stand at a comparison, which decides by itself; write tolerance at its measures, and promote"),
        ("failureCondition", "must not stand at a comparison, which decides by itself; write margin at its measures, and risk"),
        ("failureLimit", "must not stand at a comparison; write risk: {falseRollback: 1%} under canaryanalyzer/compare"),
        ("inconclusiveLimit", "must not stand at a comparison; a PromotionPolicy's onInconclusive says what follows where it can't decide"),
        ("consecutiveErrorLimit", "must not stand at a comparison, whose looks without data are no errors"),
        ("consecutiveSuccessLimit", "must not stand at a comparison; write promote: WhenSafe or AtEnd under canaryanalyzer/compare"),
    ];

    /// <summary>The metric; null where anything is wrong.</summary>
    /// <param name="json">The metric's object.</param>
    /// <param name="path">Its path from the resource's root.</param>
    /// <param name="secretsKnown">Whether arguments from Secrets have their true values; else the provider that asks for them isn't read.</param>
    /// <param name="errors">Everything that is wrong is added here.</param>
    public static MetricSpec? Parse(JsonElement json, string path, bool secretsKnown, ICollection<SpecError> errors)
    {
        var found = new List<SpecError>();
        var reader = SpecReader.Open(json, path, found);
        var spec = reader is null ? null : Read(reader, json, path, secretsKnown, found);
        foreach (var error in found) errors.Add(error);
        return found.Count == 0 ? spec : null;
    }

    private static MetricSpec? Read(SpecReader reader, JsonElement json, string path, bool secretsKnown, List<SpecError> errors)
    {
        var name = reader.Text("name", "the metric's name");
        var provider = ProviderParser.Parse(reader.Child("provider"), json, $"{path}.provider", secretsKnown, errors);
        if (!reader.Has("provider")) reader.Refuse("provider", "is required; write prometheus or plugin: {canaryanalyzer/compare: …}");
        var shape = provider?.Shape ?? ResultShape.Any;
        var spec = new MetricSpec
        {
            Name = name ?? "",
            Interval = OptionalDuration(reader, "interval"),
            InitialDelay = OptionalDuration(reader, "initialDelay") ?? TimeSpan.Zero,
            Count = reader.Has("count") ? (int)reader.Whole("count", 0, 0, Most) : null,
            Conditions = new MeasurementConditions(Condition(reader, "successCondition", shape), Condition(reader, "failureCondition", shape)),
            FailureLimit = (int)reader.Whole("failureLimit", 0, -1, Most),
            InconclusiveLimit = (int)reader.Whole("inconclusiveLimit", 0, 0, Most),
            ConsecutiveErrorLimit = (int)reader.Whole("consecutiveErrorLimit", MetricSpec.DefaultConsecutiveErrorLimit, 0, Most),
            ConsecutiveSuccessLimit = (int)reader.Whole("consecutiveSuccessLimit", 0, 0, Most),
            Provider = provider ?? new ProviderSpec.AwaitsSecrets(false),
        };
        if (provider is { Compares: true }) RefuseBesideComparison(reader);
        else CheckLimits(reader, spec);
        return spec;
    }

    private static TimeSpan? OptionalDuration(SpecReader reader, string field) =>
        reader.Has(field) ? reader.Duration(field, TimeSpan.Zero, TimeSpan.FromTicks(1)) : null;

    private static Expression? Condition(SpecReader reader, string field, ResultShape shape)
    {
        // An empty condition is none, as in Argo.
        if (reader.OptionalTextOrEmpty(field, "a condition such as result[0] >= 0.95") is not { Length: > 0 } text) return null;
        if (Expression.TryParseCondition(text, shape, out var condition, out var error)) return condition;
        reader.Refuse(field, error.ToString());
        return null;
    }

    private static void RefuseBesideComparison(SpecReader reader)
    {
        foreach (var (field, instead) in NotWithComparison)
        {
            if (reader.Has(field)) reader.Refuse(field, instead);
        }
    }

    private static void CheckLimits(SpecReader reader, MetricSpec spec)
    {
        if (spec.FailureLimit == -1 && spec.ConsecutiveSuccessLimit == 0)
            reader.Refuse("failureLimit", "of -1 tolerates every failure, so nothing could fail; write a limit of 0 or more, or a consecutiveSuccessLimit");
        if (spec.Count is not > 0) return;
        var needed = Math.Max(0L, spec.FailureLimit) + spec.ConsecutiveSuccessLimit;
        if (spec.Count < needed)
            reader.Refuse("count", string.Create(CultureInfo.InvariantCulture, $"must be at least failureLimit + consecutiveSuccessLimit ({needed}), not {spec.Count}"));
        if (spec.Count < spec.InconclusiveLimit)
            reader.Refuse("count", string.Create(CultureInfo.InvariantCulture, $"must be at least inconclusiveLimit ({spec.InconclusiveLimit}), not {spec.Count}"));
        if (spec.Count > 1 && spec.Interval is null && !reader.Has("interval"))
            reader.Refuse("interval", "is required where count is more than 1; write a duration such as 30s");
    }
}
