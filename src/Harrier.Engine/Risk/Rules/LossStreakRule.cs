using Harrier.Domain;

namespace Harrier.Engine.Risk.Rules;

/// <summary>
/// Pauses entries after so many positions in a row ended with a loss. One that ends without profit or loss neither counts nor resets; another loss
/// in the pause makes it begin anew; after it the count is 0.
/// </summary>
internal sealed class LossStreakRule(int? limit, TimeSpan pause) : AccountLimit
{
    private int _losses;
    private Timestamp _until;

    public override DenyRule Rule => DenyRule.LossesInARow;

    public override bool IsOn => limit is not null;

    public override decimal Limit => limit ?? 0;

    public override decimal Value(Timestamp now) => IsOver(now) ? 0 : _losses;

    public override bool IsReached(Timestamp now) => now < _until;

    public override bool IsNear(Timestamp now) => limit is { } most && !IsReached(now) && Value(now) >= most * AccountRisk.NearShare;

    public override Timestamp? EndsAt(Timestamp now) => IsReached(now) ? _until : null;

    public override void OnRoundTrip(decimal pnl, Timestamp now)
    {
        if (IsOver(now))
        {
            (_losses, _until) = (0, default);
        }

        if (limit is not { } most || pnl == 0)
        {
            return;
        }

        _losses = pnl < 0 ? _losses + 1 : 0;
        if (_losses >= most)
        {
            _until = now + pause;
        }
    }

    public override void Save(ref StateWriter writer)
    {
        writer.Write(_losses);
        writer.Write(_until);
    }

    public override void Restore(ref StateReader reader)
    {
        _losses = reader.ReadInt32();
        _until = reader.ReadTimestamp();
    }

    private bool IsOver(Timestamp now) => _until != default && now >= _until;
}
