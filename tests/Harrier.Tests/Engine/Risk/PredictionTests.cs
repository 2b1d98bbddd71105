using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Features;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Risk;

/// <summary>A model's strong opinion of the opposite refuses an entry, a weaker one does not, and an exit is never asked about.</summary>
public sealed class PredictionTests
{
    private static readonly (decimal, decimal, decimal, decimal, double) Bar = (100, 100, 100, 100, 1e6);

    [Theory]
    [InlineData(Recommendation.StrongSell, OrderSide.Buy, false)]
    [InlineData(Recommendation.Sell, OrderSide.Buy, true)]
    [InlineData(Recommendation.None, OrderSide.Buy, true)]
    [InlineData(Recommendation.StrongBuy, OrderSide.Buy, true)]
    [InlineData(Recommendation.StrongBuy, OrderSide.Sell, false)]
    [InlineData(Recommendation.Buy, OrderSide.Sell, true)]
    [InlineData(Recommendation.StrongSell, OrderSide.Sell, true)]
    public void Entry_IsRefusedByAStrongOpinionOfTheOppositeOnly(Recommendation opinion, OrderSide side, bool passes)
    {
        BacktestScenario run = new() { Kind = InstrumentKind.LinearPerpetual, Predictor = new Opinion { Says = opinion } };
        BacktestScenario.Script strategy = new((_, _) => { });
        run.Prepare([Bar, Bar], strategy);
        run.Loop.Play(1);

        (strategy.Order(side, 1) is not null).ShouldBe(passes);

        run.Engine.Denials.ByReason.ShouldBe(passes ? [] : [KeyValuePair.Create(DenyRule.Prediction, 1)]);
        GateReading gate = run.Engine.Risk.Explain(new BotId(0), run.Engine.EntryOf(new BotId(0), side), []).Single(static one => one.Rule == DenyRule.Prediction);
        (gate.Passes, gate.Limit).ShouldBe((passes, 1));
    }

    [Fact]
    public void Exit_PassesWhateverTheModelThinks()
    {
        Opinion model = new();
        BacktestScenario run = new() { Kind = InstrumentKind.LinearPerpetual, Predictor = model };
        BacktestScenario.Script strategy = new((s, i) =>
        {
            if (i == 0)
            {
                s.Order(OrderSide.Buy, 2);
            }
        });
        run.Prepare([Bar, Bar, Bar, Bar], strategy);
        run.Loop.Play(2);
        model.Says = Recommendation.StrongBuy;

        strategy.Order(OrderSide.Sell, 2).ShouldNotBeNull();
    }

    [Fact]
    public void Gate_WithoutAModel_IsNotSet()
    {
        BacktestScenario run = new();
        run.Prepare([Bar, Bar], new BacktestScenario.Script((_, _) => { }));
        run.Loop.Play(1);

        run.Engine.Risk.Explain(new BotId(0), run.Engine.EntryOf(new BotId(0), OrderSide.Buy), []).Single(static one => one.Rule == DenyRule.Prediction).Limit.ShouldBeNull();
    }

    private sealed class Opinion : IPredictor
    {
        public Recommendation Says { get; set; }

        public Recommendation Recommend(InstrumentId instrument, Timestamp now) => Says;
    }
}
