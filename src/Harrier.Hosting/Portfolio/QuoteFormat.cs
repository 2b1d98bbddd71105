using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Hosting.Portfolio;

/// <summary>Quotes and amounts as bytes, every digit kept.</summary>
internal static class QuoteFormat
{
    public static void WriteOptional(ref StateWriter writer, ConversionQuote? quote)
    {
        writer.Write(quote is not null);
        if (quote is not null)
        {
            Write(ref writer, quote);
        }
    }

    public static ConversionQuote? ReadOptional(ref StateReader reader) => reader.ReadBoolean() ? Read(ref reader) : null;

    public static void Write(ref StateWriter writer, ConversionQuote quote)
    {
        WriteId(ref writer, quote.Id);
        ClientOrderId intent = quote.Intent;
        writer.WriteRaw(in intent);
        WriteMoney(ref writer, quote.From);
        WriteMoney(ref writer, quote.To);
        writer.Write(quote.Rate);
        writer.Write(quote.Fees.Count);
        foreach (Money fee in quote.Fees)
        {
            WriteMoney(ref writer, fee);
        }

        writer.Write(quote.Expires);
    }

    public static ConversionQuote Read(ref StateReader reader)
    {
        VenueTradeId id = ReadId(ref reader);
        ClientOrderId intent = reader.ReadRaw<ClientOrderId>();
        Money from = ReadMoney(ref reader);
        Money to = ReadMoney(ref reader);
        decimal rate = reader.ReadDecimal();
        Money[] fees = new Money[reader.ReadCount()];
        for (int i = 0; i < fees.Length; i++)
        {
            fees[i] = ReadMoney(ref reader);
        }

        return new ConversionQuote { Id = id, Intent = intent, From = from, To = to, Rate = rate, Fees = fees, Expires = reader.ReadTimestamp() };
    }

    public static void WriteMoney(ref StateWriter writer, Money money)
    {
        writer.Write(money.Asset.Code);
        writer.Write(money.Amount);
    }

    public static Money ReadMoney(ref StateReader reader)
    {
        Asset asset = new(reader.ReadString());
        return new Money(reader.ReadDecimal(), asset);
    }

    public static void WriteId(ref StateWriter writer, VenueTradeId id)
    {
        writer.Write(unchecked((long)id.High));
        writer.Write(unchecked((long)id.Low));
    }

    public static VenueTradeId ReadId(ref StateReader reader)
    {
        ulong high = unchecked((ulong)reader.ReadInt64());
        return VenueTradeId.FromParts(high, unchecked((ulong)reader.ReadInt64()));
    }
}
