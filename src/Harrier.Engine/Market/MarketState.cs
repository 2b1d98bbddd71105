using Harrier.Domain;
using Harrier.Features.Microstructure;

namespace Harrier.Engine.Market;

/// <summary>The last known price of each instrument and whether it can be trusted, and the order books that can be.</summary>
public sealed class MarketState(InstrumentTable table) : IStateful
{
    private readonly PriceTicks[] _mark = new PriceTicks[table.Instruments.Length];
    private readonly double[] _markValue = new double[table.Instruments.Length];
    private readonly bool[] _known = new bool[table.Instruments.Length];
    private readonly bool[] _suspect = new bool[table.Instruments.Length];

    // Made with the first event of a book: most engines see no book at all.
    private readonly TrackedBook?[] _books = new TrackedBook?[table.Instruments.Length];
    private readonly ILevelFeature[]?[] _followers = new ILevelFeature[]?[table.Instruments.Length];

    /// <summary>The price positions are marked at: the last close, trade or mark price. 0 before the first.</summary>
    public PriceTicks Mark(InstrumentId id) => _mark[id.Index];

    /// <summary>The same in quote currency as a double.</summary>
    public double MarkValue(InstrumentId id) => _markValue[id.Index];

    /// <summary>True when a price is known and the feed has no open fault.</summary>
    public bool IsFresh(InstrumentId id) => _known[id.Index] && !_suspect[id.Index];

    /// <summary>
    /// The order book; null where there is none, after a feed fault until a whole snapshot has been seen, and while a message of several
    /// changes is half applied.
    /// </summary>
    public OrderBook? Book(InstrumentId id) => _books[id.Index]?.Verified;

    /// <summary>How long the book of an instrument could not be read since its feed first spoke of it.</summary>
    /// <param name="id">Which instrument.</param>
    /// <param name="now">Up to when, for a book that cannot be read now.</param>
    public TimeSpan BookTimeUnverified(InstrumentId id, Timestamp now) => _books[id.Index]?.TimeUnverified(now) ?? TimeSpan.Zero;

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        for (int i = 0; i < _mark.Length; i++)
        {
            writer.Write(_mark[i].Value);
            writer.Write(_known[i]);
            writer.Write(_suspect[i]);
            writer.Write(_books[i] is not null);
            _books[i]?.Save(ref writer);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        for (int i = 0; i < _mark.Length; i++)
        {
            _mark[i] = new PriceTicks(reader.ReadInt64());
            _markValue[i] = table.Instruments[i].ToDouble(_mark[i]);
            _known[i] = reader.ReadBoolean();
            _suspect[i] = reader.ReadBoolean();
            _books[i] = reader.ReadBoolean() ? new TrackedBook() : null;
            _books[i]?.Restore(ref reader);
        }
    }

    /// <summary>Takes over what another knew; instruments beyond those of it keep what is known here.</summary>
    internal void Succeed(MarketState before)
    {
        int count = before._mark.Length;
        before._mark.CopyTo(_mark, 0);
        before._markValue.CopyTo(_markValue, 0);
        before._known.CopyTo(_known, 0);
        before._suspect.CopyTo(_suspect, 0);
        for (int i = 0; i < count; i++)
        {
            _books[i] = before._books[i] is null ? null : new TrackedBook();
            if (before._books[i] is { } book)
            {
                Succession.Copy(book, _books[i]!);
            }
        }
    }

    internal void Apply(InstrumentId id, PriceTicks price, double value)
    {
        int i = id.Index;
        _mark[i] = price;
        _markValue[i] = value;
        _known[i] = true;
        _suspect[i] = false;
    }

    internal BookStep ApplyBook(in MarketEvent change)
    {
        int i = change.Instrument.Index;
        return (_books[i] ??= new TrackedBook(change.ReceivedTime)).Apply(in change, _followers[i] ?? []);
    }

    /// <summary>Takes a fault.</summary>
    /// <returns>True when a book could be read until now.</returns>
    internal bool Apply(in FeedFault fault)
    {
        _suspect[fault.Instrument.Index] = true;
        return _books[fault.Instrument.Index]?.Fail(fault.Time) ?? false;
    }

    /// <summary>True when a feature wants to be told of every change of a level.</summary>
    internal bool HasFollowers => Array.Exists(_followers, static followers => followers is not null);

    /// <summary>Tells a feature of every change of a level from now on.</summary>
    internal void Follow(InstrumentId id, ILevelFeature feature) => _followers[id.Index] = [.. _followers[id.Index] ?? [], feature];
}
