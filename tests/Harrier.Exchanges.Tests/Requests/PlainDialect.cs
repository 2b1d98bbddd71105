using System.Text;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Tests.Requests;

/// <summary>A venue whose errors are <c>no: KIND</c> and whose headers name what is used.</summary>
internal sealed class PlainDialect : IRestDialect
{
    public VenueError? ErrorOf(int status, ReadOnlySpan<byte> body, IReadOnlyDictionary<string, string> headers, bool isWrite)
    {
        string text = Encoding.UTF8.GetString(body);
        return text.StartsWith("no: ", StringComparison.Ordinal)
            ? new VenueError(Enum.Parse<VenueErrorKind>(text[4..]), Outcome.NotDone, status, text)
            : null;
    }

    public void ReadUsage(IReadOnlyDictionary<string, string> headers, ICollection<(string Rule, int Used)> into)
    {
        if (headers.TryGetValue("x-used", out string? used))
        {
            into.Add((BudgetScene.Weight, int.Parse(used)));
        }
    }
}
