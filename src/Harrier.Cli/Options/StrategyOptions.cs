using System.CommandLine;
using Harrier.Engine.Strategies;
using Harrier.Strategies;

namespace Harrier.Cli.Options;

internal sealed class StrategyOptions
{
    private readonly Option<string?> _key = new("--strategy") { Description = "key of the strategy" };
    private readonly Option<string[]> _parameters = new("--param") { Description = "name=value, repeatable" };

    public void AddTo(Command command)
    {
        command.Add(_key);
        command.Add(_parameters);
    }

    public Func<ConfiguredStrategy> Read(ParseResult parsed)
    {
        StrategyCatalog catalog = new(typeof(MeanReversion).Assembly);
        List<KeyValuePair<string, string>> values = [.. (parsed.GetValue(_parameters) ?? []).Select(p => new KeyValuePair<string, string>(p.Split('=')[0], p.Split('=')[^1]))];
        string key = parsed.GetValue(_key) ?? "MEAN_REVERSION";
        return () => catalog.Create(key, values);
    }
}
