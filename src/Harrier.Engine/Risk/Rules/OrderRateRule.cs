using Harrier.Domain;

namespace Harrier.Engine.Risk.Rules;

/// <summary>Bounds how many orders that grow a position are sent within a minute: what a strategy that runs wild meets first.</summary>
internal sealed class OrderRateRule(int? limit) : IStateful
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly RecentInstants _sent = new(limit ?? 0);

    public void OnSent(Timestamp now) => _sent.Add(now);

    public GateReading Read(Timestamp now) => limit is { } most
        ? GateReading.Below(DenyRule.OrderRate, _sent.After(now + -Window), most)
        : GateReading.Off(DenyRule.OrderRate);

    public void Save(ref StateWriter writer) => writer.Write(_sent);

    public void Restore(ref StateReader reader) => reader.Read(_sent);
}
