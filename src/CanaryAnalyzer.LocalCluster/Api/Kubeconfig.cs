using System.Text;

namespace CanaryAnalyzer.LocalCluster.Api;

/// <summary>The file with which kubectl and controllers reach the server.</summary>
internal static class Kubeconfig
{
    public static string Text(Uri server, ServerIdentity identity) => $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: canaryanalyzer-local
          cluster:
            server: "{server.GetLeftPart(UriPartial.Authority)}"
            certificate-authority-data: "{Convert.ToBase64String(Encoding.ASCII.GetBytes(identity.AuthorityPem + "\n"))}"
        users:
        - name: canaryanalyzer-local
          user:
            token: "{identity.Token}"
        contexts:
        - name: canaryanalyzer-local
          context:
            cluster: canaryanalyzer-local
            user: canaryanalyzer-local
            namespace: default
        current-context: canaryanalyzer-local

        """;

    /// <summary>Writes the file so that only its owner can read the token.</summary>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options);
        writer.Write(text);
    }
}
