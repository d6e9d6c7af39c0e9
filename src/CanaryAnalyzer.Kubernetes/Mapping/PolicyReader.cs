using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;
using Wire = CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Policies;

namespace CanaryAnalyzer.Kubernetes.Mapping;

/// <summary>Reads a PromotionPolicy.</summary>
public static class PolicyReader
{
    private static readonly ResourceSchema Schema = ResourceSchema.Of("PromotionPolicy");

    /// <summary>Reads the spec and lists all that is wrong with it.</summary>
    public static (PromotionPolicySpec? Spec, ImmutableArray<SpecError> Errors) Read(JsonObject resource)
    {
        var unknown = UnknownFields.Find(resource, Schema).Select(u => u.Error).ToImmutableArray();
        if (unknown.Length > 0 || SchemaErrors.Unreadable(resource, Schema).Length > 0 || resource["spec"].Deserialize<Wire.PromotionPolicySpec>(WireJson.Options) is not { } wire)
            return (null, [.. SchemaErrors.Find(resource, Schema), .. unknown]);
        var errors = ImmutableArray.CreateBuilder<SpecError>();
        var duration = TimeSpan.FromMinutes(30);
        if (wire.MaxDuration is not null && (!GoDuration.TryParse(wire.MaxDuration, out duration) || duration <= TimeSpan.Zero))
            errors.Add(new SpecError("spec.maxDuration", $"expected a duration such as 30m, got {wire.MaxDuration}"));
        var undecided = Undecided(wire.OnInconclusive, errors);
        var accepted = Accepted(wire.AcceptUndetected, errors);
        if (undecided.GetValueOrDefault(UndecidedReason.TooLittleTraffic) == GateAction.Promote && accepted is null)
            errors.Add(new SpecError("spec.acceptUndetected", "is required where onInconclusive promotes on tooLittleTraffic: the largest ratio that may go unseen, such as 5"));
        var all = SchemaErrors.AddTo(errors.ToImmutable(), resource, Schema);
        if (!all.IsEmpty) return (null, all);
        return (new PromotionPolicySpec
        {
            MatchLabels = LabelSelectors.MatchLabels(wire.Selector),
            Mode = wire.Mode == "Observe" ? PolicyMode.Observe : PolicyMode.Enforce,
            Suspend = wire.Suspend ?? false,
            Analysis = new RolloutAnalysis
            {
                Templates = [.. wire.Templates.Select(t => new AnalysisTemplateReference(t.TemplateName ?? "", t.ClusterScope ?? false))],
                Arguments = [.. (wire.Args ?? []).Select(a => new AnalysisArgument(a.Name, a.Value, null, a.ValueFrom?.FieldRef?.FieldPath))],
                DryRun = [.. (wire.DryRun ?? []).Select(d => d.MetricName)],
            },
            MaxDuration = duration,
            OnSuccessful = wire.OnSuccessful == "Wait" ? GateAction.Wait : GateAction.Promote,
            OnFailed = wire.OnFailed == "Wait" ? GateAction.Wait : GateAction.Abort,
            OnInconclusive = undecided,
            AcceptUndetected = accepted,
        }, []);
    }

    /// <summary>Whether a policy selects a Rollout with such labels; one whose selector cannot be read selects none.</summary>
    public static bool Selects(JsonObject policy, IReadOnlyDictionary<string, string> labels) => Selector(policy) is { } selector && LabelSelectors.Matches(selector, labels);

    /// <summary>The selector of a policy; null where there is none that can be read.</summary>
    internal static LabelSelector? Selector(JsonObject policy)
    {
        try
        {
            return policy["spec"]?["selector"].Deserialize<LabelSelector>(WireJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double? Accepted(NumberOrText? given, ImmutableArray<SpecError>.Builder errors)
    {
        if (given is not { } value) return null;
        if (double.TryParse(value.ToString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var ratio) && ratio > 1) return ratio;
        errors.Add(new SpecError("spec.acceptUndetected", $"expected a ratio above 1 such as 5, got {value}"));
        return null;
    }

    private static ImmutableSortedDictionary<UndecidedReason, GateAction> Undecided(JsonElement? given, ImmutableArray<SpecError>.Builder errors)
    {
        const string path = "spec.onInconclusive";
        if (given is not { } value) return ImmutableSortedDictionary<UndecidedReason, GateAction>.Empty;
        var actions = ImmutableSortedDictionary.CreateBuilder<UndecidedReason, GateAction>();
        foreach (var reason in Enum.GetValues<UndecidedReason>())
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(reason.ToString());
            var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.TryGetProperty(name, out var entry) ? entry.GetString() : null;
            if (text is null) continue;
            var isBlind = reason is UndecidedReason.NoData or UndecidedReason.QueryError;
            if (text == "Promote" && isBlind)
            {
                errors.Add(new SpecError(value.ValueKind == JsonValueKind.String ? path : $"{path}.{name}", $"Promote is refused for {name}: nothing is promoted for lack of data; write Wait or Abort, or a map by reason"));
                continue;
            }

            actions[reason] = text switch { "Promote" => GateAction.Promote, "Abort" => GateAction.Abort, _ => GateAction.Wait };
        }

        return actions.ToImmutable();
    }
}
