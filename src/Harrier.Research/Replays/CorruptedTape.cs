using Harrier.Domain;
using Harrier.Engine;

namespace Harrier.Research.Replays;

/// <summary>A tape whose events behind a number of them have other prices and sizes, at the same times.</summary>
internal sealed class CorruptedTape(MarketTape tape, long intact) : MarketTape(tape.Instruments)
{
    public override ITapeReader Open() => new Reader(tape.Open(), intact);

    private sealed class Reader(ITapeReader inner, long intact) : ITapeReader, ITapeSink
    {
        private ITapeSink _sink = null!;
        private long _read;

        public bool Read(ITapeSink sink)
        {
            _sink = sink;
            return inner.Read(this);
        }

        public void Add(in MarketEvent marketEvent)
        {
            if (_read++ < intact)
            {
                _sink.Add(in marketEvent);
                return;
            }

            MarketEvent copy = marketEvent;
            MarketEvent corrupted = copy with
            {
                Price = new PriceTicks(copy.Price.Value == 0 ? 0 : copy.Price.Value + (copy.Price.Value / 3) + 1),
                Size = new SizeLots(copy.Size.Value == 0 ? 0 : (copy.Size.Value / 2) + 7),
                IsSell = copy.Kind == MarketEventKind.Trade ? !copy.IsSell : copy.IsSell,
                Rate = -copy.Rate,
            };
            _sink.Add(in corrupted);
        }

        public void Add(FeedFault fault)
        {
            _read++;
            _sink.Add(fault);
        }

        public void Dispose() => inner.Dispose();
    }
}
