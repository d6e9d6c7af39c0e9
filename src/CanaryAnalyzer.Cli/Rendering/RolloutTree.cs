using System.Globalization;
using CanaryAnalyzer.Client.Views;

namespace CanaryAnalyzer.Cli.Rendering;

/// <summary>The tree of a Rollout's objects: revisions, ReplicaSets and pods, Experiments, AnalysisRuns and Jobs.</summary>
internal sealed class RolloutTree(Palette palette, DateTimeOffset now)
{
    private readonly TextTable _table = new();

    public string Render(RolloutView rollout)
    {
        _table.Add("NAME", "KIND", "STATUS", "AGE", "INFO");
        Row("", Icons.Rollout, rollout, rollout.Name, "Rollout", "");
        ForEach(rollout.Revisions, "", (revision, branch) => Revision(rollout, revision, branch));
        return _table.Take();
    }

    private void Revision(RolloutView rollout, int revision, Branch branch)
    {
        _table.Add($"{branch.Own}{Icons.Revision} revision:{revision.ToString(CultureInfo.InvariantCulture)}", "", " ", "", "");
        List<Action<Branch>> children =
        [
            .. rollout.ReplicaSets.Where(set => set.Revision == revision).Select(set => (Action<Branch>)(child => ReplicaSet(set, child))),
            .. rollout.Experiments.Where(one => one.Revision == revision).Select(one => (Action<Branch>)(child => Experiment(one, child))),
            .. rollout.AnalysisRuns.Where(run => run.Revision == revision).Select(run => (Action<Branch>)(child => AnalysisRun(run, child))),
        ];
        ForEach(children, branch.Below, (show, child) => show(child));
    }

    private void ReplicaSet(ReplicaSetView set, Branch branch)
    {
        var roles = set.Roles.Where(role => !role.StartsWith(ExperimentView.RolePrefix, StringComparison.Ordinal)).ToList();
        var info = roles.Select(palette.Paint);
        if (set.Deadline is { } deadline)
            info = info.Append((Cell)$"delay:{(deadline < now ? "passed" : HumanDuration.Format(deadline - now))}");
        var name = roles.Count > 0 ? palette.Paint(set.Name, roles[0]) : set.Name;
        Row(branch.Own, Icons.ReplicaSet, set, name, "ReplicaSet", Cell.Join(",", info));
        ForEach(set.Pods, branch.Below, (pod, child) => Row(child.Own, Icons.Pod, pod, pod.Name, "Pod", PodInfo(pod)));
    }

    private void Experiment(ExperimentView experiment, Branch branch)
    {
        Row(branch.Own, Icons.Experiment, experiment, experiment.Name, "Experiment", "");
        List<Action<Branch>> children =
        [
            .. experiment.ReplicaSets.Select(set => (Action<Branch>)(child => ReplicaSet(set, child))),
            .. experiment.AnalysisRuns.Select(run => (Action<Branch>)(child => AnalysisRun(run, child))),
        ];
        ForEach(children, branch.Below, (show, child) => show(child));
    }

    private void AnalysisRun(AnalysisRunView run, Branch branch)
    {
        (string Icon, int Count)[] counts = [(Icons.Ok, run.Successful), (Icons.Bad, run.Failed), (Icons.Unknown, run.Inconclusive), (Icons.Warning, run.Errors)];
        var info = counts.Where(entry => entry.Count > 0)
            .Select(entry => palette.Paint(entry.Icon) + string.Create(CultureInfo.InvariantCulture, $" {entry.Count}"));
        Row(branch.Own, Icons.AnalysisRun, run, run.Name, "AnalysisRun", Cell.Join(",", info));
        ForEach(run.Jobs, branch.Below, (job, child) => Row(child.Own, Icons.Job, job, job.Name, "Job", ""));
    }

    private static string PodInfo(PodView pod) =>
        pod.Restarts > 0 ? string.Create(CultureInfo.InvariantCulture, $"ready:{pod.Ready},restarts:{pod.Restarts}") : $"ready:{pod.Ready}";

    private void Row(string prefix, string kindIcon, ObjectView one, Cell name, string kind, Cell info) => _table.Add(
        $"{prefix}{kindIcon} " + name, kind, palette.Paint(Icons.Of(one.State)) + " " + one.Status, one.Created is { } created ? HumanDuration.Format(now - created) : "", info);

    private static void ForEach<T>(IReadOnlyList<T> items, string prefix, Action<T, Branch> show)
    {
        foreach (var (index, item) in items.Index())
            show(item, index < items.Count - 1 ? new Branch(prefix + "├──", prefix + "│  ") : new Branch(prefix + "└──", prefix + "   "));
    }

    /// <summary>What stands before an object's own row, and before those of its children.</summary>
    private readonly record struct Branch(string Own, string Below);
}
