using System.Runtime.InteropServices;

namespace Harrier.Storage.DuckDb;

/// <summary>Something that the engine made and that is given back once, however its user ends.</summary>
/// <param name="parent">What must live as long; null when nothing must.</param>
/// <param name="free">Gives it back.</param>
internal sealed class DuckHandle(DuckHandle? parent, DuckHandle.Free free) : SafeHandle(0, ownsHandle: true)
{
    private bool _holdsParent;

    /// <summary>Gives an object of the engine back and clears its address.</summary>
    public delegate void Free(ref nint address);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The address, for calls made while the caller holds this object.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed || IsInvalid, this);
            return handle;
        }
    }

    /// <summary>Takes ownership of an address.</summary>
    public DuckHandle Take(nint address)
    {
        parent?.DangerousAddRef(ref _holdsParent);
        SetHandle(address);
        return this;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        free(ref handle);
        if (_holdsParent)
        {
            parent!.DangerousRelease();
        }

        return true;
    }
}
