using System.CommandLine;
using Harrier.Cli.MarketData;
using Harrier.Domain;
using Harrier.Storage.Market;
using Harrier.Storage.Records;

namespace Harrier.Cli.Records;

/// <summary>The options of verbs that read records: where they are, and which of them.</summary>
internal sealed class RecordOptions
{
    private readonly Option<string> _home = new("--home") { Description = "folder of all state", HelpName = "DIR", DefaultValueFactory = static _ => ".harrier" };
    private readonly Option<string?> _account = new("--account") { Description = "those of this account", HelpName = "NAME" };
    private readonly Option<string?> _bot = new("--bot") { Description = "those of this bot", HelpName = "NAME" };
    private readonly Option<int?> _last = new("--last") { Description = "at most this many, the newest", HelpName = "N" };
    private readonly RangeOption _range = new();

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_home, _account, _bot, _last])
        {
            verb.Options.Add(option);
        }

        _range.AddTo(verb);
    }

    /// <summary>Adds only where the records are.</summary>
    public void AddHomeTo(Command verb) => verb.Options.Add(_home);

    /// <summary>Which rows are asked for.</summary>
    /// <exception cref="InputException">An option is at fault.</exception>
    public RecordFilter Filter(ParseResult parsed)
    {
        int? last = parsed.GetValue(_last);
        if (last is <= 0)
        {
            throw new InputException("last", $"{last}", "a whole number from 1");
        }

        TimeRange range = _range.Read(parsed);
        return new RecordFilter
        {
            Account = parsed.GetValue(_account),
            Bot = parsed.GetValue(_bot),
            From = range.From == TimeRange.Always.From ? null : range.From,
            To = range.To == TimeRange.Always.To ? null : range.To,
            Newest = last,
        };
    }

    /// <summary>The records of the home, or of the database that the environment names as it does for <c>run</c>.</summary>
    /// <exception cref="InputException">There are none.</exception>
    /// <exception cref="RecordStoreException">The database cannot be used.</exception>
    public RecordStore Open(ParseResult parsed)
    {
        Timestamp now = Timestamp.From(TimeProvider.System.GetUtcNow());
        if (Environment.GetEnvironmentVariable("HARRIER__RECORDS") is { Length: > 0 } database)
        {
            return RecordStore.Open(database, now);
        }

        string home = parsed.GetRequiredValue(_home);
        string file = Path.Combine(home, "records.db");
        return File.Exists(file)
            ? RecordStore.Open(file, now)
            : throw new InputException("home", home, "a folder with records; harrier run makes them, or HARRIER__RECORDS names their database");
    }
}
