using System.Globalization;

namespace Harrier.Simulation.Books;

/// <summary>
/// What is assumed of lots that leave a level without trading: how many of them stood ahead of our order. A book added up per price does not tell,
/// so that this is an assumption of every backtest on such books.
/// </summary>
public abstract record QueueModel
{
    /// <summary>
    /// Lots ahead of our order after some of its level were canceled: front' = front - (1 - p) c + min(back - p c, 0), with p the share of the canceled lots c
    /// that stood behind it (after hftbacktest's probability queue models). More than what stands behind cannot have been canceled there.
    /// </summary>
    /// <param name="front">Lots ahead, 0 or more.</param>
    /// <param name="back">Lots behind, 0 or more.</param>
    /// <param name="canceled">Lots that left without a trade, above 0.</param>
    public double AfterCancels(double front, double back, double canceled)
    {
        double behind = front + back > 0 ? ShareBehind(front, back) : 1;
        return Math.Max(0, front - ((1 - behind) * canceled) + Math.Min(back - (behind * canceled), 0));
    }

    /// <summary>The share of canceled lots that is assumed to have stood behind our order, 0 to 1.</summary>
    /// <param name="front">Lots ahead.</param>
    /// <param name="back">Lots behind; one of the two is above 0.</param>
    protected abstract double ShareBehind(double front, double back);
}

/// <summary>All cancellations were behind us as long as they could be: only trades move our order ahead. The most careful assumption.</summary>
public sealed record BackOfQueue : QueueModel
{
    /// <inheritdoc/>
    public override string ToString() => "back of queue: only trades move an order ahead";

    /// <inheritdoc/>
    protected override double ShareBehind(double front, double back) => 1;
}

/// <summary>Cancellations fall on both sides by a power of their lots: p = back^n / (back^n + front^n). With n = 1 any lot was as likely as any other.</summary>
/// <param name="Exponent">n, above 0; larger values leave a long queue ahead longer.</param>
public sealed record PowerQueue(double Exponent) : QueueModel
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"power {Exponent}: cancellations behind with p = back^{Exponent} / (back^{Exponent} + front^{Exponent})");

    // By the larger of the two, so that no power overflows.
    /// <inheritdoc/>
    protected override double ShareBehind(double front, double back) => back >= front
        ? 1 / (1 + Math.Pow(front / back, Exponent))
        : 1 - (1 / (1 + Math.Pow(back / front, Exponent)));
}

/// <summary>Cancellations fall on both sides by the logarithm of their lots: p = ln(1 + back) / (ln(1 + back) + ln(1 + front)).</summary>
public sealed record LogQueue : QueueModel
{
    /// <inheritdoc/>
    public override string ToString() => "log: cancellations behind with p = ln(1 + back) / (ln(1 + back) + ln(1 + front))";

    /// <inheritdoc/>
    protected override double ShareBehind(double front, double back)
    {
        double behind = Math.Log(1 + back);
        return behind / (behind + Math.Log(1 + front));
    }
}
