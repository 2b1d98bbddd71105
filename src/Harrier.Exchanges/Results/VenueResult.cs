using System.Diagnostics.CodeAnalysis;

namespace Harrier.Exchanges.Results;

/// <summary>The value a venue answered, or why there is none.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct VenueResult<T> : IEquatable<VenueResult<T>>
{
    private static readonly VenueError Unset = new(VenueErrorKind.Unknown, Outcome.Unknown, 0, "no answer was recorded");

    private readonly T _value;
    private readonly VenueError? _error;

    private VenueResult(bool ok, T value, VenueError? error)
    {
        IsOk = ok;
        _value = value;
        _error = error;
    }

    /// <summary>True when there is a value.</summary>
    public bool IsOk { get; }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The call failed; the message repeats the error's.</exception>
    public T Value => IsOk ? _value : throw new InvalidOperationException($"the call failed: {Error.Kind}: {Error.Message}");

    /// <summary>The failure; kind <see cref="VenueErrorKind.None"/> when there is none.</summary>
    public VenueError Error => IsOk ? new VenueError(VenueErrorKind.None, Outcome.Done, 0, "") : _error ?? Unset;

    /// <summary>A call that succeeded.</summary>
    [SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "The contract's factory: VenueResult<T>.Ok(value).")]
    public static VenueResult<T> Ok(T value) => new(true, value, null);

    /// <summary>A call that failed.</summary>
    [SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "The contract's factory: VenueResult<T>.Failed(error).")]
    public static VenueResult<T> Failed(VenueError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new VenueResult<T>(false, default!, error);
    }

    /// <summary>The same failure for another type of value.</summary>
    /// <exception cref="InvalidOperationException">The call succeeded.</exception>
    public VenueResult<TOther> As<TOther>() =>
        IsOk ? throw new InvalidOperationException("only a failure can change its type") : VenueResult<TOther>.Failed(Error);

    /// <inheritdoc/>
    public bool Equals(VenueResult<T> other) =>
        IsOk == other.IsOk && EqualityComparer<T>.Default.Equals(_value, other._value) && Equals(_error, other._error);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is VenueResult<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsOk, _value, _error);

    /// <summary>The value's text, or the error's.</summary>
    public override string ToString() => IsOk ? $"Ok({_value})" : $"Failed({Error.Kind}, {Error.Outcome}, {Error.NativeCode}: {Error.Message})";

    /// <summary>True when both hold the same value or the same error.</summary>
    public static bool operator ==(VenueResult<T> left, VenueResult<T> right) => left.Equals(right);

    /// <summary>True when they differ.</summary>
    public static bool operator !=(VenueResult<T> left, VenueResult<T> right) => !left.Equals(right);
}
