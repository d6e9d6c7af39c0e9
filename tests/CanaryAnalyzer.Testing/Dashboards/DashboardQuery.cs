namespace CanaryAnalyzer.Testing.Dashboards;

/// <summary>One query of a Grafana dashboard, with its variables filled in, so that a Prometheus can run it.</summary>
/// <param name="Dashboard">Name of the dashboard's file.</param>
/// <param name="Place">Title of the panel or name of the variable.</param>
/// <param name="Expression">The query in PromQL.</param>
public sealed record DashboardQuery(string Dashboard, string Place, string Expression);
