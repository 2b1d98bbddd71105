namespace Harrier.Api.Hosting;

/// <summary>What somebody sent, as it is shown in an answer: one short line.</summary>
internal static class Shown
{
    private const int Longest = 60;

    /// <summary>The text, cut where it is long, control characters replaced.</summary>
    public static string Of(string? text)
    {
        string line = string.Concat((text ?? "none").Take(Longest).Select(static letter => char.IsControl(letter) ? '?' : letter));
        return text?.Length > Longest ? line + "..." : line;
    }
}
