using Harrier.Domain;

namespace Harrier.Hosting.Portfolio;

/// <summary>Decisions as bytes: in the state of an account, and in its journal.</summary>
internal static class DecisionFormat
{
    public static void Write(ref StateWriter writer, PortfolioDecision decision)
    {
        writer.Write(decision.Number);
        writer.Write(decision.Bot);
        writer.Write(decision.CreatedAt);
        QuoteFormat.WriteMoney(ref writer, decision.From);
        QuoteFormat.WriteMoney(ref writer, decision.To);
        writer.Write(decision.IsBuy);
        writer.Write(decision.FromPrice);
        writer.Write(decision.ToPrice);
        writer.Write(decision.Figures.Confidence);
        writer.Write(decision.Figures.Risk);
        writer.Write(decision.Figures.Volatility);
        writer.Write(decision.Figures.ExpectedReturn);
        writer.Write(decision.Reason);
        writer.Write(decision.MaxSlippage);
        writer.Write(decision.Onward.Count);
        foreach ((Asset asset, decimal rate) in decision.Onward)
        {
            writer.Write(asset.Code);
            writer.Write(rate);
        }

        writer.Write((byte)decision.Status);
        writer.Write(decision.Result is not null);
        writer.Write(decision.Result ?? "");
        writer.Write(decision.Transaction is not null);
        QuoteFormat.WriteId(ref writer, decision.Transaction ?? default);
        writer.Write(decision.EndedAt is not null);
        writer.Write(decision.EndedAt ?? default);
    }

    public static PortfolioDecision Read(ref StateReader reader)
    {
        PortfolioDecision decision = new()
        {
            Number = reader.ReadInt64(),
            Bot = reader.ReadString(),
            CreatedAt = reader.ReadTimestamp(),
            From = QuoteFormat.ReadMoney(ref reader),
            To = QuoteFormat.ReadMoney(ref reader),
            IsBuy = reader.ReadBoolean(),
            FromPrice = reader.ReadDecimal(),
            ToPrice = reader.ReadDecimal(),
            Figures = new DecisionFigures(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()),
            Reason = reader.ReadString(),
            MaxSlippage = reader.ReadDecimal(),
        };
        (Asset, decimal)[] onward = new (Asset, decimal)[reader.ReadCount()];
        for (int i = 0; i < onward.Length; i++)
        {
            Asset asset = new(reader.ReadString());
            onward[i] = (asset, reader.ReadDecimal());
        }

        decision = decision with { Onward = onward, Status = (DecisionStatus)reader.ReadByte() };
        bool hasResult = reader.ReadBoolean();
        string result = reader.ReadString();
        bool hasTransaction = reader.ReadBoolean();
        VenueTradeId transaction = QuoteFormat.ReadId(ref reader);
        bool hasEnded = reader.ReadBoolean();
        Timestamp endedAt = reader.ReadTimestamp();
        return decision with { Result = hasResult ? result : null, Transaction = hasTransaction ? transaction : null, EndedAt = hasEnded ? endedAt : null };
    }
}
