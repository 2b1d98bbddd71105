using Harrier.Domain;

namespace Harrier.Engine.Portfolio;

/// <summary>
/// Outcomes of an account's planned entries by setup and by what agreed on them, kept up with each position that ends and saved with the account: unlike the list of round trips they
/// go on after a restart. Positions without a plan are in none.
/// </summary>
public sealed class OutcomeBook : IStateful
{
    private const string Nothing = "none";

    // Sorted, so that neither what is shown nor what is saved depends on a hash.
    private readonly SortedDictionary<string, Outcome> _bySetup = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Outcome> _byConfluence = new(StringComparer.Ordinal);

    /// <summary>By setup, in the order of the names.</summary>
    public IReadOnlyCollection<Outcome> BySetup => _bySetup.Values;

    /// <summary>By what agreed on the entry, in the order of the names.</summary>
    public IReadOnlyCollection<Outcome> ByConfluence => _byConfluence.Values;

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        Save(ref writer, _bySetup);
        Save(ref writer, _byConfluence);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        Restore(ref reader, _bySetup);
        Restore(ref reader, _byConfluence);
    }

    internal void Add(RoundTrip trade)
    {
        if (trade.Setup is { } setup)
        {
            Add(_bySetup, setup, trade);
        }

        if (trade.Confluence is { } confluence)
        {
            Add(_byConfluence, confluence.Length == 0 ? Nothing : confluence, trade);
        }
    }

    private static void Add(SortedDictionary<string, Outcome> outcomes, string name, RoundTrip trade)
    {
        if (!outcomes.TryGetValue(name, out Outcome? outcome))
        {
            outcomes[name] = outcome = new Outcome(name);
        }

        outcome.Add(trade);
    }

    private static void Save(ref StateWriter writer, SortedDictionary<string, Outcome> outcomes)
    {
        writer.Write(outcomes.Count);
        foreach (Outcome outcome in outcomes.Values)
        {
            writer.Write(outcome.Name);
            writer.Write(outcome);
        }
    }

    private static void Restore(ref StateReader reader, SortedDictionary<string, Outcome> outcomes)
    {
        outcomes.Clear();
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            Outcome outcome = new(reader.ReadString());
            reader.Read(outcome);
            outcomes.Add(outcome.Name, outcome);
        }
    }
}
