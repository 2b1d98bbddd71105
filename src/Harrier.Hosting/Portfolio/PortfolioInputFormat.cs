using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Features.Portfolio;

namespace Harrier.Hosting.Portfolio;

/// <summary>Inputs as the journal holds them: the type of the record, and its bytes.</summary>
internal static class PortfolioInputFormat
{
    private const byte Configured = 1;
    private const byte Observed = 2;
    private const byte Quoted = 3;
    private const byte Unquoted = 4;
    private const byte Ended = 5;
    private const byte Ordered = 6;
    private const byte Retermed = 7;

    /// <summary>A decision as it stands after an input: no input, but what must come out again.</summary>
    public const byte Decision = 65;

    /// <summary>Writes an input.</summary>
    /// <returns>Its type.</returns>
    public static byte Write(ref StateWriter writer, PortfolioInput input)
    {
        writer.Write(input.Time);
        switch (input)
        {
            case PortfolioConfigured configured:
                WriteConfigured(ref writer, configured);
                return Configured;
            case PortfolioObserved observed:
                WriteObserved(ref writer, observed);
                return Observed;
            case QuoteReceived quoted:
                writer.Write(quoted.Decision);
                QuoteFormat.Write(ref writer, quoted.Quote);
                return Quoted;
            case QuoteFailed failed:
                writer.Write(failed.Decision);
                writer.Write(failed.Why);
                return Unquoted;
            case CommitEnded ended:
                writer.Write(ended.Decision);
                writer.Write((byte)ended.Outcome);
                writer.Write(ended.Why);
                QuoteFormat.WriteOptional(ref writer, ended.Settled);
                return Ended;
            case PortfolioOrdered ordered:
                writer.Write(ordered.IsHalt);
                writer.Write(ordered.By);
                writer.Write(ordered.Reason);
                return Ordered;
            case PortfolioRetermed retermed:
                retermed.Terms.Write(ref writer);
                return Retermed;
            default:
                throw new ArgumentOutOfRangeException(nameof(input), input.GetType().Name, "an input of a portfolio account");
        }
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">The type is not known, or bytes are left over.</exception>
    public static PortfolioInput Read(byte type, ReadOnlySpan<byte> payload)
    {
        StateReader reader = new(payload);
        Timestamp time = reader.ReadTimestamp();
        PortfolioInput input = type switch
        {
            Configured => ReadConfigured(ref reader, time),
            Observed => ReadObserved(ref reader, time),
            Quoted => new QuoteReceived(time, reader.ReadInt64(), QuoteFormat.Read(ref reader)),
            Unquoted => new QuoteFailed(time, reader.ReadInt64(), reader.ReadString()),
            Ended => ReadEnded(ref reader, time),
            Ordered => new PortfolioOrdered(time, reader.ReadBoolean(), reader.ReadString(), reader.ReadString()),
            Retermed => new PortfolioRetermed(time, PortfolioTerms.Read(ref reader)),
            _ => throw new InvalidDataException($"a record of the unknown type {type}"),
        };
        return reader.Remaining == 0 ? input : throw new InvalidDataException($"{reader.Remaining} bytes of a record of type {type} are left over");
    }

    private static CommitEnded ReadEnded(ref StateReader reader, Timestamp time)
    {
        long decision = reader.ReadInt64();
        ConversionOutcome outcome = (ConversionOutcome)reader.ReadByte();
        string why = reader.ReadString();
        return new CommitEnded(time, decision, outcome, QuoteFormat.ReadOptional(ref reader), why);
    }

    internal static void WriteConfigured(ref StateWriter writer, PortfolioConfigured configured)
    {
        writer.Write(configured.Bots.Count);
        foreach (ConfiguredBot bot in configured.Bots)
        {
            writer.Write(bot.Name);
            writer.Write(bot.Settings.ToText());
        }

        writer.Write(configured.Pairs.Count);
        foreach (TradingPair pair in configured.Pairs)
        {
            writer.Write(pair.Base.Code);
            writer.Write(pair.Quote.Code);
            writer.Write(pair.Priority);
            writer.Write(pair.IsEnabled);
        }
    }

    internal static PortfolioConfigured ReadConfigured(ref StateReader reader, Timestamp time)
    {
        ConfiguredBot[] bots = new ConfiguredBot[reader.ReadCount()];
        for (int i = 0; i < bots.Length; i++)
        {
            string name = reader.ReadString();
            bots[i] = new ConfiguredBot(name, PortfolioSettings.Parse(reader.ReadString()));
        }

        TradingPair[] pairs = new TradingPair[reader.ReadCount()];
        for (int i = 0; i < pairs.Length; i++)
        {
            Asset priced = new(reader.ReadString());
            Asset quote = new(reader.ReadString());
            int priority = reader.ReadInt32();
            pairs[i] = new TradingPair(priced, quote, priority, reader.ReadBoolean());
        }

        return new PortfolioConfigured(time, bots, pairs);
    }

    private static void WriteObserved(ref StateWriter writer, PortfolioObserved observed)
    {
        writer.Write(observed.Bot);
        writer.Write(observed.Rates.Count);
        foreach (ConversionRate rate in observed.Rates)
        {
            writer.Write(rate.Base.Code);
            writer.Write(rate.Quote.Code);
            writer.Write(rate.Bid);
            writer.Write(rate.Ask);
            writer.Write(rate.Time);
        }

        writer.Write(observed.Holdings.Count);
        foreach (Holding holding in observed.Holdings)
        {
            writer.Write(holding.Total.Asset.Code);
            writer.Write(holding.Total.Amount);
            writer.Write(holding.Available);
        }
    }

    private static PortfolioObserved ReadObserved(ref StateReader reader, Timestamp time)
    {
        string bot = reader.ReadString();
        ConversionRate[] rates = new ConversionRate[reader.ReadCount()];
        for (int i = 0; i < rates.Length; i++)
        {
            Asset priced = new(reader.ReadString());
            Asset quote = new(reader.ReadString());
            decimal bid = reader.ReadDecimal();
            decimal ask = reader.ReadDecimal();
            rates[i] = new ConversionRate(priced, quote, bid, ask, reader.ReadTimestamp());
        }

        Holding[] holdings = new Holding[reader.ReadCount()];
        for (int i = 0; i < holdings.Length; i++)
        {
            Asset asset = new(reader.ReadString());
            decimal total = reader.ReadDecimal();
            holdings[i] = new Holding(new Money(total, asset), reader.ReadDecimal());
        }

        return new PortfolioObserved(time, bot, rates, holdings);
    }
}
