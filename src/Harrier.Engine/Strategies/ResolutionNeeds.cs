using System.Reflection;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;

namespace Harrier.Engine.Strategies;

/// <summary>Finds out how finely a strategy has to hear of the market: by the handlers that its class has, and by the features that it asks for when it starts.</summary>
public static class ResolutionNeeds
{
    /// <summary>The least that a strategy needs to decide at all.</summary>
    /// <param name="strategy">The strategy with its parameters; another instance of it is started on a market that does not exist.</param>
    public static MarketResolution Of(ConfiguredStrategy strategy)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        MarketResolution handled = Handles(strategy.Descriptor.Type, "OnBook") || Handles(strategy.Descriptor.Type, "OnDensity") ? MarketResolution.Book
            : Handles(strategy.Descriptor.Type, "OnTrade") ? MarketResolution.Ticks
            : MarketResolution.Bars;
        return handled == MarketResolution.Book ? handled : (MarketResolution)Math.Max((int)handled, (int)OfFeatures(strategy));
    }

    private static bool Handles(Type strategy, string handler) => strategy
        .GetMethods(BindingFlags.Instance | BindingFlags.NonPublic)
        .Any(method => method.Name == handler && method.DeclaringType != typeof(Strategy));

    private static MarketResolution OfFeatures(ConfiguredStrategy strategy)
    {
        Instrument nowhere = new(new InstrumentId(0), new InstrumentDefinition
        {
            Venue = new VenueId("nowhere"),
            Symbol = "BASEQUOTE",
            Base = new Asset("BASE"),
            Quote = new Asset("QUOTE"),
            Kind = InstrumentKind.LinearPerpetual,
            TickSize = 0.01m,
            LotSize = 0.0001m,
        });
        TradingEngine engine = new(
            new EngineOptions
            {
                Account = new AccountId("nobody"),
                Run = 1,
                Instruments = [nowhere],
                Numeraire = nowhere.Quote,
                Bots = [new BotDefinition { Strategy = strategy.CreateAnother(), Instruments = [nowhere.Id] }],
            },
            new EngineSurroundings(new NoVenue()));
        return engine.Features.Resolution;
    }

    // Nothing is sent before the first input, and there is none.
    private sealed class NoVenue : IVenue
    {
        public void Submit(ApprovedOrder order) => throw new InvalidOperationException("a strategy sent an order before anything happened");

        public void Cancel(ClientOrderId order) => throw new InvalidOperationException("a strategy canceled an order before anything happened");
    }
}
