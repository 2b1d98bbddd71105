using System.Buffers;
using System.Security.Cryptography;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Accounts;

namespace Harrier.Hosting.Portfolio;

/// <summary>What an input came to.</summary>
public sealed record PortfolioStep
{
    /// <summary>Nothing to do.</summary>
    public static PortfolioStep None { get; } = new();

    /// <summary>The decision that was made or changed; null for none.</summary>
    public PortfolioDecision? Decision { get; init; }

    /// <summary>What may be committed now, once.</summary>
    public ApprovedConversion? Approved { get; init; }

    /// <summary>The decision that follows at once, on the way of the one that was executed.</summary>
    public PortfolioDecision? Onward { get; init; }

    /// <summary>Money that came or went outside, as it was booked.</summary>
    public IReadOnlyList<Money> Moved { get; init; } = [];

    /// <summary>What the bot saw; null when it did not look.</summary>
    public PortfolioLook? Look { get; init; }
}

/// <summary>
/// A portfolio account: nothing but its inputs. It decides, asks the risk gate, books; it calls nobody and knows no clock. The same inputs give the same decisions and the same
/// state, byte for byte: that is how it recovers, and how it is proved.
/// </summary>
public sealed class PortfolioAccount
{
    private const int StateMagic = 0x54525048;
    // Up to 1 decisions did not say what stays where a route breaks off.
    private const int StateVersion = 2;
    private const int FirstVersion = 1;

    private readonly SortedDictionary<string, PortfolioBot> _bots = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, PortfolioDecision> _pending = [];
    private readonly ConversionBooks _books;
    private IReadOnlyList<TradingPair> _pairs = [];
    private Timestamp _now;
    private int _version = StateVersion;

    /// <summary>An account before its first input.</summary>
    public PortfolioAccount(PortfolioTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Terms = terms;
        _books = new ConversionBooks(terms);
    }

    /// <summary>What it is.</summary>
    public PortfolioTerms Terms { get; private set; }

    /// <summary>Time of the last input.</summary>
    public Timestamp Now => _now;

    /// <summary>Number of the last decision.</summary>
    public long LastNumber { get; private set; }

    /// <summary>Decisions whose end is not known, oldest first.</summary>
    public IReadOnlyCollection<PortfolioDecision> Pending => _pending.Values;

    /// <summary>Conversions that may have moved money; each has to be asked for.</summary>
    public IReadOnlyList<OpenConversion> Open => _books.Open;

    /// <summary>True while the operator lets nothing grow.</summary>
    public bool IsHalted => _books.IsHalted;

    /// <summary>Worth of everything, in the numeraire.</summary>
    public decimal Equity => _books.Equity;

    /// <summary>All pairs.</summary>
    public IReadOnlyList<TradingPair> Pairs => _pairs;

    /// <summary>Names and settings of the bots.</summary>
    public IReadOnlyList<ConfiguredBot> Bots => [.. _bots.Values.Select(static bot => new ConfiguredBot(bot.Name, bot.Settings))];

    /// <summary>The pairs that a bot's next look concerns.</summary>
    public IReadOnlyList<TradingPair> DuePairs(string bot) => _bots[bot].Optimizer.DuePairs;

    /// <summary>What is owned of an asset, what is held back included.</summary>
    public decimal OwnedOf(Asset asset) => _books.OwnedOf(asset);

    /// <summary>Assets with books.</summary>
    public IReadOnlyList<Asset> Assets => [Terms.Numeraire, .. _books.Assets];

    /// <summary>Limits and refusals of the gate; null before the first asset.</summary>
    internal RiskGate? Gate => _books.Engine?.Risk;

