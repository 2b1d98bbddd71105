namespace Harrier.Api.Pages;

/// <summary>A row of a table with what can be done about it.</summary>
/// <param name="Cells">What it shows.</param>
/// <param name="Hidden">Sent along with each of its buttons.</param>
/// <param name="Buttons">What can be done: the word that is sent as <c>do</c>, and what the button says.</param>
internal sealed record PageRow(IReadOnlyList<string> Cells, IReadOnlyList<(string Name, string Value)> Hidden, IReadOnlyList<(string Do, string Text)> Buttons)
{
    /// <summary>A choice that stands before the buttons; null for none.</summary>
    public PageField? Choice { get; init; }
}
