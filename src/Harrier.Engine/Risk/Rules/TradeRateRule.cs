using Harrier.Domain;

namespace Harrier.Engine.Risk.Rules;

/// <summary>Bars entries while so many positions have ended within the last hour; one that ended exactly an hour ago does not count.</summary>
internal sealed class TradeRateRule(int? limit) : AccountLimit
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly RecentInstants _ends = new(limit ?? 0);

    public override DenyRule Rule => DenyRule.TradeRate;

    public override bool IsOn => limit is not null;

    public override decimal Limit => limit ?? 0;

    public override decimal Value(Timestamp now) => _ends.After(now + -Window);

    public override bool IsReached(Timestamp now) => limit is { } most && _ends.After(now + -Window) >= most;

    public override bool IsNear(Timestamp now) => limit is { } most && !IsReached(now) && Value(now) >= most * AccountRisk.NearShare;

    public override Timestamp? EndsAt(Timestamp now) => IsReached(now) ? _ends.Oldest + Window : null;

    public override void OnRoundTrip(decimal pnl, Timestamp now) => _ends.Add(now);

    public override void Save(ref StateWriter writer) => writer.Write(_ends);

    public override void Restore(ref StateReader reader) => reader.Read(_ends);
}
