using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;

namespace CanaryAnalyzer.LocalCluster.Admission;

/// <summary>Completes a written object by the defaults of its kind and refuses it where it is wrong.</summary>
internal sealed class Admitter(DefinitionWatcher definitions, ServiceAddresses addresses)
{
    public void Admit(ResourceKind kind, JsonObject? current, JsonObject next, WriteOptions options)
    {
        if (kind.Schema is { } schema)
            AdmitCustom(kind, schema, next, options);
        else
            Default(kind, current, next);

        var problems = new List<FieldProblem>();
        MetadataRules.Check(kind, next, problems);
        if (kind.Schema is { } rules)
            SchemaValidator.Check(rules, next, problems);
        else
            WorkloadRules.Check(kind, current, next, problems);
        if (problems.Count > 0)
            throw ApiException.Invalid(kind, next.TextAt("metadata", "name") ?? "", problems);
        if (kind == BuiltInKinds.CustomResourceDefinitions && !options.DryRun)
            definitions.Accept(next);
    }

    private static void AdmitCustom(ResourceKind kind, JsonObject schema, JsonObject next, WriteOptions options)
    {
        var unknown = new List<string>();
        SchemaPruner.Prune(schema, next, unknown);
        if (unknown.Count > 0 && options.RefuseUnknownFields)
            throw ApiException.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: strict decoding error: "
                + string.Join(", ", unknown.Select(path => $"unknown field \"{path}\"")));
        SchemaDefaults.Apply(schema, next);
    }

    private void Default(ResourceKind kind, JsonObject? current, JsonObject next)
    {
        if (kind == BuiltInKinds.Deployments)
            WorkloadDefaults.Deployment(next);
        else if (kind == BuiltInKinds.ReplicaSets)
            WorkloadDefaults.ReplicaSet(next);
        else if (kind == BuiltInKinds.Pods)
            WorkloadDefaults.Pod(next);
        else if (kind == BuiltInKinds.Services)
            addresses.Complete(current, next);
        else if (kind == BuiltInKinds.Namespaces)
            WorkloadDefaults.Namespace(next);
        else if (kind.Plural == "secrets")
            WorkloadDefaults.Secret(next);
    }
}
