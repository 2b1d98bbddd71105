using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records;

namespace Harrier.Cli.Portfolio;

/// <summary>The options by which verbs find a portfolio account: <c>--home</c> and <c>--account</c>.</summary>
internal sealed class PortfolioOptions
{
    private readonly Option<string> _home = new("--home") { Description = "folder of all state", HelpName = "DIR", DefaultValueFactory = static _ => ".harrier" };
    private readonly Option<string> _account = new("--account") { Description = "which portfolio account", HelpName = "NAME", DefaultValueFactory = static _ => PortfolioStore.DefaultAccount };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_home);
        verb.Options.Add(_account);
    }

    /// <summary>The folder of all state.</summary>
    /// <exception cref="InputException">It cannot be one.</exception>
    public string HomeOf(ParseResult parsed) => OutputFolder.Check("--home", parsed.GetRequiredValue(_home));

    /// <summary>The account.</summary>
    /// <exception cref="InputException">It is no name.</exception>
    public string AccountOf(ParseResult parsed) => CheckName("account", parsed.GetRequiredValue(_account));

    /// <summary>Opens the database of the home, or the one that the environment names; makes it where there is none.</summary>
    /// <exception cref="RecordStoreException">It cannot be used.</exception>
    public static RecordStore Open(string home) => OutputFolder.Write("--home", home, () =>
    {
        Directory.CreateDirectory(home);
        string address = Environment.GetEnvironmentVariable("HARRIER__RECORDS") is { Length: > 0 } database ? database : Path.Combine(home, "records.db");
        return RecordStore.Open(address, Timestamp.From(TimeProvider.System.GetUtcNow()));
    });

    /// <summary>A name of an account or bot.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static string CheckName(string field, string name) =>
        PortfolioStore.IsName(name) ? name : throw new InputException(field, name, PortfolioStore.NameAllowed);

    /// <summary>A pair.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static TradingPair PairOf(string field, string text, int priority = 0, bool isEnabled = true)
    {
        try
        {
            return TradingPair.Parse(text, priority, isEnabled);
        }
        catch (PortfolioInputException wrong)
        {
            throw new InputException(wrong.Field == "pair" ? field : wrong.Field, wrong.Value, wrong.Allowed);
        }
    }

    /// <summary>Adds pairs to an account.</summary>
    /// <exception cref="InputException">One is there the other way around.</exception>
    public static void Add(PortfolioStore store, string field, IReadOnlyList<TradingPair> pairs)
    {
        try
        {
            store.Add(pairs);
        }
        catch (PortfolioInputException wrong)
        {
            throw new InputException(field, wrong.Value, wrong.Allowed);
        }
    }
}