    /// <summary>Handles an input, which is journaled before.</summary>
    public PortfolioStep Handle(PortfolioInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Invariant.That(input.Time >= _now, "inputs of a portfolio account are in order of time");
        _now = input.Time;
        return input switch
        {
            PortfolioConfigured configured => Configure(configured),
            PortfolioObserved observed => Observe(observed),
            QuoteReceived quoted => Judge(quoted),
            QuoteFailed failed => Fail(failed.Decision, failed.Why),
            CommitEnded ended => End(ended),
            PortfolioOrdered ordered => Order(ordered),
            PortfolioRetermed retermed => Become(retermed.Terms),
            _ => throw new ArgumentOutOfRangeException(nameof(input), input.GetType().Name, "an input of a portfolio account"),
        };
    }

    /// <summary>The whole state; the same state gives the same bytes.</summary>
    public byte[] Save()
    {
        ArrayBufferWriter<byte> buffer = new(4096);
        StateWriter writer = new(buffer);
        writer.Write(StateMagic);
        writer.Write(_version);
        Terms.Write(ref writer);
        writer.Write(_now);
        writer.Write(LastNumber);
        PortfolioInputFormat.WriteConfigured(ref writer, new PortfolioConfigured(_now, Bots, _pairs));
        foreach (PortfolioBot bot in _bots.Values)
        {
            writer.Write(bot.Optimizer);
        }

        writer.Write(_pending.Count);
        foreach (PortfolioDecision decision in _pending.Values)
        {
            DecisionFormat.Write(ref writer, decision);
        }

        _books.Save(ref writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An account that continues from a saved state.</summary>
    /// <exception cref="InvalidDataException">The state is damaged, or of another version.</exception>
    public static PortfolioAccount Restore(ReadOnlySpan<byte> state)
    {
        StateReader reader = new(state);
        int version = VersionOf(state);
        if (reader.ReadInt32() != StateMagic || reader.ReadInt32() != version || version is < FirstVersion or > StateVersion)
        {
            throw new InvalidDataException($"this is not a state of a portfolio account of version {FirstVersion} to {StateVersion}");
        }

        PortfolioAccount account = new(PortfolioTerms.Read(ref reader)) { _version = version, _now = reader.ReadTimestamp(), LastNumber = reader.ReadInt64() };
        PortfolioConfigured configured = PortfolioInputFormat.ReadConfigured(ref reader, account._now);
        account._pairs = configured.Pairs;
        foreach (ConfiguredBot bot in configured.Bots.OrderBy(static one => one.Name, StringComparer.Ordinal))
        {
            PortfolioBot carried = new(bot.Name, bot.Settings, new PortfolioOptimizer(bot.Settings.ToDecisions(account.Terms), configured.Pairs));
            reader.Read(carried.Optimizer);
            account._bots.Add(bot.Name, carried);
        }

        int pending = reader.ReadCount();
        for (int i = 0; i < pending; i++)
        {
            PortfolioDecision decision = DecisionFormat.Read(ref reader);
            account._pending.Add(decision.Number, decision);
        }

        account._books.Restore(ref reader);
        return reader.Remaining == 0 ? account : throw new InvalidDataException($"{reader.Remaining} bytes of a state are left over");
    }

    /// <summary>The version of a saved state; 0 where it is none.</summary>
    internal static int VersionOf(ReadOnlySpan<byte> state)
    {
        StateReader reader = new(state);
        return state.Length >= 2 * sizeof(int) && reader.ReadInt32() == StateMagic ? reader.ReadInt32() : 0;
    }

    /// <summary>Leaves behind what an earlier version did otherwise; only where a new segment begins, which is replayed by the rules that it begins with.</summary>
    internal void Renew() => _version = StateVersion;

    /// <summary>Digest of the whole state, in lower-case hexadecimal.</summary>
    public string StateHash() => Convert.ToHexStringLower(SHA256.HashData(Save()));

    private PortfolioStep Configure(PortfolioConfigured configured)
    {
        _pairs = configured.Pairs;
        _books.Know(_pairs.SelectMany(static pair => (Asset[])[pair.Base, pair.Quote]));
        SortedDictionary<string, PortfolioBot> before = new(_bots, StringComparer.Ordinal);
        _bots.Clear();
        foreach (ConfiguredBot bot in configured.Bots)
        {
            PortfolioBotSettings decisions = bot.Settings.ToDecisions(Terms);
            PortfolioOptimizer optimizer = before.GetValueOrDefault(bot.Name)?.Optimizer ?? new PortfolioOptimizer(decisions, _pairs);
            optimizer.Configure(decisions, _pairs);
            _bots.Add(bot.Name, new PortfolioBot(bot.Name, bot.Settings, optimizer));
        }

        return PortfolioStep.None;
    }

    private PortfolioStep Become(PortfolioTerms terms)
    {
        Terms = terms;
        _books.Become(terms);
        return Configure(new PortfolioConfigured(_now, Bots, _pairs));
    }

    private PortfolioStep Observe(PortfolioObserved observed)
    {
        _books.Mark(_now, observed.Rates);
        IReadOnlyList<Money> moved = _books.Settle(_now, observed.Holdings);
        PortfolioBot bot = _bots[observed.Bot];
        PairQuote[] quotes = [.. observed.Rates.Where(static rate => rate.Bid > 0 && rate.Ask >= rate.Bid).Select(static rate => new PairQuote(rate.Base, rate.Quote, rate.Bid, rate.Ask, rate.Time))];
        PortfolioLook look = bot.Optimizer.Look(new PortfolioMoment(_now, quotes, [.. Assets.Where(IsAtHand).Select(asset => new Money(_books.FreeOf(asset), asset)).Where(static free => free.Amount > 0)]));
        PortfolioStep step = new() { Moved = moved, Look = look };
        TradeOpportunity? best = look.Opportunities.FirstOrDefault(one => one.Passes && one.Route.Legs.All(leg => IsAtHand(leg.From) && IsAtHand(leg.To)));
        if (best is null || IsHalted || !bot.Settings.IsActive)
        {
            return step;
        }

        return step with { Decision = Remember(Decide(bot, best)) };
    }

    // Of what may be moving nobody knows how much there is.
    private bool IsAtHand(Asset asset) => _pending.Values.All(decision => decision.From.Asset != asset && decision.To.Asset != asset);

    private PortfolioDecision Decide(PortfolioBot bot, TradeOpportunity chosen)
    {
        RouteLeg first = chosen.Route.Legs[0];
        int decimals = Terms.Decimals.GetValueOrDefault(first.To, 8);
        return new PortfolioDecision
        {
            Number = ++LastNumber,
            Bot = bot.Name,
            CreatedAt = _now,
            From = chosen.From,
            To = new Money(decimal.Round(chosen.From.Amount * first.Rate, decimals, MidpointRounding.ToZero), first.To),
            IsBuy = chosen.Direction == TradeDirection.Buy,
            FromPrice = chosen.FromPrice,
            ToPrice = chosen.ToPrice,
            Figures = new DecisionFigures(chosen.Confidence, chosen.Risk, chosen.Volatility, chosen.ExpectedReturn),
            Reason = chosen.Reason,
            MaxSlippage = bot.Settings.MaxSlippage,
            Onward = [.. chosen.Route.Legs.Skip(1).Select(static leg => (leg.To, leg.Rate))],
            Status = bot.Settings.IsDryRun ? DecisionStatus.DryRun : DecisionStatus.Pending,
            Result = bot.Settings.IsDryRun ? "nothing was to be sent" : null,
            EndedAt = bot.Settings.IsDryRun ? _now : null,
        };
    }

    private PortfolioDecision Remember(PortfolioDecision decision)
    {
        if (decision.Status == DecisionStatus.Pending)
        {
            _pending[decision.Number] = decision;
        }

        return decision;
    }

    private PortfolioStep Judge(QuoteReceived quoted)
    {
        if (!_pending.TryGetValue(quoted.Decision, out PortfolioDecision? decision) || decision.Transaction is not null)
        {
            return PortfolioStep.None;
        }

        ConversionQuote quote = quoted.Quote;
        decimal least = decision.ExpectedRate * (1 - decision.MaxSlippage);
        if (quote.From.Asset != decision.From.Asset || quote.From.Amount > decision.From.Amount || quote.To.Asset != decision.To.Asset)
        {
            return Fail(decision.Number, $"the quote is for {quote.From} into {quote.To.Asset}");
        }

        if (quote.EffectiveRate < least)
        {
            return Fail(decision.Number, FormattableString.Invariant($"the price moved: the quote brings {quote.To}, the least was {decimal.Round(least * quote.From.Amount, 8)}"));
        }

        ConversionDecision gate = _books.Request(quote, _now);
        if (gate.Approved is null)
        {
            return Fail(decision.Number, "refused by the risk gate: " + RiskWords.Of(gate.Denied));
        }

        return new PortfolioStep { Approved = gate.Approved, Decision = Remember(decision with { Transaction = quote.Id }) };
    }

    private PortfolioStep Fail(long number, string why)
    {
        if (!_pending.TryGetValue(number, out PortfolioDecision? decision))
        {
            return PortfolioStep.None;
        }

        _pending.Remove(number);
        string stays = _version > FirstVersion && decision.IsLaterStep ? $"; {decision.From} stay where the step before has brought them, for the next looks to use" : "";
        return new PortfolioStep { Decision = decision with { Status = DecisionStatus.Failed, Result = why + stays, EndedAt = _now } };
    }

    private PortfolioStep End(CommitEnded ended)
    {
        if (!_pending.TryGetValue(ended.Decision, out PortfolioDecision? decision) || decision.Transaction is not { } transaction)
        {
            return PortfolioStep.None;
        }

        switch (ended.Outcome)
        {
            case ConversionOutcome.NotDone:
                _books.End(transaction, null, _now);
                return Fail(decision.Number, ended.Why);
            case ConversionOutcome.Done when ended.Settled is { } settled:
                _books.End(transaction, settled, _now);
                _pending.Remove(decision.Number);
                PortfolioDecision done = decision with { Status = DecisionStatus.Executed, Result = ended.Why, EndedAt = _now, From = settled.From, To = settled.To };
                PortfolioDecision? onward = Onward(done);
                bool breaksOff = _version > FirstVersion && onward is null && done.Onward is [_, ..];
                return new PortfolioStep { Decision = breaksOff ? done with { Result = $"{done.Result}; the way on to {done.Onward[^1].Asset} is not taken{(IsHalted ? " while the account is halted" : "")}: {done.To} stay, for the next looks to use" } : done, Onward = onward };
            default:
                return new PortfolioStep { Decision = Remember(decision with { Result = ended.Why }) };
        }
    }

    private PortfolioDecision? Onward(PortfolioDecision done)
    {
        if (done.Onward is not [var next, ..] || IsHalted)
        {
            return null;
        }

        decimal amount = decimal.Round(done.To.Amount, Terms.Decimals.GetValueOrDefault(done.To.Asset, 8), MidpointRounding.ToZero);
        return amount <= 0 ? null : Remember(done with
        {
            Number = ++LastNumber,
            CreatedAt = _now,
            From = new Money(amount, done.To.Asset),
            To = new Money(amount * next.Rate, next.Asset),
            Reason = FormattableString.Invariant($"{PortfolioDecision.LaterStep}{done.Number}: {done.Reason}"),
            Onward = [.. done.Onward.Skip(1)],
            Status = DecisionStatus.Pending,
            Result = null,
            Transaction = null,
            EndedAt = null,
        });
    }

    private PortfolioStep Order(PortfolioOrdered ordered)
    {
        _books.Order(ordered);
        return PortfolioStep.None;
    }

    private sealed record PortfolioBot(string Name, PortfolioSettings Settings, PortfolioOptimizer Optimizer);
}
