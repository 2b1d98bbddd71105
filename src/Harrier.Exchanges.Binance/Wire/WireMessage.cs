using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>One JSON object of the venue as it came; fields nobody declared are kept raw, so that new ones are survived and counted.</summary>
/// <remarks>Properties have setters because the generated readers overwrite the defaults of init-only ones when a field is missing.</remarks>
internal abstract record WireMessage
{
    /// <summary>Fields without a property here: ignored on purpose, or new.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Undeclared { get; set; }
}

/// <summary>Fields of a message that are read by nobody, on purpose. Whatever is in neither list is new and gets counted.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class IgnoresAttribute(params string[] fields) : Attribute
{
    public string[] Fields { get; } = fields;
}
