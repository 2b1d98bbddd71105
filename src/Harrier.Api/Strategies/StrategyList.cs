using Harrier.Api.Hosting;
using Harrier.Engine.Strategies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Strategies;

/// <summary>A strategy as the API shows it.</summary>
/// <param name="Key">Its name in configurations.</param>
/// <param name="Description">What it does.</param>
/// <param name="Parameters">Names of its parameters, and what each is when nothing is said.</param>
public sealed record StrategyAnswer(string Key, string Description, IReadOnlyDictionary<string, string> Parameters);

/// <summary>The strategies there are.</summary>
/// <param name="Strategies">Each of them.</param>
public sealed record StrategiesAnswer(IReadOnlyList<StrategyAnswer> Strategies);

/// <summary><c>GET /strategies</c>.</summary>
internal static class StrategyList
{
    /// <summary>Lists the strategies and their parameters.</summary>
    public static Ok<StrategiesAnswer> Get(ApiSources sources) => TypedResults.Ok(new StrategiesAnswer([.. sources.Strategies.Strategies
        .Select(static one => new StrategyAnswer(one.Key, one.Description, one.Parameters.ToDictionary(static parameter => parameter.Name, static parameter => StrategyParameterDescriptor.Format(parameter.Default))))]));
}
