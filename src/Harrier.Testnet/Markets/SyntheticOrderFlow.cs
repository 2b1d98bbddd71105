using Harrier.Simulation.Randomness;
using Harrier.Simulation.Synthetic;
using Harrier.Testnet.Core;
using Microsoft.Extensions.Logging;

namespace Harrier.Testnet.Markets;

/// <summary>
/// Makes the markets of one or several cores live: a seeded order flow per instrument around latent prices that spot and contracts of the same
/// symbol share. Without users' orders the trades are a function of seed, listings and number of steps alone, whatever the clock does.
/// </summary>
public sealed partial class SyntheticOrderFlow : IMarketDriver
{
    /// <summary>Parts of a step; instruments are spread over them, so that no part holds the gate for long.</summary>
    private const int Phases = 10;

    // Steps run at the start, so that the first client finds a full book.
    private const int StepsBeforeStart = 30;
    private const int FlowPurpose = 0x466C_6F77;
    private static readonly TimeSpan PhaseLength = LatentMarket.StepLength / Phases;
    private readonly TimeProvider _time;
    private readonly ILogger? _logger;
    private readonly LatentMarket _latent;
    private readonly PriceShift[] _shifts;
    private readonly LivelyScenario? _scenario;
    private readonly List<SymbolFlow> _flows = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>A market whose books are still empty.</summary>
    /// <param name="cores">The cores to trade on; start prices are the last prices of their instruments where these are known.</param>
    /// <param name="options">What the market is made of.</param>
    /// <param name="time">Clock of <see cref="Start"/>.</param>
    /// <param name="logger">Hears of failures and lost time.</param>
    public SyntheticOrderFlow(IReadOnlyList<ExchangeCore> cores, SyntheticOrderFlowOptions options, TimeProvider time, ILogger? logger = null)
    {
        _time = time;
        _logger = logger;
        Dictionary<string, int> indices = [];
        List<SyntheticSymbol> symbols = [];
        foreach (ListedInstrument instrument in cores.SelectMany(core => core.Listings))
        {
            if (indices.TryAdd(instrument.Symbol, symbols.Count))
            {
                symbols.Add(MarketHistory.Describe(instrument, options));
            }
        }

        _latent = new LatentMarket(options.Seed, symbols, cores[0].Now);
        _shifts = [.. symbols.Select(_ => new PriceShift())];
        _scenario = options.Scenario == MarketScenario.Lively ? new LivelyScenario(_shifts, options.Seed) : null;
        for (int i = 0; i < cores.Count; i++)
        {
            // Two markets of a kind differ in their order flow.
            Add(cores[i], indices, symbols, options with { Seed = options.Seed + cores.Take(i).Count(c => c.Kind == cores[i].Kind) });
        }
    }

    /// <inheritdoc/>
    public bool IsPaused { get; set; }

    /// <summary>Steps of 100 ms done so far.</summary>
    public long StepCount { get; private set; }

    /// <summary>What ended the market before its time; null while it lives.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Does everything that happens in 100 ms at once; <see cref="Start"/> does it by the clock.</summary>
    public void Step()
    {
        for (int phase = 0; phase < Phases; phase++)
        {
            Step(phase);
        }
    }

    /// <inheritdoc/>
    public void Start()
    {
        for (int i = 0; i < StepsBeforeStart; i++)
        {
            Step();
        }

        _running = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    /// <summary>The flows of a symbol, or all of them.</summary>
    /// <param name="symbol">Null for all.</param>
    internal IEnumerable<SymbolFlow> Flows(string? symbol) => _flows.Where(flow => symbol is null || flow.Instrument.Symbol == symbol);

    /// <summary>The latent price of a flow without what operators did to it.</summary>
    internal double LatentPrice(SymbolFlow flow) => _latent.Price(flow.LatentIndex);

    private void Add(ExchangeCore core, Dictionary<string, int> indices, List<SyntheticSymbol> symbols, SyntheticOrderFlowOptions options)
    {
        (ExchangeAccount Maker, ExchangeAccount Taker) house;
        SymbolFlow[] flows = new SymbolFlow[core.Listings.Count];
        lock (core.Gate)
        {
            house = (core.OpenAccount(new AccountTerms { Name = "house-maker", IsHouse = true }), core.OpenAccount(new AccountTerms { Name = "house-taker", IsHouse = true }));
            for (int i = 0; i < flows.Length; i++)
            {
                ListedInstrument instrument = core.Listings[i];
                int index = indices[instrument.Symbol];
                RandomStream random = new(options.Seed, FlowPurpose + (index * 4) + (int)instrument.Kind);
                flows[i] = new SymbolFlow(core, instrument, house, symbols[index], new SymbolFlowTerms(index, _shifts[index], options.Flow, random));
            }

            core.Subscribe(new Ear(flows));
        }

        _flows.AddRange(flows);
    }

    private void Step(int phase)
    {
        if (phase == 0)
        {
            _latent.Advance();
            _scenario?.Advance(StepCount);
            foreach (PriceShift shift in _shifts)
            {
                shift.Advance();
            }

            StepCount++;
        }

        for (int i = phase; i < _flows.Count; i += Phases)
        {
            SymbolFlow flow = _flows[i];
            lock (flow.Core.Gate)
            {
                flow.Step(_latent);
            }
        }
    }

    private async Task RunAsync()
    {
        try
        {
            using PeriodicTimer timer = new(PhaseLength, _time);
            long begin = _time.GetTimestamp();
            long done = 0;
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                long due = (long)(_time.GetElapsedTime(begin) / PhaseLength);
                if (due - done > 10 * Phases)
                {
                    // A machine that slept or was too busy for a second: the market goes on from now, it does not catch up.
                    LostTime(due - done);
                    done = due - Phases;
                }

                for (; done < due; done++)
                {
                    if (!IsPaused)
                    {
                        Step((int)(done % Phases));
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed: the books stay as they are.
        }
        catch (Exception fault)
        {
            Fault = fault;
            Failed(fault);
        }
    }

    private void LostTime(long phases)
    {
        if (_logger is not null)
        {
            LogLostTime(_logger, phases * PhaseLength.TotalMilliseconds);
        }
    }

    private void Failed(Exception fault)
    {
        if (_logger is not null)
        {
            LogFailed(_logger, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "synthetic market was {Milliseconds} ms late and goes on without catching up")]
    private static partial void LogLostTime(ILogger logger, double milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "synthetic market stopped")]
    private static partial void LogFailed(ILogger logger, Exception fault);

    private sealed class Ear(SymbolFlow[] flows) : IExchangeListener
    {
        public void OnTrade(ListedInstrument instrument, PublicTrade trade) => flows[instrument.Index].OnTrade(trade.Price);

        public void OnListing(ListedInstrument instrument) => flows[instrument.Index].OnListing();
    }
}
