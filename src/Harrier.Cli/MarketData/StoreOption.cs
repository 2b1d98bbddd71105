using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Storage.Market;

namespace Harrier.Cli.MarketData;

/// <summary>The options <c>--store</c> and <c>--home</c>, the same for every verb that uses the market data store.</summary>
internal sealed class StoreOption
{
    private readonly Option<string?> _store = new("--store") { Description = "folder of the market data [HOME/data]", HelpName = "DIR" };
    private readonly Option<string?> _home = new("--home") { Description = "folder of all state [.harrier]", HelpName = "DIR" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Options.Add(_store);
        verb.Options.Add(_home);
    }

    /// <summary>The folder of the store.</summary>
    /// <exception cref="InputException">The path is none of a folder.</exception>
    public string Folder(ParseResult parsed) => parsed.GetValue(_store) is { } store
        ? OutputFolder.Check("--store", store)
        : Path.Combine(OutputFolder.Check("--home", parsed.GetValue(_home) ?? ".harrier"), "data");

    /// <summary>Opens the store.</summary>
    /// <exception cref="InputException">The path is none of a folder.</exception>
    public MarketStore Open(ParseResult parsed, StoreOptions? options = null) => MarketStore.Open(Folder(parsed), options);
}
