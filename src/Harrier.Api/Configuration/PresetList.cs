using System.Text;
using Harrier.Api.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Configuration;

/// <summary>Something that comes ready-made with the program.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>run</c>: a configuration of a run; <c>market</c>: filters and rules of strategies and scans.</param>
/// <param name="Json">What it says.</param>
public sealed record ServicePreset(string Name, string Kind, string Json);

/// <summary>A preset in the list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>run</c> or <c>market</c>.</param>
public sealed record PresetAnswer(string Name, string Kind);

/// <summary><c>/api/v1/presets</c>.</summary>
internal static class PresetList
{
    /// <summary>Lists the presets by name.</summary>
    public static Ok<PresetAnswer[]> List(ApiSources sources) =>
        TypedResults.Ok(sources.Presets().Select(static one => new PresetAnswer(one.Name, one.Kind)).OrderBy(static one => one.Name, StringComparer.Ordinal).ToArray());

    /// <summary>Shows what a preset says, with a tag.</summary>
    public static IResult Get(string name, ApiSources sources, HttpContext context) =>
        sources.Presets().FirstOrDefault(one => one.Name == name) is { } found
            ? EntityTag.Answer(context, Encoding.UTF8.GetBytes(found.Json))
            : Results.Problem($"name: {Shown.Of(name)}: one of {string.Join(", ", sources.Presets().Select(static one => one.Name).Order(StringComparer.Ordinal))}", statusCode: StatusCodes.Status404NotFound);
}
