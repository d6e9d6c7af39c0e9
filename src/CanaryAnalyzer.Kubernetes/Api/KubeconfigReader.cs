using k8s.KubeConfigModels;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>
/// Reads a kubeconfig into the library's model, field by field. The library's own loader builds an object graph serializer for it first, which takes longer than
/// everything else a command does before its first request. Fields that nothing uses (preferences, extensions) are left out.
/// </summary>
internal static class KubeconfigReader
{
    /// <summary>Reads the first document.</summary>
    /// <exception cref="YamlException">It is not YAML, or a field has another shape than kubeconfig files have.</exception>
    public static K8SConfiguration Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var root = yaml.Documents.Count > 0 ? Mapping(yaml.Documents[0].RootNode) : null;
        return new K8SConfiguration
        {
            ApiVersion = Text(root, "apiVersion"),
            Kind = Text(root, "kind"),
            CurrentContext = Text(root, "current-context"),
            Clusters = Items(root, "clusters", entry => new Cluster { Name = Text(entry, "name"), ClusterEndpoint = Endpoint(Mapping(entry, "cluster")) }) ?? [],
            Contexts = Items(root, "contexts", entry => new Context { Name = Text(entry, "name"), ContextDetails = Details(Mapping(entry, "context")) }) ?? [],
            Users = Items(root, "users", entry => new User { Name = Text(entry, "name"), UserCredentials = Credentials(Mapping(entry, "user")) }) ?? [],
        };
    }

    private static ClusterEndpoint? Endpoint(YamlMappingNode? node) => node is null ? null : new ClusterEndpoint
    {
        Server = Text(node, "server"),
        CertificateAuthority = Text(node, "certificate-authority"),
        CertificateAuthorityData = Text(node, "certificate-authority-data"),
        TlsServerName = Text(node, "tls-server-name"),
        SkipTlsVerify = Flag(node, "insecure-skip-tls-verify"),
    };

    private static ContextDetails? Details(YamlMappingNode? node) => node is null ? null : new ContextDetails
    {
        Cluster = Text(node, "cluster"), User = Text(node, "user"), Namespace = Text(node, "namespace"),
    };

    private static UserCredentials? Credentials(YamlMappingNode? node) => node is null ? null : new UserCredentials
    {
        ClientCertificateData = Text(node, "client-certificate-data"),
        ClientCertificate = Text(node, "client-certificate"),
        ClientKeyData = Text(node, "client-key-data"),
        ClientKey = Text(node, "client-key"),
        Token = Text(node, "token"),
        Impersonate = Text(node, "as"),
        ImpersonateGroups = Items(node, "as-groups", Scalar) ?? [],
        ImpersonateUserExtra = Texts(Mapping(node, "as-user-extra")) ?? [],
        UserName = Text(node, "username"),
        Password = Text(node, "password"),
        AuthProvider = Mapping(node, "auth-provider") is { } provider
            ? new AuthProvider { Name = Text(provider, "name"), Config = Texts(Mapping(provider, "config")) }
            : null,
        ExternalExecution = Execution(Mapping(node, "exec")),
    };

    private static ExternalExecution? Execution(YamlMappingNode? node) => node is null ? null : new ExternalExecution
    {
        ApiVersion = Text(node, "apiVersion"),
        Command = Text(node, "command"),
        Arguments = Items(node, "args", Scalar),
        EnvironmentVariables = Items(node, "env", entry => Texts(Mapping(entry))),
        InstallHint = Text(node, "installHint"),
        ProvideClusterInfo = Flag(node, "provideClusterInfo"),
    };

    /// <summary>A field of an object, else that of the object it merges.</summary>
    private static YamlNode? Field(YamlNode? node, string name) =>
        Mapping(node) is not { } mapping ? null
        : mapping.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value
        : mapping.Children.TryGetValue(new YamlScalarNode("<<"), out var merged) ? Field(merged, name)
        : null;

    private static string? Text(YamlNode? node, string name) => Field(node, name) is { } value ? Scalar(value) : null;

    private static YamlMappingNode? Mapping(YamlNode? node, string name) => Mapping(Field(node, name));

    private static YamlMappingNode? Mapping(YamlNode? node) => node switch
    {
        null => null,
        YamlMappingNode mapping => mapping,
        _ when IsNull(node) => null,
        _ => throw new YamlException(node.Start, node.End, "expected an object"),
    };

    private static List<T>? Items<T>(YamlNode? node, string name, Func<YamlNode, T> read) => Field(node, name) switch
    {
        null => null,
        YamlSequenceNode sequence => [.. sequence.Children.Select(read)],
        { } other when IsNull(other) => null,
        { } other => throw new YamlException(other.Start, other.End, $"expected an array in {name}"),
    };

    private static Dictionary<string, string?>? Texts(YamlMappingNode? node) =>
        node?.Children.ToDictionary(entry => Scalar(entry.Key) ?? "", entry => Scalar(entry.Value), StringComparer.Ordinal);

    private static string? Scalar(YamlNode node) => IsNull(node) ? null
        : node is YamlScalarNode scalar ? scalar.Value
        : throw new YamlException(node.Start, node.End, "expected a string");

    private static bool Flag(YamlNode node, string name) => Field(node, name) is { } value && Scalar(value) is { } text
        && (text.ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "ON" or "Y" => true,
            "FALSE" or "NO" or "OFF" or "N" => false,
            _ => throw new YamlException(value.Start, value.End, $"expected true or false in {name}"),
        });

    private static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any, Value: null or "" or "~" or "null" or "Null" or "NULL" };
}
