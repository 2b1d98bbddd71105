using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harrier.Exchanges.Wire;

/// <summary>One JSON object of a venue as it came; fields nobody declared are kept raw, so that new ones are survived and counted.</summary>
/// <remarks>Properties have setters because the generated readers overwrite the defaults of init-only ones when a field is missing.</remarks>
public abstract record WireMessage
{
    /// <summary>Fields without a property here: ignored on purpose, or new.</summary>
    [JsonExtensionData]
    [SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = "The reader sets it, and only where there is something to keep.")]
    public Dictionary<string, JsonElement>? Undeclared { get; set; }
}

/// <summary>Fields of a message that are read by nobody, on purpose. Whatever is in neither list is new and gets counted.</summary>
/// <param name="fields">Their names.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class IgnoresAttribute(params string[] fields) : Attribute
{
    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Fields { get; } = fields;
}
