using System.Globalization;
using System.Text.Json;
using Harrier.Hosting.Control;

namespace Harrier.Hosting.Portfolio;

/// <summary>Decisions in words and as JSON.</summary>
public static class PortfolioText
{
    /// <summary>One line.</summary>
    public static string Of(PortfolioDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        string end = decision.Result is { } result ? $": {result}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"decision {decision.Number} {PortfolioDecision.WordOf(decision.Status)} {(decision.IsBuy ? "BUY" : "SELL")} {decision.From} -> {decision.To}, confidence {decision.Figures.Confidence:0.00}, risk {decision.Figures.Risk:0.00}{end}");
    }

    /// <summary>The members of a decision.</summary>
    public static void Write(Utf8JsonWriter json, PortfolioDecision decision)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(decision);
        json.WriteString("bot", decision.Bot);
        json.WriteNumber("number", decision.Number);
        json.WriteString("status", PortfolioDecision.WordOf(decision.Status));
        json.WriteString("decision", decision.IsBuy ? "BUY" : "SELL");
        json.WriteString("from", decision.From.Asset.Code);
        json.WriteString("to", decision.To.Asset.Code);
        StatusJson.Number(json, "amount", decision.From.Amount);
        StatusJson.Number(json, "received", decision.Status == DecisionStatus.Executed ? decision.To.Amount : null);
        json.WriteNumber("confidence", decision.Figures.Confidence);
        json.WriteNumber("risk", decision.Figures.Risk);
        json.WriteNumber("volatility", decision.Figures.Volatility);
        json.WriteNumber("expected_return", decision.Figures.ExpectedReturn);
        json.WriteString("reason", decision.Reason);
        json.WriteString("result", decision.Result);
    }
}
