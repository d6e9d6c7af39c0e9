namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>What looks found out about one measure's errors without series, so that it is asked at every tenth look only: the answers change with a deployment, not with time.</summary>
/// <param name="look">The look that is taken.</param>
/// <param name="known">What <see cref="Known"/> was after the look before; 0 at the first.</param>
internal sealed class SightMemory(int look, int known)
{
    /// <summary>After how many looks a question is asked again.</summary>
    public const int Looks = 10;

    private const int Kinds = 8;
    private const int Groups = 4;

    /// <summary>The last answer in one number: at which look it came, of which sides, and what it was; 0: none.</summary>
    public int Known { get; private set; } = known;

    /// <summary>The last answer, where it was about the same sides; however old it is.</summary>
    /// <param name="sides">1: the canary, 2: stable, 3: both.</param>
    public SightKind? Last(int sides) => Known / Kinds % Groups == sides && (SightKind)(Known % Kinds) is not SightKind.Unknown and var kind ? kind : null;

    /// <summary>The last answer, where it is young enough not to be asked for again.</summary>
    public SightKind? Young(int sides) => look - (Known / Kinds / Groups) < Looks ? Last(sides) : null;

    /// <summary>Keeps an answer.</summary>
    public void Keep(int sides, SightKind kind) => Known = (((look * Groups) + sides) * Kinds) + (int)kind;
}
