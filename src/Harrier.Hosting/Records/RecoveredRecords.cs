using Harrier.Hosting.Accounts;
using Harrier.Storage.Records;

namespace Harrier.Hosting.Records;

/// <summary>The records of a session, made while it is replayed: at a start that is one replay for both the account and its records.</summary>
public sealed class RecoveredRecords : ISessionWitness
{
    private readonly List<RecordBatch> _seen = [];
    private readonly RecordListener _listener;

    /// <summary>Records of a session that is about to be replayed.</summary>
    public RecoveredRecords() => _listener = new RecordListener(_seen.Add);

    /// <summary>Folder of the session; null when none was replayed.</summary>
    public string? Session { get; private set; }

    /// <summary>What the session holds.</summary>
    public RecordBatch Batch { get; private set; } = new();

    /// <inheritdoc/>
    public void Begin(string session, TradingAccount account)
    {
        Session = session;
        _listener.Attach(account);
    }

    /// <inheritdoc/>
    public void End(TradingAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        _listener.Detach();
        Batch = RecordBatch.Join(_seen) with { Trades = [.. account.Engine.Portfolio.RoundTrips.Select(trip => RecordRows.Of(account.Plan, trip))] };
        _seen.Clear();
    }
}
