using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>The summaries of types and members, from the XML documentation that the compiler wrote beside the assembly.</summary>
internal sealed partial class XmlDescriptions
{
    private readonly FrozenDictionary<string, string> summaries;

    private XmlDescriptions(FrozenDictionary<string, string> summaries) => this.summaries = summaries;

    public static XmlDescriptions Load(string path) => new(XDocument.Load(path).Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToFrozenDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!), StringComparer.Ordinal));

    public string? Of(MemberInfo member) =>
        summaries.GetValueOrDefault(member is Type type ? $"T:{Id(type)}" : $"P:{Id(member.DeclaringType!)}.{member.Name}");

    // Reflection writes a nested type as Outer+Inner, the compiler's documentation as Outer.Inner.
    private static string Id(Type type) => type.FullName!.Replace('+', '.');

    private static string Text(XElement summary)
    {
        var text = string.Concat(summary.DescendantNodes().Select(node => node switch
        {
            XText words => words.Value,
            XElement element => element.Attribute("cref")?.Value.Split('.')[^1] ?? "",
            _ => "",
        }));
        return Spaces().Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
