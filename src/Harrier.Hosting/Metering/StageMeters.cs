using System.Diagnostics.Metrics;
using Harrier.Hosting.Accounts;

namespace Harrier.Hosting.Metering;

/// <summary>What the steps of accounts cost, and how old market data is when it gets there.</summary>
internal sealed class StageMeters
{
    private static readonly string[] Names = [.. Enum.GetNames<AccountStage>().Select(static name => name.ToLowerInvariant())];

    private readonly Histogram<double> _stages;
    private readonly Histogram<double> _age;
    private readonly Histogram<double> _orders;

    public StageMeters(Meter meter)
    {
        _stages = meter.CreateHistogram("harrier_engine_stage_seconds", null, "How long a part of an account's step took: orders, feed, bar, heartbeat, publish, save.", null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.00001, .00005, .0001, .0005, .001, .005, .01, .05, .1, .5, 1],
        });
        _age = meter.CreateHistogram("harrier_engine_input_age_seconds", null, "How long a trade waited from the socket to its account.", null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.001, .005, .01, .025, .05, .1, .25, .5, 1, 5],
        });
        _orders = meter.CreateHistogram("harrier_engine_order_seconds", null, "How long an order took from the message of the market that led to it, as it left the socket, to its own request.", null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.00005, .0001, .00015, .0002, .0003, .0005, .001, .002, .005, .01, .05, .1, 1],
        });
    }

    public void Took(string account, AccountStage stage, TimeSpan took) => _stages.Record(took.TotalSeconds, Label.Of(Label.Account, account), Label.Of("stage", Names[(int)stage]));

    public void Left(string account, TimeSpan took) => _orders.Record(Math.Max(0, took.TotalSeconds), Label.Of(Label.Account, account));

    public void Waited(string account, TimeSpan age) => _age.Record(Math.Max(0, age.TotalSeconds), Label.Of(Label.Account, account));
}
