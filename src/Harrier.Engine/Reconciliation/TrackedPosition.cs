using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>Where a position stands.</summary>
public enum PositionState : byte
{
    /// <summary>An order that opens it was sent, nothing has traded.</summary>
    Pending = 0,

    /// <summary>Some of the order that opens it has traded, the rest works.</summary>
    Partial = 1,

    /// <summary>Held; no order works that would make it larger or close it.</summary>
    Open = 2,

    /// <summary>An order that makes it smaller works.</summary>
    Closing = 3,

    /// <summary>Flat after having been held, or after its order ended without a trade.</summary>
    Closed = 4,

    /// <summary>Its order is gone and nobody knows where.</summary>
    Error = 5,
}

/// <summary>How a position compares with the venue's.</summary>
public enum SyncStatus : byte
{
    /// <summary>Equal at the last reading.</summary>
    Synced = 0,

    /// <summary>Not compared since it changed, or a second reading is needed.</summary>
    Pending = 1,

    /// <summary>Different, and a person has to resolve it.</summary>
    Mismatch = 2,

    /// <summary>The venue does not have what the book has, and nothing explains it.</summary>
    Error = 3,
}

/// <summary>A position with its state, as operators see it.</summary>
public sealed record TrackedPosition
{
    /// <summary>Which.</summary>
    public required PositionKey Key { get; init; }

    /// <summary>Size in base currency, below 0 for short.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Average entry price; 0 when flat.</summary>
    public decimal EntryPrice { get; init; }

    /// <summary>Profit realized by its executions, before fees.</summary>
    public decimal Realized { get; init; }

    /// <summary>Mark price at the last reading; null before one.</summary>
    public decimal? MarkPrice { get; init; }

    /// <summary>Where it stands.</summary>
    public PositionState State { get; init; }

    /// <summary>How it compares with the venue's.</summary>
    public SyncStatus Sync { get; init; } = SyncStatus.Pending;

    /// <summary>Rises with each change of size or entry price.</summary>
    public int Version { get; init; }

    /// <summary>When it last changed or was read.</summary>
    public Timestamp Updated { get; init; }

    /// <summary>Profit of the open part at the mark; null while there is no mark.</summary>
    public decimal? Unrealized => (MarkPrice - EntryPrice) * Quantity;

    /// <summary>
    /// Digest of symbol, side, size and entry price, equal for equal positions whoever computes it. A fingerprint to compare by, no protection.
    /// </summary>
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The fingerprint is defined as MD5 by those who compare with it; nothing rests on its strength.")]
    public string Checksum()
    {
        string side = Quantity < 0 ? "Sell" : "Buy";
        string text = string.Create(CultureInfo.InvariantCulture, $"{Key.Symbol}:{side}:{Math.Abs(Quantity):0.0##########################}:{EntryPrice:0.0##########################}");
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
