using Harrier.Domain;

namespace Harrier.Engine.Risk.Rules;

/// <summary>Pauses entries after so many positions in a row ended with a loss. One that ends without profit or loss neither counts nor resets.</summary>
internal sealed class LossStreakRule(int? limit, TimeSpan pause) : IStateful
{
    private int _losses;
    private Timestamp _until;

    public void OnRoundTrip(decimal pnl, Timestamp now)
    {
        if (limit is not { } most || pnl == 0)
        {
            return;
        }

        _losses = pnl < 0 ? _losses + 1 : 0;
        if (_losses >= most)
        {
            _until = now + pause;
            _losses = 0;
        }
    }

    public bool IsPausing(Timestamp now) => now < _until;

    public DenyReason Check(Timestamp now) => IsPausing(now) ? new DenyReason(DenyRule.LossesInARow, limit ?? 0, limit ?? 0) : default;

    public void Save(ref StateWriter writer)
    {
        writer.Write(_losses);
        writer.Write(_until);
    }

    public void Restore(ref StateReader reader)
    {
        _losses = reader.ReadInt32();
        _until = reader.ReadTimestamp();
    }
}
