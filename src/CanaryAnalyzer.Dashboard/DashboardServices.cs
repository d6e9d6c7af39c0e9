using CanaryAnalyzer.Dashboard.Authorisation;
using CanaryAnalyzer.Dashboard.Explanations;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CanaryAnalyzer.Dashboard;

/// <summary>Adds the HTTP API to a host.</summary>
public static class DashboardServices
{
    /// <summary>Adds the store of explanations and the authorisation; needs an API server's client and a view of the cluster.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services, DashboardOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton(options).AddSingleton<ExplanationStore>().AddSingleton<AccessReviews>().AddSingleton<RequestAuthoriser>().AddSingleton<ReleaseHistory>().AddSingleton<ExplanationEndpoints>();
    }

    /// <summary>Maps the API's paths.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder app) => app.ServiceProvider.GetRequiredService<ExplanationEndpoints>().Map(app);
}
