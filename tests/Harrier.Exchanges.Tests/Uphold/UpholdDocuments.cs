using System.Text.Json;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Uphold;

/// <summary>The examples of the venue's documents.</summary>
internal static class UpholdDocuments
{
    public static IReadOnlyDictionary<string, string[]> Sections =>
        JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllBytes(SharedData.Require("data/fixtures/uphold/v0-doc-examples.json")))!;

    public static JsonElement Example(string section, int index = 0) => JsonSerializer.Deserialize<JsonElement>(Sections[section][index]);
}
