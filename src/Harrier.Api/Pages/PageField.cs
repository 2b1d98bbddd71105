namespace Harrier.Api.Pages;

/// <summary>A field of a form.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">What stands over it.</param>
/// <param name="Type">Kind of input.</param>
/// <param name="Fill">What a browser may fill in.</param>
internal sealed record PageField(string Name, string Label, string Type, string Fill)
{
    /// <summary>What there is to choose from: what is sent, and what is shown; null for a free text.</summary>
    public IReadOnlyList<(string Value, string Text)>? Choices { get; init; }

    /// <summary>What is chosen at first.</summary>
    public string? Chosen { get; init; }

    /// <summary>A choice.</summary>
    public static PageField Of(string name, string label, IReadOnlyList<(string Value, string Text)> choices, string chosen) => new(name, label, "select", "off") { Choices = choices, Chosen = chosen };
}
