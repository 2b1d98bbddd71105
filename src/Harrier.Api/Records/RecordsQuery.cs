using System.Globalization;
using Harrier.Domain;
using Harrier.Storage.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Records;

/// <summary>Which rows a request asks for, before it is known whether that makes sense.</summary>
internal sealed class RecordsQuery
{
    private const int MostRows = 1000;

    /// <summary>Rows of this account.</summary>
    public string? Account { get; init; }

    /// <summary>Rows of this bot.</summary>
    public string? Bot { get; init; }

    /// <summary>Rows of this symbol.</summary>
    public string? Symbol { get; init; }

    /// <summary>Rows from this instant on, in ISO 8601 with Z.</summary>
    public string? From { get; init; }

    /// <summary>Rows before this instant.</summary>
    public string? To { get; init; }

    /// <summary>How many of the newest rows, 1 to 1000; 100 when nothing is said.</summary>
    public string? Limit { get; init; }

    /// <summary>Where the page before ended, as its header Link says; older rows follow.</summary>
    public string? Cursor { get; init; }

    /// <summary>Rows of the page before that the filter of <see cref="Read"/> gives again, at the end.</summary>
    public int Again => Before?.Given ?? 0;

    /// <summary>Where the page before ended; null for the first page.</summary>
    public RecordCursor? Before => Cursor is { } text ? RecordCursor.Parse(text) : null;

    /// <summary>What is asked for; or what is wrong, all of it, by field.</summary>
    public (RecordFilter? Filter, ValidationProblem? Problem) Read()
    {
        Dictionary<string, string[]> faults = new(StringComparer.Ordinal);
        Timestamp? from = Instant("from", From, faults);
        Timestamp? to = Instant("to", To, faults);
        int limit = 100;
        if (Limit is not null && (!int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostRows))
        {
            faults["limit"] = [$"{Limit}: a whole number from 1 to {MostRows}"];
        }

        if (Cursor is { } text)
        {
            RecordCursor? cursor = RecordCursor.Parse(text);
            to = cursor?.After ?? to;
            if (cursor is null)
            {
                faults["cursor"] = ["what the header Link of the page before says"];
            }
        }

        return faults.Count == 0
            ? (new RecordFilter { Account = Account, Bot = Bot, Symbol = Symbol, From = from, To = to, Newest = limit + Again }, null)
            : (null, TypedResults.ValidationProblem(faults));
    }

    private static Timestamp? Instant(string field, string? text, Dictionary<string, string[]> faults)
    {
        if (text is null)
        {
            return null;
        }

        if (text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            && time.Year is > 1970 and < 2200)
        {
            return Timestamp.From(time);
        }

        faults[field] = [$"{text}: an instant such as 2026-03-01T00:00:00Z"];
        return null;
    }
}
