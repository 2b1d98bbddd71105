using System.Runtime.InteropServices;
using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>Walks through a history bar by bar.</summary>
public sealed class BarCursor : IDisposable
{
    private readonly IEnumerator<ReadOnlyMemory<Bar>> _blocks;
    private Bar[] _bars = [];
    private Bar _before;
    private int _begin;
    private int _next;
    private int _end;

    /// <summary>A cursor on the first bar, if there is one.</summary>
    public BarCursor(BarHistory history)
    {
        _blocks = history.ReadBlocks().GetEnumerator();
        NextBlock();
    }

    /// <summary>True behind the last bar.</summary>
    public bool IsAtEnd => _next == _end;

    /// <summary>The bar that the cursor stands on, in the history's own memory; valid until the cursor moves.</summary>
    public ref readonly Bar Current => ref _bars[_next];

    /// <summary>True once the cursor has moved.</summary>
    public bool HasPrevious { get; private set; }

    /// <summary>The bar that the cursor stood on before it moved.</summary>
    public ref readonly Bar Previous => ref _next > _begin ? ref _bars[_next - 1] : ref _before;

    /// <summary>The bar that the cursor stands on and those behind it that are at hand; empty at the end.</summary>
    public ReadOnlySpan<Bar> AtHand => _bars.AsSpan(_next, _end - _next);

    /// <summary>Moves on by a number of the bars at hand.</summary>
    public void Advance(int bars)
    {
        _next += bars;
        HasPrevious |= bars > 0;
        if (_next == _end)
        {
            _before = HasPrevious ? _bars[_next - 1] : default;
            NextBlock();
        }
    }

    /// <summary>Gives back what the history holds for this reader.</summary>
    public void Dispose() => _blocks.Dispose();

    private void NextBlock()
    {
        _begin = _next = _end = 0;
        if (_blocks.MoveNext())
        {
            ArraySegment<Bar> block = MemoryMarshal.TryGetArray(_blocks.Current, out ArraySegment<Bar> segment) ? segment : _blocks.Current.ToArray();
            _bars = block.Array!;
            _begin = _next = block.Offset;
            _end = block.Offset + block.Count;
        }
    }
}
