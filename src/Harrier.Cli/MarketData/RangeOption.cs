using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Cli.MarketData;

/// <summary>The options <c>--from</c> and <c>--to</c> as UTC days, both inclusive.</summary>
internal sealed class RangeOption
{
    private readonly Option<string?> _from = new("--from") { Description = "first UTC day, as 2024-01-31", HelpName = "DAY" };
    private readonly Option<string?> _to = new("--to") { Description = "last UTC day, inclusive", HelpName = "DAY" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_from);
        verb.Options.Add(_to);
    }

    /// <summary>The span asked for; all of time where nothing is said.</summary>
    /// <exception cref="InputException">A day is at fault, or the last lies before the first.</exception>
    public TimeRange Read(ParseResult parsed)
    {
        DateOnly? from = parsed.GetValue(_from) is { } first ? OptionText.Day("--from", first) : null;
        DateOnly? to = parsed.GetValue(_to) is { } last ? OptionText.Day("--to", last) : null;
        return to < from
            ? throw new InputException("to", parsed.GetValue(_to)!, $"a day not before {parsed.GetValue(_from)}")
            : new TimeRange(from is { } start ? StartOf(start) : TimeRange.Always.From, to is { } end ? StartOf(end.AddDays(1)) : TimeRange.Always.To);
    }

    private static Timestamp StartOf(DateOnly day) => Timestamp.From(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
}
